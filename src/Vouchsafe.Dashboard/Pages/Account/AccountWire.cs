namespace Vouchsafe.Dashboard.Pages.Account;

/// <summary>How the member signs in, and where they are signed in.</summary>
/// <param name="Email">The address they sign in with.</param>
/// <param name="DisplayName">What others see.</param>
/// <param name="SecondFactor">Whether a code of an authenticator is asked for after the password.</param>
/// <param name="RecoveryCodesLeft">Recovery codes that were not used.</param>
/// <param name="Passkeys">Their passkeys, the oldest first.</param>
/// <param name="SignIns">Where they are signed in, the one last seen first.</param>
public sealed record AccountView(
    string Email, string DisplayName, bool SecondFactor, int RecoveryCodesLeft, IReadOnlyList<PasskeyView> Passkeys, IReadOnlyList<SignInView> SignIns);

/// <summary>A passkey of the member.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">What the member calls it.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="LastUsedAt">When it last proved who its member is; null: never.</param>
/// <param name="IsBackedUp">Whether it is synced between devices.</param>
public sealed record PasskeyView(string Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, bool IsBackedUp);

/// <summary>A browser that is signed in.</summary>
/// <param name="Id">Id.</param>
/// <param name="Method">By what.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="LastSeenAt">Last use, exact to about a minute.</param>
/// <param name="Address">Where it signed in from.</param>
/// <param name="UserAgent">The browser, in its own words.</param>
/// <param name="IsThis">Whether it is the one that asks.</param>
public sealed record SignInView(string Id, string Method, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string Address, string UserAgent, bool IsThis);

/// <summary>An authenticator that is to be set up.</summary>
/// <param name="Key">Its key, in base 32.</param>
/// <param name="QrSvg">The same for a camera.</param>
public sealed record AuthenticatorView(string Key, string QrSvg);

/// <summary>Recovery codes, shown this once.</summary>
/// <param name="Codes">The codes.</param>
public sealed record RecoveryCodesView(IReadOnlyList<string> Codes);
