using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Vouchsafe.Browser.Tests.Infrastructure;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>A member's own account, in the browser that does the other half: passkeys, authenticator, sign-ins, a lost password.</summary>
public sealed partial class AccountTests(Chromium chromium)
{
    private const string NewPassword = "staple battery horse correct";

    [Fact]
    public async Task APasskey_IsAdded_SignsIn_IsRenamed_Confirms_AndOnceRemovedOpensNothing()
    {
        await using var desk = await Desk.OpenAsync(chromium);
        var site = $"http://localhost:{desk.Server.Address.Port}"; // a passkey belongs to a name, and 127.0.0.1 is none
        var page = await desk.VisitAsync();
        await AddVirtualAuthenticatorAsync(page);
        await page.GotoAsync($"{site}/account/sign-in?returnUrl=%2Faccount");
        await Desk.FillSignInAsync(page, Desk.AdminEmail, Desk.AdminPassword);
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a passkey" }).ClickAsync();
        await page.ArriveAsync("**/account/new-passkey");
        await page.GetByLabel("Name").FillAsync("My laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the passkey" }).ClickAsync();
        var passkeys = page.GetByRole(AriaRole.List, new() { Name = "Passkeys" });
        await passkeys.GetByText("never used").WaitForAsync();

        await page.GotoAsync($"{site}/account/sign-out");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.ArriveAsync("**/account/sign-in");
        await page.GotoAsync($"{site}/account/sign-in?returnUrl=%2Faccount");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await passkeys.GetByText("last used").WaitForAsync();
        await page.GetByText("by passkey,").WaitForAsync();

        var rename = await Desk.OpenDialogAsync(page.GetByRole(AriaRole.Button, new() { Name = "Rename My laptop" }));
        await rename.GetByLabel("Name").FillAsync("Old laptop");
        await rename.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByText("Old laptop").WaitForAsync();
        await page.GotoAsync($"{site}/account/confirm?returnUrl=%2Faccount");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm with a passkey" }).ClickAsync();
        await page.ArriveAsync($"{site}/account");
        await Desk.ConfirmAsync(page.GetByRole(AriaRole.Button, new() { Name = "Delete Old laptop" }), "Delete");
        await passkeys.WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await page.GotoAsync($"{site}/account/confirm?returnUrl=%2Faccount");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm with a passkey" }).ClickAsync();
        await page.GetByText("That passkey did not work.").WaitForAsync(); // the device still offers it
    }

    [Fact]
    public async Task TheSecondFactor_IsSwitchedOn_AskedForAtTheNextSignIn_AndARecoveryCodeStandsInOnce()
    {
        await using var desk = await Desk.OpenAsync(chromium);
        var page = await desk.SignInAsync();
        await OpenAccountAsync(desk, page);
        var dialog = await Desk.OpenDialogAsync(page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }));
        await dialog.GetByRole(AriaRole.Img, new() { Name = "QR code with the key of the authenticator" }).WaitForAsync();
        await AssertAccessibleAsync(page);
        var authenticator = new Authenticator(await dialog.Locator(".copy-text .code").InnerTextAsync());
        await dialog.GetByLabel("Code").FillAsync(authenticator.Code());
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();

        await page.GetByRole(AriaRole.List, new() { Name = "Recovery codes" }).WaitForAsync();
        var codes = await page.Locator(".recovery-codes li").AllInnerTextsAsync();
        Assert.Equal(10, codes.Distinct().Count());
        await AssertAccessibleAsync(page);
        var kept = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        Assert.All(codes, code => Assert.Contains(code, File.ReadAllText(kept.PathAsync().Result), StringComparison.Ordinal));
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Done" })).ToBeDisabledAsync();
        await page.GetByLabel("I have kept them").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await page.GetByText("10 left").WaitForAsync();

        var byCode = await HalfInAsync(desk);
        await byCode.GetByLabel("Code of your authenticator").FillAsync(authenticator.Code(steps: 1)); // the present one was used
        await byCode.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await byCode.ArriveAsync("**/projects/*");

        var byRecovery = await HalfInAsync(desk);
        await UseRecoveryCodeAsync(byRecovery, codes[0]);
        await byRecovery.ArriveAsync("**/projects/*");
        var again = await HalfInAsync(desk);
        await UseRecoveryCodeAsync(again, codes[0]);
        await again.GetByRole(AriaRole.Alert).GetByText("That code did not work").WaitForAsync();

        await OpenAccountAsync(desk, page);
        await page.GetByText("9 left").WaitForAsync();
        await Desk.OpenDialogAsync(page.GetByRole(AriaRole.Button, new() { Name = "Switch off" }));
        await dialog.GetByLabel("Password").FillAsync("wrong wrong wrong");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Switch off" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Alert).GetByText("Wrong password").WaitForAsync();
        await dialog.GetByLabel("Password").FillAsync(Desk.AdminPassword);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Switch off" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).WaitForAsync();
    }

    [Fact]
    public async Task APageThatIsOpen_WhenItsSignInIsEndedElsewhere_GoesToTheSignInPageAndSaysWhy()
    {
        await using var desk = await Desk.OpenAsync(chromium, ("SignIn:CheckSeconds", "1"));
        var elsewhere = await desk.SignInAsync();
        await desk.GoAsync(elsewhere, "vouchers");
        var page = await desk.SignInAsync();
        await OpenAccountAsync(desk, page);
        await page.GetByRole(AriaRole.List, new() { Name = "Sign-ins" }).GetByText("this browser").WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "End Chrome on Linux from 127.0.0.1" }).ClickAsync();

        await elsewhere.ArriveAsync("**/account/sign-in?why=ended&returnUrl=*"); // nobody touches that page
        await elsewhere.GetByText("Your sign-in has ended").WaitForAsync();
        await Desk.FillSignInAsync(elsewhere, Desk.AdminEmail, Desk.AdminPassword);
        await elsewhere.ArriveAsync("**/vouchers");
    }

    [Fact]
    public async Task AChangedPassword_EndsTheOtherBrowser_AndWhatIsTypedThereDoesNotHoldItBack()
    {
        await using var desk = await Desk.OpenAsync(chromium, ("SignIn:CheckSeconds", "1"));
        var elsewhere = await desk.SignInAsync();
        await OpenAccountAsync(desk, elsewhere);
        await elsewhere.GetByLabel("Name").FillAsync("Not saved");
        var page = await desk.SignInAsync();
        await OpenAccountAsync(desk, page);

        await Desk.OpenDialogAsync(page.GetByRole(AriaRole.Button, new() { Name = "Change the password" }));
        await page.GetByLabel("Present password").FillAsync(Desk.AdminPassword);
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync(NewPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
        await page.GetByText("The password was changed").WaitForAsync();

        await elsewhere.ArriveAsync("**/account/sign-in?why=ended*");
        await desk.SignInAsync(password: NewPassword);
    }

    [Fact]
    public async Task WhoLostTheirPassword_GetsALinkFromTheCommandLine_WhileTheServerRuns()
    {
        await using var desk = await Desk.OpenAsync(chromium);
        var (code, output) = await desk.Server.RunCommandAsync("reset-password", Desk.AdminEmail);
        Assert.Equal(0, code);
        var page = await desk.VisitAsync();

        await page.GotoAsync(Link().Match(output).Value);
        await page.GetByText(Desk.AdminEmail).WaitForAsync();
        await AssertAccessibleAsync(page);
        await page.GetByLabel("New password").FillAsync(NewPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await page.GetByText("The new password is set").WaitForAsync();
        await Desk.FillSignInAsync(page, Desk.AdminEmail, NewPassword);
        await page.ArriveAsync("**/projects/*");

        var (unknownCode, unknown) = await desk.Server.RunCommandAsync("reset-password", "nobody@shop.example");
        Assert.Equal(1, unknownCode);
        Assert.Contains("No member signs in as nobody@shop.example.", unknown, StringComparison.Ordinal);
    }

    private static async Task AddVirtualAuthenticatorAsync(IPage page)
    {
        var devices = await page.Context.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }

    private static async Task OpenAccountAsync(Desk desk, IPage page)
    {
        await page.GotoAsync($"{desk.Server.Address}account");
        await page.GetByRole(AriaRole.List, new() { Name = "Sign-ins" }).WaitForAsync();
    }

    private static async Task<IPage> HalfInAsync(Desk desk)
    {
        var page = await desk.SignInAsync();
        await page.ArriveAsync("**/account/second-factor*");
        return page;
    }

    private static async Task UseRecoveryCodeAsync(IPage page, string code)
    {
        await page.GetByText("No authenticator at hand?").ClickAsync();
        await page.GetByLabel("Recovery code").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use the recovery code" }).ClickAsync();
    }

    private static async Task AssertAccessibleAsync(IPage page)
    {
        var found = await page.RunAxe();
        var faults = found.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {v.Help}; {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}");
        Assert.Empty(faults);
    }

    [GeneratedRegex(@"http://\S+/account/reset\?token=\S+")]
    private static partial Regex Link();
}
