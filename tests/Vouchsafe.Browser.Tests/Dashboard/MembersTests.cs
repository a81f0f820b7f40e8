using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Vouchsafe.Browser.Tests.Infrastructure;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>People come into a project, see what their role lets them see, and do no more than it permits.</summary>
public sealed class MembersTests(Chromium chromium) : IAsyncLifetime
{
    private Desk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _desk = await Desk.OpenAsync(chromium);
        await SampleData.MakeAsync(_desk.Server);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task AnInvitedViewer_SeesTheVouchers_AndIsOfferedNothingThatChangesThem()
    {
        var owner = await _desk.SignInAsync();
        var link = await _desk.InviteAsync(owner, "vera@shop.example", "Viewer");
        var viewer = await _desk.JoinAsync(link, "Vera");

        await _desk.GoAsync(viewer, "vouchers");
        await viewer.GetByRole(AriaRole.Link, new() { Name = "SUMMER-20" }).ClickAsync();
        await viewer.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "SUMMER-20" }).WaitForAsync();
        await Desk.SettledAsync(viewer);
        var pages = await viewer.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.side-bar a')].map(a => a.getAttribute('href'))");
        Assert.DoesNotContain(pages, p => p.EndsWith("/security", StringComparison.Ordinal));
        List<string> offered = [];
        foreach (var path in pages.Prepend(new Uri(viewer.Url).AbsolutePath))
        {
            await viewer.GotoAsync(new Uri(_desk.Server.Address, path).ToString());
            await Desk.SettledAsync(viewer);
            var controls = await viewer.Locator("#content").EvaluateAsync<string[]>("root => [...root.querySelectorAll('button, a.mud-button-root')].map(b => b.getAttribute('aria-label') ?? b.innerText.trim())");
            // The playground's order is a draft of the page: only redeeming would change something.
            if (path.EndsWith("/playground", StringComparison.Ordinal)) offered.AddRange(await viewer.GetByRole(AriaRole.Heading, new() { Name = "Redeem for real" }).AllInnerTextsAsync());
            else offered.AddRange(controls.Where(IsChange).Select(c => $"{path}: {c}"));
        }

        Assert.Empty(offered);
        await _desk.GoAsync(viewer, "vouchers/new");
        await viewer.GetByText("Your role in this project lets you look").WaitForAsync();
        await _desk.GoAsync(viewer, "security");
        await viewer.GetByText("does not permit this").First.WaitForAsync();
        await owner.ReloadAsync();
        await owner.GetByText("vera@shop.example").WaitForAsync();
        Assert.Equal(0, await owner.GetByRole(AriaRole.Button, new() { Name = "Withdraw the invitation for vera@shop.example" }).CountAsync());
        var again = await _desk.VisitAsync();
        await again.GotoAsync(link);
        await again.GetByText("This invitation does not work").WaitForAsync();
    }

    [Fact]
    public async Task AViewersCookie_OpensNothingOfTheApi_WhenItIsSentDirectly()
    {
        var owner = await _desk.SignInAsync();
        var viewer = await _desk.JoinAsync(await _desk.InviteAsync(owner, "carl@shop.example", "Viewer"), "Carl");
        var mine = $"/dashboard/v1/projects/{_desk.ProjectId}";
        (string Method, string Path)[] writes =
        [
            ("POST", "/v1/vouchers/DIRECT-1"), ("PUT", "/v1/vouchers/SUMMER-20"), ("DELETE", "/v1/vouchers/SUMMER-20"), ("POST", "/v1/redemptions"), ("POST", "/v1/campaigns"),
            ("PUT", $"/management/v1/projects/{_desk.ProjectId}"), ("POST", $"/management/v1/projects/{_desk.ProjectId}/keys"), ("POST", "/management/v1/projects"),
            ("POST", mine + "/invitations"), ("DELETE", mine + "/invitations/x"), ("PUT", mine + "/members/x"), ("DELETE", mine + "/members/x"),
            ("POST", mine + "/members/x/password-reset"), ("POST", mine + "/members/x/end-sign-ins"), ("PUT", "/dashboard/v1/me"),
        ];

        foreach (var (method, path) in writes)
        {
            var status = await viewer.EvaluateAsync<int>(
                "async ([method, path]) => (await fetch(path, { method, credentials: 'include', headers: { 'Content-Type': 'application/json' }, body: '{}' })).status", new[] { method, path });
            Assert.True(status == (path.StartsWith("/dashboard/", StringComparison.Ordinal) ? 404 : 401), $"{method} {path}: {status}");
        }

        Assert.Equal(404, (await _desk.Server.PrivateAsync(HttpMethod.Get, "/v1/vouchers/DIRECT-1")).Status);
        Assert.True((bool)(await _desk.Server.PrivateAsync(HttpMethod.Get, "/v1/vouchers/SUMMER-20")).Json["active"]!);
    }

    [Fact]
    public async Task AnEditorWhoIsMadeAViewer_IsRefusedInTheFormThatIsStillOpen()
    {
        var owner = await _desk.SignInAsync();
        var editor = await _desk.JoinAsync(await _desk.InviteAsync(owner, "edith@shop.example", "Editor"), "Edith");
        await _desk.GoAsync(editor, "vouchers/new");
        await editor.GetByLabel("Code", new() { Exact = true }).FillAsync("TOO-LATE");
        await editor.GetByLabel("Percent off", new() { Exact = true }).FillAsync("15");

        await _desk.GoAsync(owner, "settings/members");
        await owner.GetByRole(AriaRole.Row, new() { NameRegex = new("edith@shop.example") }).GetByText("Editor", new() { Exact = true }).ClickAsync();
        await Desk.ConfirmAsync(owner.Locator(".mud-popover-open").GetByText("Viewer", new() { Exact = true }), "Change the role");
        await owner.GetByText("Edith is a viewer now.").WaitForAsync();
        await editor.GetByRole(AriaRole.Button, new() { Name = "Make voucher" }).ClickAsync();
        await editor.GetByText("does not permit this").WaitForAsync();

        Assert.Equal(404, (await _desk.Server.PrivateAsync(HttpMethod.Get, "/v1/vouchers/TOO-LATE")).Status);
    }

    [Fact]
    public async Task ANewProject_ShowsItsKeys_WhichWork_AndLeadsIntoIt()
    {
        var owner = await _desk.SignInAsync();
        await _desk.GoAsync(owner, "usage");
        await owner.Locator(".project-menu button, button.project-menu").First.ClickAsync();
        await owner.GetByText("New project", new() { Exact = true }).ClickAsync();
        await owner.GetByLabel("Name", new() { Exact = true }).FillAsync("Second shop");
        await owner.GetByLabel("Currency").FillAsync("pln");
        await owner.GetByLabel("Your website URLs").FillAsync("second.example");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Make the project" }).ClickAsync();
        var key = owner.GetByRole(AriaRole.Region, new() { Name = "Application key" });
        await key.GetByRole(AriaRole.Button, new() { Name = "Show the token" }).ClickAsync();
        await key.GetByRole(AriaRole.Button, new() { Name = "Hide the token" }).WaitForAsync();
        var texts = await key.Locator(".copy-text .code").AllInnerTextsAsync();
        await owner.GetByRole(AriaRole.Button, new() { Name = "Open the project" }).ClickAsync();
        await owner.ArriveAsync("**/projects/proj_*");
        await owner.GetByText("Second shop").First.WaitForAsync();

        var answer = await _desk.Server.SendAsync(HttpMethod.Post, "/v1/vouchers/FIRST", JsonNode.Parse("""{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":100}}"""), ("X-App-Id", texts[0]), ("X-App-Token", texts[1]));
        Assert.Equal(200, answer.Status);
        Assert.Equal(404, (await _desk.Server.PrivateAsync(HttpMethod.Get, "/v1/vouchers/FIRST")).Status);
    }

    [Fact]
    public async Task WhatFailsToComeIn_IsSeenWhileThePageIsOpen_AndNoPasswordWithIt()
    {
        var owner = await _desk.SignInAsync();
        await _desk.GoAsync(owner, "security");
        await owner.GetByText("Nobody was turned away").WaitForAsync();
        await TryAsync(Desk.AdminEmail, "not the password at all");
        await TryAsync("hunter2-is@my-secret.example", "not the password at all");

        await owner.GetByRole(AriaRole.Cell, new() { Name = "Wrong password", Exact = true }).WaitForAsync();
        await owner.GetByRole(AriaRole.Cell, new() { Name = "No such account", Exact = true }).WaitForAsync();
        await owner.GetByRole(AriaRole.Figure, new() { Name = "Failed sign-ins over time" }).WaitForAsync();
        var text = await owner.ContentAsync();
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("my-secret", text, StringComparison.Ordinal);

        await _desk.Server.SendAsync(HttpMethod.Get, "/v1/vouchers", null, ("X-App-Id", Guid.NewGuid().ToString()), ("X-App-Token", "wrong"));
        await owner.GetByRole(AriaRole.Link, new() { Name = "the server's own records" }).ClickAsync();
        await owner.GetByRole(AriaRole.Button, new() { Name = "Explain: No valid credentials" }).ClickAsync();
        await owner.GetByText("The request named no key that exists here").WaitForAsync();
    }

    private async Task TryAsync(string email, string password)
    {
        var page = await _desk.VisitAsync();
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).First.WaitForAsync();
        await page.Context.CloseAsync();
    }

    private static bool IsChange(string control) =>
        new[] { "New", "Make", "Add", "Create", "Edit", "Delete", "Remove", "Disable", "Enable", "Redeem", "Roll back", "Invite", "Save", "Change", "Import", "Actions for", "Start", "Move", "Withdraw" }
            .Any(verb => control == verb || control.StartsWith(verb + " ", StringComparison.Ordinal));
}
