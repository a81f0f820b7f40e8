using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Vouchsafe.Testing;

namespace Vouchsafe.Browser.Tests.Infrastructure;

/// <summary>Server, web site and visitor of one test.</summary>
internal sealed class Shop : IAsyncDisposable
{
    /// <summary>For tests that are not about the limit per address.</summary>
    internal static readonly (string, string) WideLimit = ("Limits:Client:Requests", "1000");

    private Shop(RunningServer server, WebSite site, IBrowserContext visitor) => (Server, Site, Visitor) = (server, site, visitor);

    internal RunningServer Server { get; }

    internal WebSite Site { get; }

    internal IBrowserContext Visitor { get; }

    internal static async Task<Shop> OpenAsync(Chromium chromium, params (string Name, string Value)[] settings)
    {
        var visitor = await chromium.NewVisitorAsync();
        visitor.SetDefaultTimeout(60_000);
        return new Shop(await RunningServer.StartAsync(settings), await WebSite.StartAsync(), visitor);
    }

    internal Task<ShopPage> PageAsync(string host = "shop.localhost") => ShopPage.OpenAsync(Visitor, Site, Server, host);

    /// <summary>Makes something through the private channel.</summary>
    internal async Task<JsonNode> MadeAsync(string path, JsonNode body)
    {
        var answer = await Server.PrivateAsync(HttpMethod.Post, path, body);
        Assert.True(answer.Status == 200, $"{path}: {answer.Status} {answer.Text}");
        return answer.Json;
    }

    /// <summary>Makes a code that takes an amount off the order.</summary>
    internal Task<JsonNode> AmountOffAsync(string code, int cents) => MadeAsync("/v1/vouchers/" + code,
        JsonNode.Parse(string.Create(CultureInfo.InvariantCulture, $$$"""{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":{{{cents}}}}}"""))!);

    /// <summary>How often a code was redeemed, as the shop's server sees it.</summary>
    internal async Task<int> RedeemedAsync(string code)
    {
        var answer = await Server.PrivateAsync(HttpMethod.Get, "/v1/vouchers/" + code);
        return answer.Json["redemption"]!["redeemed_quantity"]!.GetValue<int>();
    }

    public async ValueTask DisposeAsync()
    {
        await Visitor.DisposeAsync();
        await Site.DisposeAsync();
        await Server.DisposeAsync();
    }
}
