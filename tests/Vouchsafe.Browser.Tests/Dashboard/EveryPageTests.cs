using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Vouchsafe.Testing;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>
/// Every page that the side bar leads to, as people with poor sight, no mouse or a small screen meet it. The pictures of it
/// are written to <c>artifacts/screenshots</c> to be looked at.
/// </summary>
public sealed partial class EveryPageTests(SharedDesk shared) : IClassFixture<SharedDesk>
{
    private static readonly string Pictures = Path.Combine(Repository.Root, "artifacts", "screenshots");

    [Theory]
    [InlineData(1280, 900, false)]
    [InlineData(1280, 900, true)]
    [InlineData(390, 844, false)]
    [InlineData(390, 844, true)]
    public async Task EveryPage_HasOneHeading_NoSeriousViolation_AndNoSidewaysScroll(int width, int height, bool isDark)
    {
        var desk = shared.Desk;
        await SampleData.MakeAsync(desk);
        var page = await desk.SignInAsync(width: width, height: height, isDark: isDark);
        List<string> faults = [];
        page.PageError += (_, error) => faults.Add("script: " + error);

        await desk.GoAsync(page, "categories");
        var pages = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.side-bar a')].map(a => a.getAttribute('href'))");
        Assert.NotEmpty(pages);
        var details = (await SampleData.DetailsAsync(desk.Server)).Select(detail => $"/projects/{desk.ProjectId}/{detail}");
        foreach (var path in pages.Concat(details).Concat(["/account", "/account/new-passkey", "/account/confirm", "/account/reset?token=gone", "/account/invitation?token=gone", "/account/sign-in", "/account/second-factor", "/new-project", "/installation", "/not-found"]))
        {
            await page.GotoAsync(new Uri(desk.Server.Address, path).ToString());
            await Desk.SettledAsync(page);
            var below = path.Replace($"/projects/{desk.ProjectId}", "", StringComparison.Ordinal).Trim('/');
            var name = Own().Replace(below, "detail").Split('?')[0].Replace('/', '-');
            await PictureAsync(page, name.Length == 0 ? "overview" : name, width, isDark);
            if (await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).CountAsync() != 1) faults.Add($"{path}: not one heading of the first level");
            if (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth + 1")) faults.Add($"{path}: scrolls sideways at {width}");
            var found = await page.RunAxe();
            faults.AddRange(found.Violations.Where(v => v.Impact is "serious" or "critical")
                .Select(v => $"{path}: {v.Id} ({v.Impact}): {v.Help}; {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task TheFirstPage_OfAMemberOfOneProject_IsThatProject()
    {
        var desk = shared.Desk;
        var page = await desk.SignInAsync();

        await page.GotoAsync(desk.Server.Address.ToString());

        await page.ArriveAsync($"**/projects/{desk.ProjectId}");
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
    }

    // What differs from run to run, or is longer than a file's name.
    [GeneratedRegex(@"(?<=/)(\w+_[0-9a-z]{26}(?=/|$)|\?.*$)")]
    private static partial Regex Own();

    private static async Task PictureAsync(IPage page, string name, int width, bool isDark)
    {
        Directory.CreateDirectory(Pictures);
        await page.WaitForFunctionAsync("() => [...document.images].every(image => image.complete)");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{(width > 600 ? "wide" : "narrow")}-{(isDark ? "dark" : "light")}.png"), FullPage = true });
    }
}

/// <summary>A small shop, so that the pages have something to show.</summary>
internal static class SampleData
{
    /// <summary>With people: a member, an invitation that waits, and somebody who was turned away.</summary>
    internal static async Task MakeAsync(Desk desk)
    {
        if ((await desk.Server.PrivateAsync(HttpMethod.Get, "/v1/vouchers/SUMMER-20")).Status == 200) return;
        var owner = await desk.SignInAsync();
        await desk.JoinAsync(await desk.InviteAsync(owner, "edith@shop.example", "Editor"), "Edith Clarke");
        await desk.InviteAsync(owner, "grace@shop.example", "Security");
        var stranger = await desk.VisitAsync();
        await stranger.GetByLabel("Email").FillAsync("admin@shop.example");
        await stranger.GetByLabel("Password", new() { Exact = true }).FillAsync("letmeinletmein");
        await stranger.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await stranger.GetByRole(AriaRole.Alert).First.WaitForAsync();
        await MakeAsync(desk.Server);
    }

    internal static async Task MakeAsync(RunningServer server)
    {
        if ((await server.PrivateAsync(HttpMethod.Get, "/v1/vouchers/SUMMER-20")).Status == 200) return;
        await PostAsync(server, "/v1/categories", """{"name":"Seasonal","hierarchy":1}""");
        await PostAsync(server, "/v1/categories", """{"name":"Staff","hierarchy":2,"stacking_type":"EXCLUSIVE"}""");
        await PostAsync(server, "/v1/vouchers/SUMMER-20", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":20,"amount_limit":5000},"redemption":{"quantity":500}}""");
        await PostAsync(server, "/v1/vouchers/TEN-OFF", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":1000},"expiration_date":"2030-01-01T00:00:00Z"}""");
        await PostAsync(server, "/v1/vouchers/GIFT-100", """{"type":"GIFT_VOUCHER","gift":{"amount":10000}}""");
        await PostAsync(server, "/v1/products", """{"name":"Coffee","source_id":"coffee","price":450}""");
        await PostAsync(server, "/v1/products", """{"name":"Cake","source_id":"cake","price":590}""");
        await PostAsync(server, "/v1/products/coffee/skus", """{"sku":"Coffee, 250 g","source_id":"coffee-250","price":950,"attributes":{"size":"small"}}""");
        await PostAsync(server, "/v1/products/coffee/skus", """{"sku":"Coffee, 1 kg","source_id":"coffee-1000","price":2950,"attributes":{"size":"large"}}""");
        await PostAsync(server, "/v1/product-collections", """{"name":"Coffees","type":"AUTO_UPDATE","filter":{"junction":"OR","name":{"conditions":{"$contains":["Coffee"]}},"sku":{"conditions":{"$contains":["Coffee"]}}}}""");
        await PostAsync(server, "/v1/customers", """{"source_id":"ada","name":"Ada Lovelace","email":"ada@shop.example"}""");
        await PostAsync(server, "/v1/validation-rules", """{"name":"Orders from 50","rules":{"1":{"name":"order.amount","conditions":{"$more_than_or_equal":[5000]}},"logic":"1"}}""");
        await PostAsync(server, "/v1/campaigns", """{"name":"Autumn","campaign_type":"DISCOUNT_COUPONS","type":"AUTO_UPDATE","vouchers_count":20,"voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":500},"code_config":{"pattern":"AUT-#####"}}}""");
        await PostAsync(server, "/v1/campaigns", """{"name":"Free shipping week","campaign_type":"PROMOTION","type":"AUTO_UPDATE","promotion":{"tiers":[{"name":"Everybody","banner":"5 % off","action":{"discount":{"type":"PERCENT","percent_off":5}}},{"name":"Big baskets","banner":"15 off","action":{"discount":{"type":"AMOUNT","amount_off":1500}}}]}}""");
        for (var i = 0; i < 12; i++)
            await PostAsync(server, $"/v1/vouchers/{(i % 3 == 0 ? "TEN-OFF" : "SUMMER-20")}/redemption", $$"""{"customer":{"source_id":"ada"},"order":{"amount":{{4_000 + i * 700}} } }""");
        await PostAsync(server, "/v1/vouchers/GIFT-100/redemption", """{"gift":{"credits":2500},"order":{"amount":6000}}""");
    }

    /// <summary>Pages that the side bar does not lead to, below the project's.</summary>
    internal static async Task<IReadOnlyList<string>> DetailsAsync(RunningServer server)
    {
        var product = await server.PrivateAsync(HttpMethod.Get, "/v1/products/coffee");
        var customer = await server.PrivateAsync(HttpMethod.Get, "/v1/customers/ada");
        var collections = await server.PrivateAsync(HttpMethod.Get, "/v1/product-collections");
        var redemptions = await server.PrivateAsync(HttpMethod.Get, "/v1/redemptions");
        var rules = await server.PrivateAsync(HttpMethod.Get, "/v1/validation-rules");
        var (campaign, promotion) = (await CampaignAsync("DISCOUNT_COUPONS"), await CampaignAsync("PROMOTION"));
        var tiers = await server.PrivateAsync(HttpMethod.Get, $"/v1/promotions/{promotion}/tiers");
        const string Play = """{"items":[{"product":"coffee","quantity":2,"price":45},{"product":"cake","quantity":1,"price":30}],"customer":"ada","redeemables":[{"id":"SUMMER-20"},{"kind":"gift_card","id":"GIFT-100","credits":25},{"id":"NO-SUCH"}]}""";
        return
        [
            $"products/{product.Json["id"]}", $"customers/{customer.Json["id"]}", $"product-collections/{collections.Json["data"]![0]!["id"]}",
            $"redemptions/{redemptions.Json["redemptions"]![0]!["id"]}", "vouchers/SUMMER-20", "gift-cards/GIFT-100", "vouchers/new", "gift-cards/new", "campaigns/new", $"campaigns/{campaign}",
            $"promotions/{promotion}", $"promotions/{promotion}/tiers/{tiers.Json["tiers"]![0]!["id"]}", "rules/new", $"rules/{rules.Json["data"]![0]!["id"]}", "playground/?s=" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Play)),
        ];

        async Task<string> CampaignAsync(string type) =>
            (string)(await server.PrivateAsync(HttpMethod.Get, "/v1/campaigns?campaign_type=" + type)).Json["campaigns"]![0]!["id"]!;
    }

    private static async Task PostAsync(RunningServer server, string path, string body)
    {
        var answer = await server.PrivateAsync(HttpMethod.Post, path, JsonNode.Parse(body));
        Assert.True(answer.Status is 200 or 202, $"{path}: {answer.Status} {answer.Text}");
    }
}
