using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Vouchsafe.Testing;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>What a shop keeps: its products in collections, its customers, and what they redeemed.</summary>
public sealed class ShopTests(SharedDesk shared) : IClassFixture<SharedDesk>
{
    [Fact]
    public async Task AProduct_IsMadeWithASku_Found_PutIntoACollection_AndTakenOutOfTheShop()
    {
        var desk = shared.Desk;
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "products");
        var dialog = await Desk.OpenDialogAsync(page.GetByRole(AriaRole.Button, new() { Name = "New product" }));
        await dialog.GetByLabel("Name", new() { Exact = true }).First.FillAsync("Journey tea");
        await dialog.GetByLabel("Source id").FillAsync("journey-tea");
        await dialog.GetByLabel("Price (USD)").FillAsync("12.50");
        await dialog.GetByLabel("Attributes").FillAsync("size, origin");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Journey tea" }).WaitForAsync();
        await page.GetByText("size, origin").WaitForAsync();

        await Desk.OpenDialogAsync(page.GetByRole(AriaRole.Button, new() { Name = "Add SKU" }));
        await dialog.GetByLabel("SKU", new() { Exact = true }).FillAsync("500 g");
        await dialog.GetByLabel("size").FillAsync("large");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByText("size: large").WaitForAsync();
        await Desk.OpenDialogAsync(page.GetByRole(AriaRole.Button, new() { Name = "Edit 500 g" }));
        await dialog.GetByLabel("Price (USD)").FillAsync("40");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByText("$40.00").WaitForAsync();

        await CollectAsync(desk, page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Journey tea" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Journey tea" }).WaitForAsync();
        await Desk.OpenDialogAsync(page.GetByRole(AriaRole.Button, new() { Name = "Delete 500 g" }));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByText("None. A product without variants needs none.").WaitForAsync();
        await Desk.OpenDialogAsync(page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.ArriveAsync("**/products");
        Assert.Equal(404, (await desk.Server.PrivateAsync(HttpMethod.Get, "/v1/products/journey-tea")).Status);
    }

    [Fact]
    public async Task ACollectionByConditions_HoldsWhatMeetsThem_IsChanged_AndDeleted()
    {
        var desk = shared.Desk;
        await MakeAsync(desk, "/v1/products", """{"name":"Condition cup","source_id":"condition-cup","price":90000,"metadata":{"brand":"Condition"}}""");
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "product-collections");
        var dialog = await Desk.OpenDialogAsync(page.GetByRole(AriaRole.Button, new() { Name = "New collection" }));
        await dialog.GetByLabel("Name", new() { Exact = true }).First.FillAsync("By condition");
        await dialog.GetByText("Whatever meets conditions").ClickAsync();
        await dialog.GetByLabel("Value").FillAsync("Condition cup");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByText("Whatever meets: name is Condition cup").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Condition cup" }).WaitForAsync();

        await Desk.OpenDialogAsync(page.GetByRole(AriaRole.Button, new() { Name = "Edit" }));
        await dialog.GetByLabel("Value").FillAsync("Another");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByText("No product meets its conditions yet.").WaitForAsync();
        await Desk.OpenDialogAsync(page.GetByRole(AriaRole.Button, new() { Name = "Delete" }));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.ArriveAsync("**/product-collections");
    }

    [Fact]
    public async Task ACustomer_IsFoundByWordsOfTheirName_AndTheirRedemptionsArePagedThrough()
    {
        var desk = shared.Desk;
        await MakeAsync(desk, "/v1/vouchers/SHOP-OFTEN", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":100}}""");
        await MakeAsync(desk, "/v1/customers", """{"source_id":"often","name":"Grace Often","email":"often@shop.example"}""");
        for (var i = 0; i < 12; i++) await MakeAsync(desk, "/v1/vouchers/SHOP-OFTEN/redemption", """{"customer":{"source_id":"often"},"order":{"amount":1000}}""");
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "customers");
        await page.GetByLabel("Source id, email, or any word of the name").FillAsync("often gr");
        await page.ArriveAsync("**/customers?search=*");
        await page.GetByRole(AriaRole.Link, new() { Name = "Grace Often" }).ClickAsync();

        await page.Locator("tbody tr").Nth(9).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelectorAll('tbody tr').length === 2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Previous" }).ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelectorAll('tbody tr').length === 10");
    }

    [Fact]
    public async Task AStackedRedemption_IsFoundByItsCustomer_AndRolledBackAsAWhole()
    {
        var desk = shared.Desk;
        await MakeAsync(desk, "/v1/vouchers/SHOP-STACK-A", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":100},"redemption":{"quantity":1}}""");
        await MakeAsync(desk, "/v1/vouchers/SHOP-STACK-B", """{"type":"GIFT_VOUCHER","gift":{"amount":5000}}""");
        await MakeAsync(desk, "/v1/redemptions", """{"redeemables":[{"object":"voucher","id":"SHOP-STACK-A"},{"object":"voucher","id":"SHOP-STACK-B","gift":{"credits":2000}}],"order":{"amount":9000},"customer":{"source_id":"stacker"}}""");
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "redemptions");
        await page.GetByLabel("Customer", new() { Exact = true }).FillAsync("stacker");
        await page.ArriveAsync("**/redemptions?customer=stacker");
        await page.Locator("tbody tr", new() { HasText = "SHOP-STACK-B" }).Locator("a").ClickAsync();
        await page.GetByText("which is rolled back as a whole").WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Roll back" }).CountAsync());
        await page.Locator("dd", new() { HasText = "which is rolled back as a whole" }).Locator("a").ClickAsync();

        await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Redemption of several together" }).WaitForAsync();
        await page.GetByLabel("Reason").FillAsync("Sent back");
        await Desk.ConfirmAsync(page.GetByRole(AriaRole.Button, new() { Name = "Roll back" }), "Roll back");
        await page.GetByText("Rolled back", new() { Exact = true }).WaitForAsync();

        Assert.Equal(0, (long)(await desk.Server.PrivateAsync(HttpMethod.Get, "/v1/vouchers/SHOP-STACK-A")).Json["redemption"]!["redeemed_quantity"]!);
        Assert.Equal(5000, (long)(await desk.Server.PrivateAsync(HttpMethod.Get, "/v1/vouchers/SHOP-STACK-B")).Json["gift"]!["balance"]!);
    }

    [Fact]
    public async Task WhereTheBrowserRefusesToCopy_ThePageSaysSo_AndSelectsTheText()
    {
        var desk = shared.Desk;
        var made = await MakeAsync(desk, "/v1/products", """{"name":"Copied","source_id":"copied-product"}""");
        var page = await desk.SignInAsync();
        await page.AddInitScriptAsync("Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) } }); document.execCommand = () => false;");
        await desk.GoAsync(page, $"products/{made.Json["id"]}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy the source id" }).ClickAsync();

        await page.GetByText("The browser did not let this page copy.").WaitForAsync();
        await page.WaitForFunctionAsync("() => document.activeElement instanceof HTMLTextAreaElement && document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd) === 'copied-product'");
        Assert.Equal(0, await page.GetByText("was copied.").CountAsync());
    }

    // A collection of chosen products, which is then opened.
    private static async Task CollectAsync(Desk desk, IPage page)
    {
        await desk.GoAsync(page, "product-collections");
        var dialog = await Desk.OpenDialogAsync(page.GetByRole(AriaRole.Button, new() { Name = "New collection" }));
        await dialog.GetByLabel("Name", new() { Exact = true }).First.FillAsync("Journey drinks");
        await dialog.GetByLabel("Add product or SKU").FillAsync("Journey");
        await page.Locator(".mud-popover-open").GetByText("Journey tea").First.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take Journey tea away" }).WaitForAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Journey drinks" }).WaitForAsync();
    }

    private static async Task<Answer> MakeAsync(Desk desk, string path, string body)
    {
        var made = await desk.Server.PrivateAsync(HttpMethod.Post, path, JsonNode.Parse(body));
        Assert.True(made.Status == 200, made.Text);
        return made;
    }
}
