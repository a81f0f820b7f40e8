using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.Memberships;

/// <summary>A member of a project on the wire. How they sign in is null for those who neither manage members nor guard the project.</summary>
/// <param name="Id">Id.</param>
/// <param name="Email">The address they sign in with.</param>
/// <param name="DisplayName">What others see.</param>
/// <param name="Role">Role in the project.</param>
/// <param name="IsOperator">Whether they run the server, and so own every project.</param>
/// <param name="IsYou">Whether it is the caller.</param>
/// <param name="JoinedAt">Since when; null for who runs the server and was never invited.</param>
/// <param name="SignIn">How they sign in.</param>
/// <param name="IsAccountInReach">Whether the caller may make a link for a new password and end the sign-ins.</param>
internal sealed record MemberResponse(
    string Id, string Email, string DisplayName, MemberRole Role, bool IsOperator, bool IsYou, DateTimeOffset? JoinedAt,
    MemberResponse.SigningIn? SignIn, bool IsAccountInReach)
{
    public string Object => "member";

    /// <param name="SecondFactor">Whether the password alone does not open.</param>
    /// <param name="Passkeys">How many passkeys there are.</param>
    /// <param name="OpenSignIns">Browsers that are signed in.</param>
    /// <param name="LastSignInAt">The last time; null where it is more than 30 days ago, or never was.</param>
    /// <param name="LastSeenAt">Last use, exact to about a minute.</param>
    /// <param name="IsDisabled">Whether the member may do nothing.</param>
    internal sealed record SigningIn(bool SecondFactor, int Passkeys, int OpenSignIns, DateTimeOffset? LastSignInAt, DateTimeOffset? LastSeenAt, bool IsDisabled);
}

/// <summary>An invitation on the wire.</summary>
/// <param name="Id">Id, to withdraw it by.</param>
/// <param name="Email">Whom it is for.</param>
/// <param name="Role">The role that they get.</param>
/// <param name="InvitedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">When it dies.</param>
internal sealed record InvitationResponse(string Id, string Email, MemberRole Role, string? InvitedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    public string Object => "invitation";

    internal static InvitationResponse From(OneTimeLink link, string? invitedBy) => new(
        link.Id, link.Email!, MemberRoleNames.TryParse(link.Role, out var role) ? role : MemberRole.Viewer, invitedBy, link.CreatedAt, link.ExpiresAt);
}

/// <summary>A link that was just made: its address is in this one answer and nowhere else.</summary>
/// <param name="Link">The address to open.</param>
/// <param name="ExpiresAt">When it dies.</param>
/// <param name="Invitation">The invitation, if it is one.</param>
internal sealed record MadeLinkResponse(string Link, DateTimeOffset ExpiresAt, InvitationResponse? Invitation = null)
{
    public string Object => "one_time_link";
}
