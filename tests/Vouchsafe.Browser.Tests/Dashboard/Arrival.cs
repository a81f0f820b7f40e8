using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>Waiting for a page to be somewhere.</summary>
internal static class Arrival
{
    private const float Patience = 60_000; // several suites share the machine

    extension(IPage page)
    {
        /// <summary>
        /// Waits until the browser is at an address, in which <c>**</c> stands for anything and <c>*</c> for anything but a slash. Not
        /// until it has loaded: a page that leads on by itself, as the list of projects does, may never tell.
        /// </summary>
        internal Task ArriveAsync(string address) => Assertions.Expect(page).ToHaveURLAsync(
            new Regex($"^{Regex.Escape(address).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$"), new() { Timeout = Patience });

        /// <summary>Waits until the browser has left every address with a part.</summary>
        internal Task LeaveAsync(string part) => Assertions.Expect(page).Not.ToHaveURLAsync(new Regex(Regex.Escape(part)), new() { Timeout = Patience });
    }
}
