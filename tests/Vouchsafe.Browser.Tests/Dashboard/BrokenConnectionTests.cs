using Microsoft.Playwright;
using Vouchsafe.Browser.Tests.Infrastructure;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>A server that goes away under an open page.</summary>
public sealed class BrokenConnectionTests(Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task APageWhoseServerIsGone_SaysSo_Legibly_AndCanBeLoaded(bool isDark)
    {
        await using var desk = await Desk.OpenAsync(chromium);
        var page = await desk.SignInAsync(isDark: isDark);
        await desk.GoAsync(page, "settings/general");
        await page.GetByLabel("Description").FillAsync("Half a sentence");

        await desk.Server.StopAsync();

        var words = page.GetByText("The connection to the server broke.");
        await words.WaitForAsync();
        Assert.Equal(isDark ? "rgb(230, 238, 236)" : "rgb(22, 33, 31)", await words.EvaluateAsync<string>("e => getComputedStyle(e).color"));
        Assert.Equal(isDark ? "rgb(24, 33, 32)" : "rgb(255, 255, 255)", await page.Locator(".reconnect-box").EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor"));
        Assert.False(await page.GetByText("The server cannot be reached.").IsVisibleAsync());
        Assert.Equal("Half a sentence", await page.GetByLabel("Description").InputValueAsync());
        var load = page.WaitForRequestAsync("**/settings/general");
        await page.GetByRole(AriaRole.Button, new() { Name = "Load the page" }).ClickAsync();
        await load;
    }
}
