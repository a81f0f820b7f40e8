namespace Vouchsafe.Dashboard.Account;

/// <summary>Why somebody is sent to the sign-in page, as its address says it.</summary>
internal static class SignInReason
{
    /// <summary>The sign-in of an open page has ended.</summary>
    internal const string Ended = "ended";

    /// <summary>A new password was set through a link.</summary>
    internal const string NewPassword = "new-password";

    /// <summary>In words; null for what is no reason.</summary>
    internal static string? Words(string? reason) => reason switch
    {
        Ended => "Your sign-in has ended: it was ended from another browser, the password was changed, or your access was withdrawn. Nothing that was saved is lost.",
        NewPassword => "The new password is set, and all sign-ins of the account have ended. Sign in with it now.",
        _ => null,
    };
}
