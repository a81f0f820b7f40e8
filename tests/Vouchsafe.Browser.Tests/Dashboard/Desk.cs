using System.Collections.Concurrent;
using Microsoft.Playwright;
using Vouchsafe.Browser.Tests.Infrastructure;
using Vouchsafe.Testing;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>A running product with its first administrator, and browsers that are signed in to its dashboard.</summary>
public sealed class Desk : IAsyncDisposable
{
    internal const string AdminEmail = "owner@shop.example";
    internal const string AdminPassword = "correct horse battery staple";

    private static readonly float Patience = 60_000; // several suites share the machine

    private readonly Chromium _chromium;
    private readonly ConcurrentBag<IBrowserContext> _visitors = [];

    private Desk(Chromium chromium, RunningServer server, string projectId) => (_chromium, Server, ProjectId) = (chromium, server, projectId);

    internal RunningServer Server { get; }

    /// <summary>The sandbox project of the first start.</summary>
    internal string ProjectId { get; }

    internal static async Task<Desk> OpenAsync(Chromium chromium, params (string Name, string Value)[] settings)
    {
        var server = await RunningServer.StartAsync([("Bootstrap:AdminEmail", AdminEmail), ("Bootstrap:AdminPassword", AdminPassword), .. settings]);
        var projects = await server.ManagementAsync(HttpMethod.Get, "/management/v1/projects");
        return new Desk(chromium, server, (string)projects.Json["data"]![0]!["id"]!);
    }

    /// <summary>The address of a page of the project.</summary>
    internal string PathTo(string page) => $"{Server.Address}projects/{ProjectId}{(page.Length == 0 ? "" : "/")}{page}";

    /// <summary>A browser of its own with the sign-in page open; signing in there leads to an address of this server.</summary>
    internal async Task<IPage> VisitAsync(int width = 1280, int height = 900, bool isDark = false, string returnUrl = "/")
    {
        var visitor = await _chromium.NewVisitorAsync();
        _visitors.Add(visitor);
        visitor.SetDefaultTimeout(Patience);
        visitor.SetDefaultNavigationTimeout(Patience);
        var page = await visitor.NewPageAsync();
        await page.SetViewportSizeAsync(width, height);
        await page.EmulateMediaAsync(new() { ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync($"{Server.Address}account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");
        return page;
    }

    /// <summary>A browser of its own, signed in, with the project's first page open.</summary>
    internal async Task<IPage> SignInAsync(string email = AdminEmail, string password = AdminPassword, int width = 1280, int height = 900, bool isDark = false)
    {
        // Not by the list of projects, which leads on by itself, into whatever a test opens next.
        var page = await VisitAsync(width, height, isDark, $"/projects/{ProjectId}");
        await FillSignInAsync(page, email, password);
        await page.LeaveAsync("/account/sign-in");
        return page;
    }

    /// <summary>Gives address and password on the sign-in page.</summary>
    internal static async Task FillSignInAsync(IPage page, string email, string password)
    {
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    /// <summary>Opens a page of the project and waits until its heading is there and nothing loads any more.</summary>
    internal async Task GoAsync(IPage page, string name)
    {
        await page.GotoAsync(PathTo(name));
        await SettledAsync(page);
    }

    /// <summary>Waits until the page shows what it has loaded.</summary>
    internal static async Task SettledAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.WaitForAsync();
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.mud-skeleton, .mud-progress-linear-indeterminate').length === 0");
    }

    /// <summary>Clicks what opens a dialog and returns the dialog once it has taken the focus.</summary>
    /// <remarks>
    /// A dialog takes the focus a moment after it is drawn: on a busy machine so late that it takes it from a field that is being
    /// filled, and the text goes nowhere. A click on what moves between press and release, while a page still arrives, is none.
    /// </remarks>
    internal static async Task<ILocator> OpenDialogAsync(ILocator opener)
    {
        var dialog = opener.Page.GetByRole(AriaRole.Dialog);
        await opener.ClickAsync();
        try
        {
            await dialog.WaitForAsync(new() { Timeout = 20_000 });
        }
        catch (TimeoutException)
        {
            await opener.ClickAsync();
            await dialog.WaitForAsync();
        }

        await opener.Page.WaitForFunctionAsync("() => document.activeElement.matches('[role=dialog] :not(input, textarea), [role=dialog]')");
        return dialog;
    }

    /// <summary>Clicks what asks for leave and gives it, by the button of that name.</summary>
    internal static async Task ConfirmAsync(ILocator opener, string yes)
    {
        var question = await OpenDialogAsync(opener);
        await question.GetByRole(AriaRole.Button, new() { Name = yes, Exact = true }).ClickAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // Pages whose server is gone go on looking for it, and take the processor from the other tests.
        foreach (var visitor in _visitors) await visitor.CloseAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>One product for the tests of a class.</summary>
public sealed class SharedDesk(Chromium chromium) : IAsyncLifetime
{
    /// <summary>The product.</summary>
    public Desk Desk { get; private set; } = default!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => Desk = await Desk.OpenAsync(chromium);

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await Desk.DisposeAsync();
}
