using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Vouchsafe.Browser.Tests.Infrastructure.Chromium))]

namespace Vouchsafe.Browser.Tests.Infrastructure;

/// <summary>The system's own Chromium, without a window, for all tests of the assembly. It reaches this machine and nothing else.</summary>
/// <remarks>
/// Debian's <c>chromium-headless-shell</c> where it is: the same engine without the windows, menus and tool bars that <c>chromium</c>
/// draws around every page even when nobody sees them, which cost more than the pages.
/// </remarks>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A browser profile that has been nowhere.</summary>
    internal Task<IBrowserContext> NewVisitorAsync()
    {
        if (_browser is null) Assert.Skip("Chromium is not installed here; ./test.sh installs it.");
        return _browser.NewContextAsync();
    }

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        if (Executable() is not { } chromium) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Headless = true,
            Timeout = 120_000,
            // Chromium itself resolves *.localhost to the loopback interface.
            Args = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost"],
        });
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static string? Executable() =>
        (from name in new[] { "chromium-headless-shell", "chromium" }
         from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin")
         select Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
