using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>Who has no mouse, on a small screen: everything is reached, seen and left as it was.</summary>
public sealed class KeyboardTests(SharedDesk shared) : IClassFixture<SharedDesk>
{
    // What the focus is on; whether one sees it there: in view, under nothing, with a ring or a line around or below it.
    private const string Look =
        """
        () => {
          const e = document.activeElement;
          if (!e || e === document.body) return null;
          e.dataset.reached ??= String(window.reached = (window.reached ?? 0) + 1);
          const name = `${e.localName} "${(e.ariaLabel ?? e.labels?.[0]?.textContent ?? e.textContent).trim().slice(0, 40)}"`;
          // A box of text that is longer than the screen cannot be in view as a whole.
          const rect = e.getBoundingClientRect();
          const [top, bottom] = [Math.max(rect.top, Math.min(rect.bottom, innerHeight) - 60), Math.min(rect.bottom, innerHeight)];
          const at = document.elementFromPoint(rect.left + rect.width / 2, (top + bottom) / 2);
          const around = e.closest("label, .mud-input-control") ?? e;
          const isInView = rect.left >= 0 && rect.right <= innerWidth + 1 && bottom > top && !!at && (around.contains(at) || at.contains(e));
          const style = getComputedStyle(e);
          const isMarked = style.outlineStyle !== "none" || !!e.closest(".mud-input");
          return { id: e.dataset.reached, name, isInView, isMarked };
        }
        """;

    [Theory]
    [InlineData("playground")]
    [InlineData("vouchers/new")]
    [InlineData("rules/new")]
    [InlineData("settings/members")]
    public async Task TheTabulatorKey_ReachesEverything_InView_AndChangesNothing(string path)
    {
        var desk = shared.Desk;
        await MakeAsync(desk, "/v1/products", """{"name":"Key cake","source_id":"key-cake","price":590}""");
        var page = await desk.SignInAsync(width: 390, height: 844);
        await desk.GoAsync(page, path);
        // A page that has arrived gives the focus to its heading.
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        var before = await FieldsAsync(page);
        List<string> faults = [];
        List<string> seen = [];

        for (var presses = 0; presses < 400; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            var (found, isSeen) = await LookAsync(page);
            if (found is null) continue;
            var id = (string)found["id"]!;
            // Round, once the first comes again. Others may: a date has several parts, and a list of choices that closes on a busy
            // machine takes the focus back from whoever is already further.
            if (seen.Count > 10 && id == seen[0]) break;
            if (seen.Contains(id)) continue;
            seen.Add(id);
            if (!isSeen) faults.Add($"{found["name"]}: {(found["isMarked"]!.GetValue<bool>() ? "out of view" : "no ring")}");
        }

        faults.AddRange(await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("main :is(a[href], button, input, select, textarea, summary, [tabindex])")]
              .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }) && !e.dataset.reached && !(e.type === "radio" && !e.checked))
              .map(e => `${e.localName} "${(e.ariaLabel ?? e.labels?.[0]?.textContent ?? e.textContent).trim()}": not reached`)
            """));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(before, await FieldsAsync(page));
    }

    [Theory]
    [InlineData("customers", "New customer")]
    [InlineData("categories", "New category")]
    [InlineData("settings/members", "Invite")]
    public async Task ADialog_GivesTheFocusBackToItsOpener(string path, string opener)
    {
        var desk = shared.Desk;
        var page = await desk.SignInAsync(width: 390, height: 844);
        await desk.GoAsync(page, path);
        var button = page.GetByRole(AriaRole.Button, new() { Name = opener, Exact = true }).First;

        await button.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.activeElement.closest('[role=dialog]')");
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(button).ToBeFocusedAsync();
    }

    [Fact]
    public async Task TheMenu_OfASmallScreen_GoesWithThePageThatItLedTo_AndWithEscape()
    {
        var desk = shared.Desk;
        var page = await desk.SignInAsync(width: 390, height: 844);
        await desk.GoAsync(page, "campaigns");
        var menu = page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true });
        var link = page.GetByRole(AriaRole.Navigation, new() { Name = "Project" }).GetByRole(AriaRole.Link, new() { Name = "Promotions" });

        await menu.PressAsync("Enter");
        await Assertions.Expect(menu).ToHaveAttributeAsync("aria-expanded", "true");
        await link.PressAsync("Escape");
        await Assertions.Expect(menu).ToHaveAttributeAsync("aria-expanded", "false");
        await Assertions.Expect(menu).ToBeFocusedAsync();

        await menu.PressAsync("Enter");
        await link.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Promotions", Level = 1 }).WaitForAsync();
        await Assertions.Expect(menu).ToHaveAttributeAsync("aria-expanded", "false");
        await Assertions.Expect(page.Locator(".side-bar")).Not.ToBeInViewportAsync();

        await page.SetViewportSizeAsync(1280, 900);
        await page.ReloadAsync();
        await link.PressAsync("Escape");
        await link.ClickAsync();
        await Assertions.Expect(link).ToBeVisibleAsync();
        await Assertions.Expect(menu).ToHaveAttributeAsync("aria-expanded", "true");
    }

    // The page may still be scrolling, or an answer of the server may move things.
    private static async Task<(JsonObject? Found, bool IsSeen)> LookAsync(IPage page)
    {
        for (var tries = 0; ; tries++)
        {
            var found = JsonNode.Parse(await page.EvaluateAsync<string>($"() => JSON.stringify(({Look})())")) as JsonObject;
            var isSeen = found is null || found["isInView"]!.GetValue<bool>() && found["isMarked"]!.GetValue<bool>();
            if (isSeen || tries == 20) return (found, isSeen);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string> FieldsAsync(IPage page) => await page.EvaluateAsync<string>(
        "() => [...document.querySelectorAll('main :is(input, select, textarea)')].map(e => e.type === 'radio' || e.type === 'checkbox' ? e.checked : e.value).join('|')");

    private static async Task MakeAsync(Desk desk, string path, string body) =>
        Assert.True((await desk.Server.PrivateAsync(HttpMethod.Post, path, JsonNode.Parse(body))).Status is 200 or 409);
}
