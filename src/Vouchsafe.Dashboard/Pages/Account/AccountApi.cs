using MudBlazor;
using Vouchsafe.Dashboard.Shared;

namespace Vouchsafe.Dashboard.Pages.Account;

/// <summary>The operations on the member's own account; where one wants a proof of who sits there, it is asked for on the spot.</summary>
internal sealed class AccountApi(MemberApi api, IDialogService dialogs)
{
    internal const string Root = "/dashboard/v1/me";

    internal const string ProofRequired = "proof_required";

    internal Task<ApiReply<AccountView>> ReadAsync() => SendAsync<AccountView>(HttpMethod.Get, "/account");

    /// <summary>Calls an operation; the target stands below the member's own address.</summary>
    internal async Task<ApiReply<T>> SendAsync<T>(HttpMethod method, string target, object? body = null)
    {
        var reply = await api.SendAsync<T>(null, method, Root + target, body);
        if (reply.Problem?.Key != ProofRequired) return reply;
        var isProven = await AskPasswordAsync("Confirm that it is you", "This changes how you sign in. Give your password once more; it counts for ten minutes.", "Confirm", offersPasskey: true,
            async password => (await api.SendAsync<AccountView>(null, HttpMethod.Post, Root + "/proof", new { Password = password })).Problem);
        return isProven ? await api.SendAsync<T>(null, method, Root + target, body) : reply;
    }

    /// <summary>Asks for the password until it is right or the member gives up.</summary>
    /// <param name="title">The dialog's heading.</param>
    /// <param name="text">What it is asked for.</param>
    /// <param name="yes">The button, as a verb.</param>
    /// <param name="offersPasskey">Whether a passkey would do as well.</param>
    /// <param name="tryIt">What is done with the password; the result is the refusal, or null.</param>
    internal async Task<bool> AskPasswordAsync(string title, string text, string yes, bool offersPasskey, Func<string, Task<ApiProblem?>> tryIt)
    {
        var dialog = await dialogs.ShowAsync<AskPasswordDialog>(title,
            new DialogParameters<AskPasswordDialog> { { d => d.Text, text }, { d => d.Yes, yes }, { d => d.OffersPasskey, offersPasskey }, { d => d.TryIt, tryIt } },
            new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true });
        return await dialog.Result is { Canceled: false };
    }

    /// <summary>Shows recovery codes, this once.</summary>
    internal async Task ShowCodesAsync(string email, IReadOnlyList<string> codes)
    {
        var dialog = await dialogs.ShowAsync<RecoveryCodesDialog>("Keep your recovery codes",
            new DialogParameters<RecoveryCodesDialog> { { d => d.Codes, codes }, { d => d.Email, email } },
            new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true, BackdropClick = false, CloseOnEscapeKey = false });
        await dialog.Result;
    }
}
