using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Vouchsafe.Browser.Tests.Infrastructure;
using Vouchsafe.Testing;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>The playground: what is built in it is what is judged, redeemed, held, linked and copied.</summary>
public sealed class PlaygroundTests(SharedDesk shared) : IClassFixture<SharedDesk>
{
    [Fact]
    public async Task AStack_IsReorderedByKeyboard_RedeemedForReal_AndTakenBackWhole()
    {
        var desk = shared.Desk;
        await MakeAsync(desk, "/v1/vouchers/PLAY-A", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":1000}}""");
        await MakeAsync(desk, "/v1/vouchers/PLAY-CARD", """{"type":"GIFT_VOUCHER","gift":{"amount":5000}}""");
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, Link("""{"isAmountOnly":true,"amount":100,"customer":"ada","redeemables":[{"id":"PLAY-A"},{"kind":"gift_card","id":"PLAY-CARD","credits":25}]}"""));

        await page.GetByText("The whole request would be redeemed.").WaitForAsync();
        await page.Locator(".waterfall .total").GetByText("$65.00").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Move PLAY-CARD up" }).PressAsync("Enter");
        await page.GetByText("PLAY-CARD is now number 1 of 2.").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GetByRole(AriaRole.Button, new() { Name = "Validate", Exact = true }).ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('.play-redeem button.mud-button-outlined-primary:not([disabled])')");
        await RedeemAsync(page);
        await page.GetByText("Redeemed; $65.00 were to pay.").WaitForAsync();
        Assert.Equal(2500, (long)(await desk.Server.PrivateAsync(HttpMethod.Get, "/v1/vouchers/PLAY-CARD")).Json["gift"]!["balance"]!);

        await page.Locator(".play-redeem").GetByRole(AriaRole.Button, new() { Name = "Roll back" }).ClickAsync();
        await page.GetByText("uses and balances are what they were").WaitForAsync();
        Assert.Equal(5000, (long)(await desk.Server.PrivateAsync(HttpMethod.Get, "/v1/vouchers/PLAY-CARD")).Json["gift"]!["balance"]!);
        Assert.Equal(0, (long)(await desk.Server.PrivateAsync(HttpMethod.Get, "/v1/vouchers/PLAY-A")).Json["redemption"]!["redeemed_quantity"]!);
    }

    [Fact]
    public async Task ItemsOfTheCatalogue_ShowWhatEachStepTookOffThem_AndTheAddressShowsItAgain()
    {
        var desk = shared.Desk;
        var tea = (string)(await MakeAsync(desk, "/v1/products", """{"name":"Play tea","source_id":"play-tea","price":1000}""")).Json["id"]!;
        await MakeAsync(desk, $"/v1/products/{tea}/skus", """{"sku":"Play tea, 500 g","source_id":"play-tea-500","price":4000}""");
        await MakeAsync(desk, "/v1/vouchers/PLAY-HALF", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":50,"effect":"APPLY_TO_ITEMS"}}""");
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "playground?code=PLAY-HALF");
        await page.GetByText("The whole request would be redeemed.").WaitForAsync();
        await page.GetByLabel("Add product or SKU of the catalogue").FillAsync("play-tea-5");
        await page.Locator(".mud-popover-open").GetByText("Play tea, 500 g").ClickAsync();
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('input')].some(i => i.value === '40.00')");
        await page.GetByRole(AriaRole.Button, new() { Name = "Validate", Exact = true }).ClickAsync();
        var line = page.Locator(".waterfall .step-item", new() { HasText = "Play tea, 500 g" });
        await line.GetByText("−$20.00").WaitForAsync();

        await page.ArriveAsync("**/playground?*s=*");
        await page.ReloadAsync();
        await line.GetByText("−$20.00").WaitForAsync();
    }

    [Fact]
    public async Task PointsOfALoyaltyCard_PayWithTheChosenReward()
    {
        var desk = shared.Desk;
        var program = (string)(await MakeAsync(desk, "/v1/campaigns", """{"name":"Play points","campaign_type":"LOYALTY_PROGRAM","voucher":{"type":"LOYALTY_CARD","loyalty_card":{"points":500}}}""")).Json["id"]!;
        var card = (string)(await MakeAsync(desk, $"/v1/loyalties/{program}/members", """{"customer":{"source_id":"points-player"}}""")).Json["code"]!;
        var reward = (string)(await MakeAsync(desk, "/v1/rewards", """{"name":"Play coins","type":"COIN","parameters":{"coin":{"exchange_ratio":1,"points_ratio":10}}}""")).Json["id"]!;
        await MakeAsync(desk, $"/v1/rewards/{reward}/assignments", $$"""{"campaign":"{{program}}"}""");
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, Link("""{"isAmountOnly":true,"amount":100,"customer":"points-player"}"""));

        await page.GetByRole(AriaRole.Button, new() { Name = "Add something to apply" }).ClickAsync();
        await PickAsync(page, "Kind", "Loyalty card");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Code", Exact = true }).FillAsync(card);
        await PickAsync(page, "Reward", "Play coins");
        await page.GetByLabel("Points", new() { Exact = true }).FillAsync("200");
        await page.GetByLabel("Points", new() { Exact = true }).PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Validate", Exact = true }).ClickAsync();
        await page.Locator(".waterfall .total").GetByText("$80.00").WaitForAsync();

        await page.WaitForFunctionAsync("() => document.querySelector('.play-redeem button.mud-button-outlined-primary:not([disabled])')");
        await RedeemAsync(page);
        await page.GetByText("Redeemed; $80.00 were to pay.").WaitForAsync();
        Assert.Equal(300, (long)(await desk.Server.PrivateAsync(HttpMethod.Get, $"/v1/loyalties/members/{card}")).Json["loyalty_card"]!["balance"]!);
    }

    [Fact]
    public async Task ASku_IsChosenByAnyWordOfItsName_AndCostsWhatItCosts()
    {
        var desk = shared.Desk;
        var juice = (string)(await MakeAsync(desk, "/v1/products", """{"name":"Play juice","source_id":"play-juice","price":500}""")).Json["id"]!;
        var large = (string)(await MakeAsync(desk, $"/v1/products/{juice}/skus", """{"sku":"Juice, large carafe","price":900}""")).Json["id"]!;
        await MakeAsync(desk, $"/v1/products/{juice}/skus", """{"sku":"Juice, small glass","price":300}""");
        await MakeAsync(desk, "/v1/vouchers/PLAY-TEN", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10}}""");
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "playground?code=PLAY-TEN");
        await page.GetByText("The whole request would be redeemed.").WaitForAsync();
        foreach (var name in (string[])["coffee", "cake"]) await page.GetByRole(AriaRole.Button, new() { Name = $"Remove {name}" }).ClickAsync();

        await page.GetByLabel("Add product or SKU of the catalogue").FillAsync("carafe");
        await page.Locator(".mud-popover-open").GetByText("Juice, large carafe").ClickAsync();
        Assert.Equal("Juice, large carafe", await page.GetByLabel("SKU", new() { Exact = true }).InputValueAsync());
        await page.GetByLabel("Quantity").FillAsync("2");
        await page.GetByLabel("Quantity").PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Validate", Exact = true }).ClickAsync();
        await page.Locator(".waterfall .total").GetByText("$16.20").WaitForAsync();
        // It has no name of the shop's, so the call names it by its id here.
        Assert.Contains(large, await page.Locator(".code-block pre").InnerTextAsync(), StringComparison.Ordinal);
    }

    private static async Task PickAsync(IPage page, string field, string choice)
    {
        await page.Locator(".play-redeemable .mud-input-control.mud-select", new() { HasText = field }).ClickAsync();
        await page.Locator(".mud-popover-open").GetByText(choice, new() { Exact = true }).ClickAsync();
        await page.Locator(".mud-popover-open").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task ASession_HoldsACode_UntilItIsReleased()
    {
        var desk = shared.Desk;
        await MakeAsync(desk, "/v1/vouchers/PLAY-ONCE", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":1000},"redemption":{"quantity":1}}""");
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, Link("""{"isAmountOnly":true,"amount":100,"locks":true,"sessionKey":"desk-1","redeemables":[{"id":"PLAY-ONCE"}]}"""));
        await page.GetByText("Once you validate, each amount").WaitForAsync();
        Assert.True(await IsFreeAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "Validate", Exact = true }).ClickAsync();
        await page.GetByText("Held by the session desk-1").WaitForAsync();
        Assert.False(await IsFreeAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Release" }).ClickAsync();
        await page.GetByText("Once you validate, each amount").WaitForAsync();
        Assert.True(await IsFreeAsync());

        async Task<bool> IsFreeAsync() =>
            (bool)(await desk.Server.PrivateAsync(HttpMethod.Post, "/v1/validations", JsonNode.Parse("""{"redeemables":[{"object":"voucher","id":"PLAY-ONCE"}],"order":{"amount":10000}}"""))).Json["valid"]!;
    }

    [Theory]
    [InlineData("curl")]
    [InlineData("JavaScript")]
    [InlineData("C#")]
    public async Task ACopiedSample_DoesWhatThePageDoes(string language)
    {
        var desk = shared.Desk;
        var code = $"SAMPLE-{(language == "C#" ? "CS" : language.ToUpperInvariant())}";
        await MakeAsync(desk, $"/v1/vouchers/{code}", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":1000}}""");
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, Link($$"""{"items":[{"product":"it's \"é\"","quantity":2,"price":45}],"customer":"o'neill","redeemables":[{"id":"{{code}}"}],"metadata":[{"name":"note","text":"$HOME `id` \\ 'x'"}]}"""));
        await page.GetByText("The whole request would be redeemed.").WaitForAsync();

        await page.Locator(".play-sample-choice").GetByText(language, new() { Exact = true }).ClickAsync();
        var validated = await RunAsync(language, await SampleAsync(ValidationIn(language)));
        await page.Locator(".play-sample-choice").GetByText("Redeem", new() { Exact = true }).ClickAsync();
        var redeemed = await RunAsync(language, await SampleAsync(RedemptionIn(language)));

        Assert.True((bool)validated["valid"]!);
        Assert.Equal(8000, (long)validated["order"]!["total_amount"]!);
        Assert.Equal("SUCCESS", (string)redeemed["redemptions"]![0]!["result"]!);
        Assert.Equal("$HOME `id` \\ 'x'", (string)redeemed["redemptions"]![0]!["metadata"]!["note"]!);
        Assert.Equal("it's \"é\"", (string)redeemed["order"]!["items"]![0]!["source_id"]!);

        async Task<string> SampleAsync(string call)
        {
            var sample = page.Locator(".code-block pre", new() { HasText = call });
            await sample.WaitForAsync();
            return await sample.InnerTextAsync();
        }
    }

    private static string ValidationIn(string language) => language switch { "curl" => "-X POST", "C#" => "PostAsync(\"/v1/validations\"", _ => "validateStackable(" };

    private static string RedemptionIn(string language) => language switch { "curl" => "/v1/redemptions", "C#" => "PostAsync(\"/v1/redemptions\"", _ => "redeemStackable(" };

    // As somebody would who filled in their keys: the shell's in a shell, the module beside the packages that it names, C# compiled.
    private static async Task<JsonNode> RunAsync(string language, string sample)
    {
        sample = sample.Replace("YOUR-APPLICATION-ID", RunningServer.ApplicationId, StringComparison.Ordinal).Replace("YOUR-APPLICATION-TOKEN", RunningServer.ApplicationToken, StringComparison.Ordinal);
        var folder = Directory.CreateTempSubdirectory("vouchsafe-sample-");
        try
        {
            var start = language switch { "curl" => new ProcessStartInfo("/bin/sh"), "C#" => CSharpProgram.Compile(sample, folder.FullName), _ => Node() };
            (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
            using var process = Process.Start(start)!;
            if (language != "C#") await process.StandardInput.WriteAsync(sample);
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{await errors}\n{sample}");
            return JsonNode.Parse(output)!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ProcessStartInfo Node()
    {
        var folder = Path.Combine(Repository.Root, "tests", "sdk");
        if (!Directory.Exists(Path.Combine(folder, "node_modules"))) Assert.Skip("The published SDK is not installed here; ./test.sh installs it.");
        return new ProcessStartInfo("node", ["--input-type=module"]) { WorkingDirectory = folder };
    }

    // As the page itself writes its fields into its address.
    private static string Link(string fields) => "playground?s=" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(fields));

    private static async Task RedeemAsync(IPage page)
    {
        await Desk.ConfirmAsync(page.Locator(".play-redeem").GetByRole(AriaRole.Button, new() { Name = "Redeem", Exact = true }), "Redeem");
    }

    private static async Task<Answer> MakeAsync(Desk desk, string path, string body)
    {
        var made = await desk.Server.PrivateAsync(HttpMethod.Post, path, JsonNode.Parse(body));
        Assert.True(made.Status == 200, made.Text);
        return made;
    }
}
