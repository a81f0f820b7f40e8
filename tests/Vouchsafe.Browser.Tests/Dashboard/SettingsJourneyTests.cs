using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Vouchsafe.Browser.Tests.Infrastructure;
using Vouchsafe.Testing;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>What is changed in the settings holds for the callers outside, at once and without a gap.</summary>
public sealed class SettingsJourneyTests(Chromium chromium)
{
    [Fact]
    public async Task AnOriginThatWasRefused_IsAddedWithOneClick_AndLetInAtOnce()
    {
        await using var desk = await Desk.OpenAsync(chromium);
        var shop = await OpenShopAsync(desk);
        await ApplyAsync(shop, "WELCOME-10");
        await shop.GetByText("add this entry to Your website URL").WaitForAsync();

        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "settings/website-url");
        var refused = page.GetByRole(AriaRole.Row).Filter(new() { HasText = $"http://127.0.0.1:{desk.Server.Address.Port}" });
        await refused.GetByRole(AriaRole.Button, new() { Name = "Add 127.0.0.1" }).ClickAsync();
        await refused.GetByText("let in now").WaitForAsync();

        await ApplyAsync(shop, "WELCOME-10");
        await shop.GetByText("takes €3.34 off").WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove 127.0.0.1" }).ClickAsync();
        await page.GetByText("127.0.0.1 removed").WaitForAsync();
        await ApplyAsync(shop, "WELCOME-10");
        await shop.GetByText("add this entry to Your website URL").WaitForAsync();
    }

    [Fact]
    public async Task AnotherCurrency_IsThatOfEveryAmount_AsSoonAsItIsSaved()
    {
        await using var desk = await Desk.OpenAsync(chromium);
        await desk.Server.PrivateAsync(HttpMethod.Post, "/v1/vouchers/YEN", JsonNode.Parse("""{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":1200}}"""));
        await desk.Server.PrivateAsync(HttpMethod.Post, "/v1/vouchers/YEN/redemption", JsonNode.Parse("""{"order":{"amount":5000},"customer":{"source_id":"yui"}}"""));
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "settings/general");
        await page.GetByLabel("Currency").FillAsync("jpy");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.GetByText("Saved: currency.").WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Redemptions", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Cell, new() { Name = "¥1,200" }).WaitForAsync();
        await page.GetByRole(AriaRole.Cell, new() { Name = "¥3,800" }).WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Vouchers", Exact = true }).ClickAsync();
        await page.GetByText("¥1,200 off the whole order").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New voucher" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Amount off", Exact = true }).ClickAsync();
        await page.GetByLabel("Amount off (JPY)").FillAsync("350");
        await page.GetByText("¥350 off the whole order").First.WaitForAsync();
    }

    [Fact]
    public async Task AKeyRotatedWhileCallsRun_FailsNoneOfThem_WithTheOldTokenNorWithTheNew()
    {
        await using var desk = await Desk.OpenAsync(chromium);
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "settings/keys");
        var key = page.GetByRole(AriaRole.Article).Filter(new() { HasText = RunningServer.ApplicationId });

        using var stop = new CancellationTokenSource();
        var answers = new ConcurrentDictionary<(string Token, int Status), int>();
        var token = RunningServer.ApplicationToken;
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var used = Volatile.Read(ref token);
                var answer = await desk.Server.SendAsync(HttpMethod.Get, "/v1/vouchers/WELCOME-10", null, ("X-App-Id", RunningServer.ApplicationId), ("X-App-Token", used));
                answers.AddOrUpdate((used, answer.Status), 1, (_, n) => n + 1);
            }
        })).ToArray();

        await AnsweredAsync(RunningServer.ApplicationToken, 50);
        await key.GetByRole(AriaRole.Button, new() { Name = "Actions for" }).ClickAsync();
        await Desk.ConfirmAsync(page.GetByRole(AriaRole.Menuitem, new() { Name = "Rotate with overlap" }).Or(page.GetByText("Rotate with overlap")).First, "Rotate");
        await key.GetByText("still works for").WaitForAsync();
        await key.GetByRole(AriaRole.Button, new() { Name = "Show the token" }).ClickAsync();
        await key.GetByRole(AriaRole.Button, new() { Name = "Hide the token" }).WaitForAsync();
        var fresh = await key.Locator("dd .copy-text .code").Nth(1).InnerTextAsync();
        Assert.NotEqual(RunningServer.ApplicationToken, fresh);

        // First everybody still holds the old one, then everybody the new one: nobody may notice.
        await AnsweredAsync(RunningServer.ApplicationToken, answers.Values.Sum() + 50);
        Volatile.Write(ref token, fresh);
        await AnsweredAsync(fresh, 100);
        await stop.CancelAsync();
        await Task.WhenAll(callers);
        Assert.All(answers.Keys, answer => Assert.Equal(200, answer.Status));

        async Task AnsweredAsync(string used, int times)
        {
            // A caller that fell over ends the wait with its own error.
            for (var waited = 0; waited < 600 && answers.Where(a => a.Key.Token == used).Sum(a => a.Value) < times; waited++) await (await Task.WhenAny(callers.Append(Task.Delay(100))));
            Assert.True(answers.Where(a => a.Key.Token == used).Sum(a => a.Value) >= times, "the calls stand still");
        }
    }

    [Fact]
    public async Task TheLimit_IsMetInTheShop_AndWatchedInTheSecurityViewAtTheSameTime()
    {
        await using var desk = await Desk.OpenAsync(chromium, ("Bootstrap:WebsiteUrls", "127.0.0.1"), ("Limits:Client:WindowSeconds", "45"));
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "security");
        await page.GetByText("No address has used up its requests").WaitForAsync();

        var shop = await OpenShopAsync(desk);
        for (var call = 1; call <= 6; call++)
        {
            await ApplyAsync(shop, "WELCOME-10");
            await shop.WaitForFunctionAsync("n => document.querySelectorAll('#calls tr:not(.empty)').length >= n", call);
        }
        await shop.GetByText("Too many tries. Try again in").WaitForAsync();
        await page.GetByText("refused once").WaitForAsync();
        await page.GetByText("free again in").WaitForAsync();
        await page.GetByRole(AriaRole.Cell, new() { Name = "Limit per address (429)", Exact = true }).WaitForAsync();

        await shop.GetByText("You may try again now.").WaitForAsync();
        await ApplyAsync(shop, "WELCOME-10");
        await shop.GetByText("takes €3.34 off").WaitForAsync();
        await page.GetByText("No address has used up its requests").WaitForAsync();
    }

    private async Task<IPage> OpenShopAsync(Desk desk)
    {
        var visitor = await chromium.NewVisitorAsync();
        visitor.SetDefaultTimeout(60_000);
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(new Uri(desk.Server.Address, "/demo").ToString() + $"#id={RunningServer.ClientId}&token={RunningServer.ClientToken}&currency=EUR");
        return page;
    }

    private static async Task ApplyAsync(IPage shop, string code)
    {
        await shop.GetByLabel("Voucher code").FillAsync(code);
        await shop.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
    }
}
