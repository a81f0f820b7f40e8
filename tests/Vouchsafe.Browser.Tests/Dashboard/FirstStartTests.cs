using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Vouchsafe.Browser.Tests.Infrastructure;
using Vouchsafe.Testing;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>What a newcomer does with the lines that the first start prints, up to a redemption that is taken back.</summary>
public sealed partial class FirstStartTests(Chromium chromium)
{
    private const string Password = "a long enough passphrase";

    [Fact]
    public async Task ThePrintedLink_MakesTheFirstMember_WhoRedeemsAndRollsBack()
    {
        await using var server = await RunningServer.StartAsync();
        var link = Link().Match(server.Log).Value;
        Assert.NotEmpty(link);
        var visitor = await chromium.NewVisitorAsync();
        visitor.SetDefaultTimeout(60_000);
        var page = await visitor.NewPageAsync();

        await page.GotoAsync(link);
        await page.GetByLabel("Email").FillAsync("first@shop.example");
        await page.GetByLabel("Your name").FillAsync("First");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.Locator("form button[type=submit]").ClickAsync();
        await page.ArriveAsync("**/projects/*");
        var project = new Uri(page.Url).AbsolutePath;

        await page.GotoAsync(new Uri(server.Address, project + "/playground?code=WELCOME-10").ToString());
        await page.GetByText("The whole request would be redeemed.").WaitForAsync();
        await Desk.ConfirmAsync(page.Locator(".play-redeem").GetByRole(AriaRole.Button, new() { Name = "Redeem", Exact = true }), "Redeem");
        await page.GetByRole(AriaRole.Link, new() { Name = "See the redemption" }).ClickAsync();
        await page.GetByText("Succeeded", new() { Exact = true }).WaitForAsync();
        await Desk.ConfirmAsync(page.GetByRole(AriaRole.Button, new() { Name = "Roll back", Exact = true }), "Roll back");
        await page.GetByText("Rolled back", new() { Exact = true }).WaitForAsync();

        var voucher = await server.PrivateAsync(HttpMethod.Get, "/v1/vouchers/WELCOME-10");
        Assert.Equal(0, (int)voucher.Json["redemption"]!["redeemed_quantity"]!);
        var again = await chromium.NewVisitorAsync();
        var second = await again.NewPageAsync();
        await second.GotoAsync(link);
        Assert.Equal(0, await second.GetByLabel("Password", new() { Exact = true }).CountAsync());
    }

    [GeneratedRegex(@"http://\S+/account/set-up\?token=\S+")]
    private static partial Regex Link();
}
