using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>A promotion from nothing to a ranked pair of tiers, one of them under a rule that was built in the browser.</summary>
public sealed class PromotionTests(SharedDesk shared) : IClassFixture<SharedDesk>
{
    [Fact]
    public async Task ARuleIsBuilt_ATierTakesIt_AndTheKeyboardRanksTheTiers()
    {
        var desk = shared.Desk;
        var page = await desk.SignInAsync();
        await BuildRuleAsync(desk, page);
        await FindRuleAsync(desk, page);

        await desk.GoAsync(page, "promotions");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("New promotion|Make the first promotion") }).First.ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Autumn days");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Autumn days" }).WaitForAsync();
        await AddTierAsync(page, "Everybody", "5", null);
        await AddTierAsync(page, "Big baskets", "15", "From 80");
        await page.Locator(".reorder-item").Nth(1).WaitForAsync();
        await Desk.SettledAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Move Big baskets up" }).PressAsync("Enter");
        await page.GetByText("Big baskets is now number 1 of 2.").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.WaitForFunctionAsync("() => document.querySelector('.reorder-item')?.innerText.includes('Big baskets')");

        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Everybody" }).WaitForAsync();
        var small = await EarnedAsync(desk, 5_000);
        var big = await EarnedAsync(desk, 9_000);
        Assert.Equal(["Everybody"], small);
        Assert.Equal(["Big baskets", "Everybody"], big);
    }

    [Fact]
    public async Task TheMouse_DragsATierByItsHandle_DownAndUp_AndNothingElseMoves()
    {
        var desk = shared.Desk;
        var made = await desk.Server.PrivateAsync(HttpMethod.Post, "/v1/campaigns", JsonNode.Parse(
            """
            {"name":"Dragged","campaign_type":"PROMOTION","promotion":{"tiers":[
              {"name":"One","action":{"discount":{"type":"PERCENT","percent_off":1}}},{"name":"Two","action":{"discount":{"type":"PERCENT","percent_off":2}}},
              {"name":"Three","action":{"discount":{"type":"PERCENT","percent_off":3}}}]}}
            """));
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, $"promotions/{made.Json["id"]}");
        await page.Locator(".reorder-item").Nth(2).WaitForAsync();

        await DragAsync(page, "One", "Three");
        await page.GetByText("One is now number 3 of 3.").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await OrderedAsync("Two", "Three", "One");
        await DragAsync(page, "One", "Two");
        await page.GetByText("One is now number 1 of 3.").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await OrderedAsync("One", "Two", "Three");
        // Dropped where it came from, and text that is dragged over, change nothing.
        await DragAsync(page, "Two", "Two");
        await page.Locator(".tier-text").Nth(0).DragToAsync(page.Locator(".reorder-item").Nth(2));
        await DragAsync(page, "Three", "Two");
        await OrderedAsync("One", "Three", "Two");
        Assert.Equal(0, await page.Locator(".reorder-item.dragged, .reorder-item.over-above, .reorder-item.over-below").CountAsync());

        async Task OrderedAsync(params string[] names)
        {
            await page.WaitForFunctionAsync("names => [...document.querySelectorAll('.reorder-item .row-link')].map(a => a.textContent).join() === names", string.Join(',', names));
            await page.WaitForFunctionAsync("() => !document.querySelector('.reorder-item.dragged')");
            var stored = await desk.Server.PrivateAsync(HttpMethod.Get, $"/v1/promotions/{made.Json["id"]}/tiers");
            Assert.Equal(names, stored.Json["tiers"]!.AsArray().OrderBy(t => (int)t!["hierarchy"]!).Select(t => (string)t!["name"]!));
        }
    }

    private static Task DragAsync(IPage page, string tier, string onto) =>
        page.Locator(".reorder-item", new() { HasText = tier }).Locator(".reorder-handle").DragToAsync(page.Locator(".reorder-item", new() { HasText = onto }));

    private static async Task BuildRuleAsync(Desk desk, IPage page)
    {
        await desk.GoAsync(page, "rules/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("From 80");
        await page.GetByRole(AriaRole.Button, new() { Name = "Condition", Exact = true }).ClickAsync();
        await page.GetByLabel("Amount", new() { Exact = true }).FillAsync("80.00");
        await page.GetByLabel("Amount", new() { Exact = true }).PressAsync("Tab");
        await page.GetByText("Applies when order amount before this discount is at least $80.00.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create rule" }).ClickAsync();
        await page.ArriveAsync("**/rules/val_*");
    }

    private static async Task FindRuleAsync(Desk desk, IPage page)
    {
        await desk.GoAsync(page, "rules");
        await page.GetByLabel("Name, or part of it").FillAsync("unheard of");
        await page.GetByText("No rule matches").WaitForAsync();
        await page.GetByLabel("Name, or part of it").FillAsync("FROM 8");
        await page.GetByRole(AriaRole.Link, new() { Name = "From 80" }).WaitForAsync();
        await page.GetByText("Applies when order amount before this discount is at least $80.00.").WaitForAsync();
    }

    private static async Task AddTierAsync(IPage page, string name, string percent, string? rule)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "New tier" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Percent off", new() { Exact = true }).FillAsync(percent);
        if (rule is not null)
        {
            await page.GetByLabel("Add validation rule").FillAsync(rule);
            await page.GetByText(rule).Last.ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = $"Take away the rule {rule}" }).WaitForAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Make tier" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).WaitForAsync();
    }

    private static async Task<string[]> EarnedAsync(Desk desk, int amount)
    {
        var answer = await desk.Server.PrivateAsync(HttpMethod.Post, "/v1/promotions/validation", JsonNode.Parse($$"""{"order":{"amount":{{amount}} } }"""));
        return [.. answer.Json["promotions"]!.AsArray().Select(p => (string)p!["name"]!)];
    }
}
