using Microsoft.AspNetCore.Identity;

namespace Vouchsafe.Storage.Entities;

/// <summary>Somebody who signs in to the dashboard. The name to sign in with is the e-mail address.</summary>
public sealed class Member : IdentityUser
{
    /// <summary>What others see; 1 to 100 characters.</summary>
    public required string DisplayName { get; set; }
    /// <summary>An operator of the server: makes projects and is the owner of every one.</summary>
    public bool IsOperator { get; set; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>The key of the authenticator, encrypted; in force once <see cref="IdentityUser{TKey}.TwoFactorEnabled"/> is set.</summary>
    public byte[]? ProtectedAuthenticatorKey { get; set; }
    /// <summary>The time step of the last code that was accepted: no code is accepted twice.</summary>
    public long LastCodeStep { get; set; }
    /// <summary>Since when the member may not do anything; null: not so. A lock after failed tries is another thing.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}

/// <summary>A code that stands in for the authenticator once, kept as its SHA-256; using it deletes it.</summary>
public sealed class RecoveryCode
{
    /// <summary>Member.</summary>
    public required string MemberId { get; init; }
    /// <summary>SHA-256 of the code.</summary>
    public required byte[] Hash { get; init; }
}

/// <summary>What a member is in a project.</summary>
public sealed class ProjectMembership
{
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Member.</summary>
    public required string MemberId { get; init; }
    /// <summary>Role, in the words of Vouchsafe.Security.</summary>
    public required string Role { get; set; }
    /// <summary>When it was given.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>How somebody proved to be a member.</summary>
public enum SignInMethod : short
{
    /// <summary>A password alone.</summary>
    Password = 1,
    /// <summary>A password and a code of an authenticator.</summary>
    Authenticator = 2,
    /// <summary>A password and a recovery code.</summary>
    RecoveryCode = 3,
    /// <summary>A passkey.</summary>
    Passkey = 4,
    /// <summary>A one-time link, with which the password was set.</summary>
    Link = 5,
}

/// <summary>One browser that is, or was, signed in. The cookie names it; when it has ended the cookie opens nothing.</summary>
public sealed class SignIn
{
    /// <summary>Longest text kept of a User-Agent header.</summary>
    public const int UserAgentLength = 200;

    /// <summary>Id, <c>sgn_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Member.</summary>
    public required string MemberId { get; init; }
    /// <summary>How.</summary>
    public required SignInMethod Method { get; init; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Last use, exact to about a minute.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }
    /// <summary>Address it was made from.</summary>
    public required string Address { get; init; }
    /// <summary>The browser, in its own words, cut.</summary>
    public required string UserAgent { get; init; }
    /// <summary>When whoever holds the browser last proved to be the member: by signing in, or by password or passkey since; null: unknown.</summary>
    public DateTimeOffset? ProvenAt { get; set; }
    /// <summary>When it ended: by signing out, from the list, or with everything else of the member.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>Why somebody was not let in.</summary>
public enum SignInFailure : short
{
    /// <summary>No member has this address, or it is no address. What was typed is not kept, as it may be a password, but for what <see cref="FailedSignIn.MaskedAddress"/> says.</summary>
    UnknownMember = 1,
    /// <summary>Wrong password.</summary>
    WrongPassword = 2,
    /// <summary>Wrong code of an authenticator, or wrong recovery code.</summary>
    WrongCode = 3,
    /// <summary>The passkey was not accepted.</summary>
    WrongPasskey = 4,
    /// <summary>Too many wrong tries before this one.</summary>
    Locked = 5,
    /// <summary>The member is disabled.</summary>
    Disabled = 6,
    /// <summary>A one-time link that is unknown, used or expired.</summary>
    DeadLink = 7,
}

/// <summary>A sign-in that failed. The newest of a bounded number are kept.</summary>
public sealed class FailedSignIn
{
    /// <summary>Id, <c>sgf_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>The member that was meant, if there is one.</summary>
    public string? MemberId { get; init; }
    /// <summary>
    /// What was typed where no member is meant, such as <c>a…@shop.example</c>: the first character, and the domain if members
    /// have addresses of it. Null for all else.
    /// </summary>
    public string? MaskedAddress { get; init; }
    /// <summary>Why.</summary>
    public required SignInFailure Reason { get; init; }
    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Address it came from.</summary>
    public required string Address { get; init; }
    /// <summary>The browser, in its own words, cut.</summary>
    public required string UserAgent { get; init; }
}

/// <summary>What a one-time link is for.</summary>
public enum OneTimeLinkKind : short
{
    /// <summary>Makes the first operator of a server without members.</summary>
    SetUp = 1,
    /// <summary>Makes a membership, and the member if the address has none.</summary>
    Invitation = 2,
    /// <summary>Sets a new password.</summary>
    PasswordReset = 3,
}

/// <summary>A link that works once, kept as the SHA-256 of its token.</summary>
public sealed class OneTimeLink
{
    /// <summary>SHA-256 of the token.</summary>
    public required byte[] Hash { get; init; }
    /// <summary>Id, <c>inv_...</c>, to name it by without knowing the token.</summary>
    public required string Id { get; init; }
    /// <summary>What it is for.</summary>
    public required OneTimeLinkKind Kind { get; init; }
    /// <summary>Project of an invitation.</summary>
    public string? ProjectId { get; init; }
    /// <summary>Role of an invitation, in the words of Vouchsafe.Security.</summary>
    public string? Role { get; init; }
    /// <summary>Address that an invitation is for.</summary>
    public string? Email { get; init; }
    /// <summary>Member whose password is to be set.</summary>
    public string? MemberId { get; init; }
    /// <summary>Who made it; null: the server.</summary>
    public string? CreatedBy { get; init; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it dies.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>When it was used; then it is dead too.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}
