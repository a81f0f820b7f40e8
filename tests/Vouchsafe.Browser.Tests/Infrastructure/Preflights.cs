using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Vouchsafe.Browser.Tests.Infrastructure;

/// <summary>The answers to the preflights of a page's browser, which no script of the page sees; read from the browser's own protocol.</summary>
internal sealed class Preflights
{
    private readonly ConcurrentQueue<int> _statuses = new();

    internal IReadOnlyCollection<int> Statuses => _statuses;

    internal static async Task<Preflights> WatchAsync(IPage page)
    {
        var preflights = new Preflights();
        var session = await page.Context.NewCDPSessionAsync(page);
        session.Event("Network.responseReceived").OnEvent += (_, e) => preflights.Answered(e!.Value);
        await session.SendAsync("Network.enable");
        return preflights;
    }

    private void Answered(JsonElement e)
    {
        if (e.GetProperty("type").GetString() == "Preflight") _statuses.Enqueue(e.GetProperty("response").GetProperty("status").GetInt32());
    }
}
