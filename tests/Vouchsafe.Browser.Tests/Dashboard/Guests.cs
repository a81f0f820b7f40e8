using Microsoft.Playwright;

namespace Vouchsafe.Browser.Tests.Dashboard;

/// <summary>People who come in by an invitation, each with a browser of their own.</summary>
internal static class Guests
{
    internal const string Password = "seven quiet lighthouses";

    extension(Desk desk)
    {
        /// <summary>Invites an address on the members page and returns the link that is shown once.</summary>
        internal async Task<string> InviteAsync(IPage owner, string email, string role)
        {
            await desk.GoAsync(owner, "settings/members");
            var dialog = await Desk.OpenDialogAsync(owner.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }));
            await dialog.GetByLabel("E-mail address").FillAsync(email);
            await dialog.GetByText(role, new() { Exact = true }).ClickAsync();
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
            var link = await dialog.Locator(".link-once-box .code").InnerTextAsync();
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
            await owner.GetByRole(AriaRole.Button, new() { Name = $"Withdraw the invitation for {email}" }).WaitForAsync();
            return link;
        }

        /// <summary>Opens an invitation in a browser of its own and joins with a new account; the project's first page is open then.</summary>
        internal async Task<IPage> JoinAsync(string link, string name)
        {
            var page = await desk.VisitAsync();
            await page.GotoAsync(link);
            await page.GetByLabel("Your name").FillAsync(name);
            await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "Join", Exact = true }).ClickAsync();
            await page.ArriveAsync($"**/projects/{desk.ProjectId}");
            await Desk.SettledAsync(page);
            return page;
        }
    }
}
