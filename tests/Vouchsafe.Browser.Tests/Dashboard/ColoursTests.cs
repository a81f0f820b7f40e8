using Microsoft.Playwright;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>Pages are light or dark from their first frame on, as was chosen or as the system prefers.</summary>
public sealed class ColoursTests(SharedDesk shared) : IClassFixture<SharedDesk>
{
    private const string Light = "rgb(246, 247, 246)";
    private const string Dark = "rgb(16, 22, 21)";

    // What every frame shows behind the page and on its bar, and whether letters stand out from it.
    private const string Watch =
        """
        window.seen = { grounds: [], bars: [], letters: [] };
        const note = (list, value) => { if (value && list.at(-1) !== value) list.push(value); };
        const look = () => {
          if (document.body) {
            const body = getComputedStyle(document.body);
            note(window.seen.grounds, body.backgroundColor);
            note(window.seen.letters, body.color);
            const bar = document.querySelector(".mud-appbar") ?? document.querySelector(".opening-bar");
            if (bar) note(window.seen.bars, getComputedStyle(bar).backgroundColor);
          }
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
        """;

    [Theory]
    [InlineData(null, true)]
    [InlineData(null, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task EveryFrameOfAPage_HasTheSameColours(bool? chosen, bool isSystemDark)
    {
        var desk = shared.Desk;
        var page = await desk.SignInAsync(isDark: isSystemDark);
        await desk.GoAsync(page, "vouchers");
        if (chosen is { } isDark) await page.GetByRole(AriaRole.Button, new() { Name = isDark ? "Dark colours" : "Light colours" }).ClickAsync();
        var expected = chosen ?? isSystemDark ? Dark : Light;
        await page.WaitForFunctionAsync("ground => getComputedStyle(document.body).backgroundColor === ground", expected);
        await page.AddInitScriptAsync(Watch);

        foreach (var path in (string[])["vouchers", "playground", "settings/general"])
        {
            await desk.GoAsync(page, path);
            Assert.Equal([expected], await GroundsAsync(page));
            Assert.Single(await page.EvaluateAsync<string[]>("() => seen.bars"));
            Assert.Equal([expected == Dark ? "rgb(230, 238, 236)" : "rgb(22, 33, 31)"], await page.EvaluateAsync<string[]>("() => seen.letters"));
        }

        // A page that the server makes, and the step from it to another of them.
        await page.GotoAsync(new Uri(desk.Server.Address, "/account/new-passkey").ToString());
        Assert.Equal([expected], await GroundsAsync(page));
        await page.GotoAsync(new Uri(desk.Server.Address, "/account/reset?token=gone").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByLabel("Email").WaitForAsync();
        Assert.Equal([expected], await GroundsAsync(page));
    }

    // A page may have arrived before its first frame.
    private static async Task<string[]> GroundsAsync(IPage page)
    {
        await page.WaitForFunctionAsync("() => seen.grounds.length > 0");
        return await page.EvaluateAsync<string[]>("() => seen.grounds");
    }

    [Fact]
    public async Task APageWhoseConnectionIsSlow_SaysThatItOpens_InTheChosenColours()
    {
        var desk = shared.Desk;
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "vouchers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark colours" }).ClickAsync();
        await page.WaitForFunctionAsync("() => document.cookie.includes('vouchsafe-colours=dark')");
        var held = new TaskCompletionSource();
        await page.RouteAsync("**/_framework/blazor.web*.js", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });

        await page.GotoAsync(desk.PathTo("redemptions"), new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator(".opening-bar").WaitForAsync();
        Assert.Equal("The page is being opened.", (await page.Locator(".opening .sr-only").TextContentAsync())?.Trim());
        Assert.Equal(Dark, await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));

        held.SetResult();
        await Desk.SettledAsync(page);
        Assert.False(await page.Locator(".opening").IsVisibleAsync());
    }

    [Fact]
    public async Task UntilSomethingIsChosen_AnOpenPageFollowsTheSystem_AndAfterwardsNoMore()
    {
        var desk = shared.Desk;
        var page = await desk.SignInAsync();
        await desk.GoAsync(page, "vouchers");

        // The page hears of a change once it listens, a moment after it is there.
        for (var tries = 0; !await BecomesAsync(ColorScheme.Dark, Dark) && tries < 10; tries++) await BecomesAsync(ColorScheme.Light, Light);
        await IsAsync(Dark);
        await page.GetByRole(AriaRole.Button, new() { Name = "Light colours" }).ClickAsync();
        await IsAsync(Light);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
        await page.GetByRole(AriaRole.Link, new() { Name = "Campaigns" }).ClickAsync();
        await Desk.SettledAsync(page);
        await IsAsync(Light);

        // The bar's colour, which the components set, goes along with the ground.
        async Task IsAsync(string ground, float? patience = null) => await page.WaitForFunctionAsync(
            "([ground, bar]) => getComputedStyle(document.body).backgroundColor === ground && getComputedStyle(document.querySelector('.mud-appbar')).backgroundColor === bar",
            (string[])[ground, ground == Dark ? "rgb(24, 33, 32)" : "rgb(255, 255, 255)"], new() { Timeout = patience });

        async Task<bool> BecomesAsync(ColorScheme scheme, string ground)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            try
            {
                await IsAsync(ground, 3_000);
                return true;
            }
            catch (TimeoutException)
            {
                return false;
            }
        }
    }
}
