using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Vouchsafe.Testing;

namespace Vouchsafe.Browser.Tests.Infrastructure;

/// <summary>A page in the browser, its clients pointed at the server under test with the publishable key.</summary>
internal sealed class ShopPage(IPage page, IFrame frame, RunningServer server)
{
    // Written in the page's own language; the clients are used as their documentation says.
    private const string Call = """
        ([method, args]) => new Promise(resolve => Voucherify[method](...JSON.parse(args), answer => resolve(JSON.stringify(answer))))
        """;

    private const string PromisedCall = """
        ([method, args]) => new Promise(resolve => Voucherify[method](...JSON.parse(args))
          .done(answer => resolve('done ' + JSON.stringify(answer)))
          .fail(error => resolve('fail ' + JSON.stringify(error))))
        """;

    private const string SdkCall = """
        async ([method, args]) => {
          try { return JSON.stringify({ answer: await window.client[method](...JSON.parse(args)) ?? null }) }
          catch (error) {
            return JSON.stringify({ error: { name: error.constructor.name, code: error.code, key: error.key, message: error.message,
              status: error.cause?.response?.status ?? error.response?.status ?? null, headers: error.cause?.response?.headers ?? null } })
          }
        }
        """;

    internal IPage Page => page;

    /// <summary>Opens the site's page under a host name.</summary>
    internal static async Task<ShopPage> OpenAsync(IBrowserContext visitor, WebSite site, RunningServer server, string host = "shop.localhost")
    {
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(site.UrlAs(host));
        return await new ShopPage(page, page.MainFrame, server).InitializeAsync();
    }

    /// <summary>Opens it in a sandboxed frame, where it has no origin.</summary>
    internal static async Task<ShopPage> OpenSandboxedAsync(IBrowserContext visitor, WebSite site, RunningServer server)
    {
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(site.UrlAs("shop.localhost") + "sandbox", new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        return await new ShopPage(page, page.Frame("inner")!, server).InitializeAsync();
    }

    /// <summary>Loads the page anew, as a customer who comes back does.</summary>
    internal async Task ReloadAsync()
    {
        await page.ReloadAsync();
        await InitializeAsync();
    }

    /// <summary>A method of <c>voucherify.js</c>; what its callback is given, as <c>JSON.stringify</c> writes it.</summary>
    internal Task<string> CallAsync(string method, params object?[] args) => EvaluateAsync(Call, method, args);

    /// <summary>The same through jQuery's promises: <c>done</c> or <c>fail</c>, a space, and the JSON.</summary>
    internal Task<string> PromisedCallAsync(string method, params object?[] args) => EvaluateAsync(PromisedCall, method, args);

    /// <summary>A method of <c>voucherify.js</c> that is expected to work.</summary>
    internal async Task<JsonNode> AnswerAsync(string method, params object?[] args)
    {
        var answer = JsonNode.Parse(await CallAsync(method, args))!;
        Assert.False(answer["type"]?.ToString() == "error", answer.ToJsonString());
        return answer;
    }

    /// <summary>A method of <c>@voucherify/sdk</c>'s client side: <c>{ answer }</c> or <c>{ error }</c>.</summary>
    internal async Task<JsonNode> SdkAsync(string method, params object?[] args) => JsonNode.Parse(await EvaluateAsync(SdkCall, method, args))!;

    /// <summary>Runs a script of the page.</summary>
    internal Task<string> RunAsync(string script, object? argument = null) => frame.EvaluateAsync<string>(script, argument);

    private Task<string> EvaluateAsync(string script, string method, object?[] args) =>
        frame.EvaluateAsync<string>(script, new[] { method, JsonSerializer.Serialize(args) });

    private async Task<ShopPage> InitializeAsync()
    {
        await frame.WaitForFunctionAsync("() => window.Voucherify && window.VoucherifySDK");
        await frame.EvaluateAsync("""
            ([url, id, token]) => {
              Voucherify.initialize(id, token, 60000);
              Voucherify.setBaseUrl(url);
              window.client = VoucherifySDK.VoucherifyClientSide({ apiUrl: url, clientApplicationId: id, clientSecretKey: token, exposeErrorCause: true });
            }
            """, new[] { server.Address.GetLeftPart(UriPartial.Authority), RunningServer.ClientId, RunningServer.ClientToken });
        return this;
    }
}
