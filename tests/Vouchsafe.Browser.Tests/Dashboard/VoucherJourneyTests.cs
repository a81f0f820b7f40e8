using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>An editor makes, finds, changes and ends what customers redeem.</summary>
public sealed class VoucherJourneyTests(SharedDesk shared) : IClassFixture<SharedDesk>
{
    [Fact]
    public async Task AVoucher_IsMadeInWords_Found_SwitchedOff_AndRefusedFromThenOn()
    {
        var desk = shared.Desk;
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "vouchers/new");
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync("JOURNEY-15");
        await page.GetByLabel("Percent off", new() { Exact = true }).FillAsync("15");
        await page.GetByLabel("At most (USD)").FillAsync("20");
        await page.GetByLabel("Redemptions").FillAsync("2");
        await page.GetByLabel("Ends (UTC)").FillAsync("2099-12-31T23:59");
        await page.GetByText("15 % off the whole order, at most $20.00, twice per voucher, until 31 Dec 2099.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make voucher" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "JOURNEY-15" }).WaitForAsync();
        Assert.Equal(200, (await desk.Server.PrivateAsync(HttpMethod.Post, "/v1/vouchers/JOURNEY-15/redemption", Order(10_000))).Status);

        await desk.GoAsync(page, "vouchers");
        await page.GetByLabel("Code, or how it begins").FillAsync("JOURN");
        await page.GetByRole(AriaRole.Link, new() { Name = "JOURNEY-15" }).ClickAsync();
        await page.GetByText("It can be redeemed once more").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await page.GetByText("It is switched off").WaitForAsync();

        Assert.Equal(400, (await desk.Server.PrivateAsync(HttpMethod.Post, "/v1/vouchers/JOURNEY-15/redemption", Order(10_000))).Status);
    }

    [Fact]
    public async Task AGiftCardsBalance_IsChangedByHand_AndTheMovementIsWrittenDown()
    {
        var desk = shared.Desk;
        Assert.Equal(200, (await desk.Server.PrivateAsync(HttpMethod.Post, "/v1/vouchers/JOURNEY-CARD",
            JsonNode.Parse("""{"type":"GIFT_VOUCHER","gift":{"amount":5000}}"""))).Status);
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "gift-cards");
        await page.GetByRole(AriaRole.Link, new() { Name = "JOURNEY-CARD" }).ClickAsync();
        var dialog = await Desk.OpenDialogAsync(page.GetByRole(AriaRole.Button, new() { Name = "Change balance" }));
        await dialog.GetByLabel("Amount (USD)").FillAsync("12.50");
        await dialog.GetByLabel("Reason").FillAsync("Late delivery");
        await dialog.GetByText("= $62.50").WaitForAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();

        await page.GetByText("Added by hand: Late delivery").WaitForAsync();
        var card = await desk.Server.PrivateAsync(HttpMethod.Get, "/v1/vouchers/JOURNEY-CARD");
        Assert.Equal(6250, (long)card.Json["gift"]!["balance"]!);
    }

    [Fact]
    public async Task ACampaign_MakesItsCodes_WhileItsPageIsWatched()
    {
        var desk = shared.Desk;
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "campaigns/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Journey");
        await page.GetByLabel("How many codes").FillAsync("1200");
        await page.GetByLabel("Percent off", new() { Exact = true }).FillAsync("5");
        await page.GetByLabel("Pattern").FillAsync("JRN-########");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make campaign" }).ClickAsync();

        await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Journey" }).WaitForAsync();
        await page.GetByText("1,200", new() { Exact = true }).WaitForAsync();
        await page.Locator("tbody a", new() { HasTextString = "JRN-" }).First.WaitForAsync();
    }

    private static JsonNode Order(long amount) => new JsonObject { ["order"] = new JsonObject { ["amount"] = amount } };
}
