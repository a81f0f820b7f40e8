using System.Text.Json.Nodes;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Vouchsafe.Browser.Tests.Infrastructure;
using Vouchsafe.Testing;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>The demo shop as a visitor meets it: a page that knows the publishable key and nothing else.</summary>
public sealed class DemoShopTests(Chromium chromium)
{
    private static readonly string Fragment = $"#id={RunningServer.ClientId}&token={RunningServer.ClientToken}&currency=EUR";

    [Fact]
    public async Task ACode_TakesItsDiscountOff_AndTheOrderIsPaid_WithoutTheKeyInTheAddress()
    {
        await using var server = await RunningServer.StartAsync(("Bootstrap:WebsiteUrls", "127.0.0.1"));
        var page = await OpenAsync(server, Fragment);
        Assert.DoesNotContain("token", page.Url, StringComparison.Ordinal);
        await ApplyAsync(page, "WELCOME-10");
        await page.GetByText("WELCOME-10 takes €3.34 off.").WaitForAsync();
        Assert.Equal("€30.06", await page.Locator("#total").InnerTextAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Pay" }).ClickAsync();
        await page.GetByText("WELCOME-10 is redeemed").WaitForAsync();
        var redemptions = await server.PrivateAsync(HttpMethod.Get, "/v1/redemptions");
        Assert.Equal(1, (int)redemptions.Json["total"]!);
        await ApplyAsync(page, "NO-SUCH");
        await page.GetByText("There is no code NO-SUCH.").WaitForAsync();
    }

    [Fact]
    public async Task TheSixthTry_ShowsTheCountdownOfRetryAfter_AndAfterwardsItWorksAgain()
    {
        await using var server = await RunningServer.StartAsync(("Bootstrap:WebsiteUrls", "127.0.0.1"), ("Limits:Client:WindowSeconds", "12"));
        var page = await OpenAsync(server, Fragment);
        for (var i = 1; i <= 6; i++)
        {
            await ApplyAsync(page, "WELCOME-10");
            await page.WaitForFunctionAsync("n => document.querySelectorAll('#calls tr:not(.empty)').length >= n", i);
        }
        await page.GetByText("Too many tries. Try again in").WaitForAsync();
        Assert.True(await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).IsDisabledAsync());
        Assert.Equal("429", await page.Locator("#calls tr").First.Locator("td").Nth(2).InnerTextAsync());
        await PicturesAsync(page, "429");
        await page.GetByText("You may try again now.").WaitForAsync();
        await ApplyAsync(page, "WELCOME-10");
        await page.GetByText("WELCOME-10 takes €3.34 off.").WaitForAsync();
    }

    [Fact]
    public async Task AnOriginThatIsNotListed_IsRefused_ThePageSaysWhatToAdd_AndWithItItWorksAtOnce()
    {
        await using var server = await RunningServer.StartAsync();
        var page = await OpenAsync(server, Fragment);
        await ApplyAsync(page, "WELCOME-10");
        await page.GetByText("add this entry to Your website URL").WaitForAsync();
        var entry = await page.Locator("#message code").InnerTextAsync();
        var projects = await server.ManagementAsync(HttpMethod.Get, "/management/v1/projects");
        var saved = await server.ManagementAsync(HttpMethod.Put, $"/management/v1/projects/{projects.Json["data"]![0]!["id"]}", new JsonObject { ["client_trusted_domains"] = new JsonArray(entry) });
        Assert.Equal(200, saved.Status);
        await ApplyAsync(page, "WELCOME-10");
        await page.GetByText("takes €3.34 off").WaitForAsync();
    }

    [Fact]
    public async Task WithoutAKey_ThePageTeachesWhereToGetOne_AndAxeFindsNothingSerious()
    {
        await using var server = await RunningServer.StartAsync(("Bootstrap:WebsiteUrls", "127.0.0.1"));
        var page = await OpenAsync(server, "");
        await page.GetByText("No key yet").WaitForAsync();
        await PicturesAsync(page, "no-key");
        await page.GetByLabel("Client application id").FillAsync(RunningServer.ClientId);
        await page.GetByLabel("Client token").FillAsync(RunningServer.ClientToken);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this key" }).ClickAsync();
        await ApplyAsync(page, "WELCOME-10");
        await page.GetByText("takes 3.34 off").WaitForAsync();
        await PicturesAsync(page, "discount");
    }

    private async Task<IPage> OpenAsync(RunningServer server, string fragment)
    {
        var visitor = await chromium.NewVisitorAsync();
        visitor.SetDefaultTimeout(60_000);
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(new Uri(server.Address, "/demo").ToString() + fragment);
        return page;
    }

    private static async Task ApplyAsync(IPage page, string code)
    {
        await page.GetByLabel("Voucher code").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
    }

    private static async Task PicturesAsync(IPage page, string name)
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "screenshots");
        Directory.CreateDirectory(folder);
        foreach (var (width, scheme) in new[] { (1280, ColorScheme.Light), (1280, ColorScheme.Dark), (390, ColorScheme.Light), (390, ColorScheme.Dark) })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"demo-{name}-{(width > 600 ? "wide" : "narrow")}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png"), FullPage = true });
            Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth + 1"), $"{name} scrolls sideways at {width}");
            var found = await page.RunAxe();
            Assert.Empty(found.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
        }
        await page.SetViewportSizeAsync(1280, 900);
    }
}
