using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Vouchsafe.Browser.Tests.Infrastructure;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>What the dashboard shows of the traffic while it happens: refusals, use, figures.</summary>
public sealed class TrafficTests(Chromium chromium)
{
    [Fact]
    public async Task ARefusal_AppearsWhileThePageIsOpen_AndIsExplained()
    {
        await using var desk = await Desk.OpenAsync(chromium);
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "security");
        await page.GetByText("Nothing was refused").WaitForAsync();

        await desk.Server.ClientAsync(HttpMethod.Get, "/client/v1/promotions/tiers", origin: "https://shop.elsewhere.example");
        await page.GetByRole(AriaRole.Cell, new() { Name = "Website not listed", Exact = true }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Explain: Website not listed" }).ClickAsync();
        await page.GetByText("Entry that lets it in").WaitForAsync();
        Assert.Contains("shop.elsewhere.example", await page.Locator(".detail .copy-text").InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "Open Your website URL" }).ClickAsync();
        await page.ArriveAsync("**/settings/website-url");
    }

    [Fact]
    public async Task TheLimitOfAnAddress_IsSeenWhileItLasts()
    {
        await using var desk = await Desk.OpenAsync(chromium, ("Limits:Client:WindowSeconds", "600"));
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "security");
        await page.GetByText("No address has used up its requests").WaitForAsync();
        for (var i = 0; i < 7; i++) await desk.Server.ClientAsync(HttpMethod.Get, "/client/v1/validate?code=SECRET-CODE-7&amount=100");

        await page.GetByText("refused 2 times").WaitForAsync();
        await page.GetByText("free again in").WaitForAsync();
        await page.GetByRole(AriaRole.Cell, new() { Name = "Limit per address (429)", Exact = true }).WaitForAsync();
        Assert.DoesNotContain("SECRET-CODE", await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANewProject_TeachesTheFirstRedemption_AndThenShowsIt()
    {
        await using var desk = await Desk.OpenAsync(chromium);
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "");
        await page.GetByText("Your first redemption").WaitForAsync();
        Assert.Contains("curl -X POST", await page.GetByLabel("Redeem it.").InnerTextAsync(), StringComparison.Ordinal);

        await desk.Server.PrivateAsync(HttpMethod.Post, "/v1/vouchers/FIRST-10", JsonNode.Parse("""{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10}}"""));
        await desk.Server.PrivateAsync(HttpMethod.Post, "/v1/redemptions", JsonNode.Parse("""{"redeemables":[{"object":"voucher","id":"FIRST-10"}],"order":{"amount":5000}}"""));
        await desk.GoAsync(page, "");
        await page.GetByRole(AriaRole.Link, new() { Name = "FIRST-10" }).WaitForAsync();
        await page.GetByRole(AriaRole.Figure, new() { Name = "Redemptions by day" }).WaitForAsync();
        Assert.Equal("/demo", new Uri(new Uri(page.Url), await page.GetByRole(AriaRole.Link, new() { Name = "Open the demo shop" }).GetAttributeAsync("href")).AbsolutePath);
    }

    [Fact]
    public async Task TheCallsOfAKey_StandInUse()
    {
        await using var desk = await Desk.OpenAsync(chromium);
        for (var i = 0; i < 3; i++) await desk.Server.PrivateAsync(HttpMethod.Get, "/v1/vouchers");
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "usage");
        await page.GetByRole(AriaRole.Figure, new() { Name = "Calls by hour" }).WaitForAsync();
        await page.GetByRole(AriaRole.Cell, new() { Name = "Private (servers)" }).WaitForAsync();
        await page.GetByText("30 days", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Figure, new() { Name = "Calls by day" }).WaitForAsync();
    }
}
