using Microsoft.Playwright;
using Vouchsafe.Browser.Tests.Infrastructure;
using Vouchsafe.Testing;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>The dashboard where the data stand in PostgreSQL.</summary>
public sealed class PostgresTests(Chromium chromium, PostgresServer postgres) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task APersonIsInvited_AndEveryPageShowsWhatIsThere_WithoutAnError()
    {
        await using var desk = await Desk.OpenAsync(chromium, ("Storage:Provider", "postgres"), ("Storage:ConnectionString", postgres.ConnectionString("dashboard")));
        await SampleData.MakeAsync(desk.Server);
        var owner = await desk.SignInAsync();
        await desk.JoinAsync(await desk.InviteAsync(owner, "vera@shop.example", "Editor"), "Vera");
        var pages = await owner.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.side-bar a')].map(a => a.getAttribute('href'))");
        List<string> errors = [];

        foreach (var path in pages.Append("/account").Append("/installation"))
        {
            await owner.GotoAsync(new Uri(desk.Server.Address, path).ToString());
            await Desk.SettledAsync(owner);
            errors.AddRange((await owner.Locator(".mud-alert-text-error").AllInnerTextsAsync()).Select(text => $"{path}: {text}"));
        }

        Assert.True(pages.Length > 15, $"only {pages.Length} pages");
        Assert.Empty(errors);
        await desk.GoAsync(owner, "settings/members");
        await owner.GetByRole(AriaRole.Row, new() { NameRegex = new("vera@shop.example") }).WaitForAsync();
        await desk.GoAsync(owner, "vouchers?search=SUMMER");
        await owner.GetByRole(AriaRole.Link, new() { Name = "SUMMER-20" }).WaitForAsync();
    }
}
