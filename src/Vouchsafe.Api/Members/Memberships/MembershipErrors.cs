using Vouchsafe.Api.Wire;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Members.Memberships;

/// <summary>Refusals about members and invitations.</summary>
internal static class MembershipErrors
{
    internal static readonly ApiError UnknownRole = CommonErrors.InvalidPayload($"role must be one of: {string.Join(", ", MemberRoleNames.All)}.");

    internal static readonly ApiError EmailNeeded = CommonErrors.InvalidPayload("email must be an e-mail address, such as you@shop.example.");

    internal static readonly ApiError OwnersOnly = CommonErrors.Forbidden("Only an owner makes, changes or removes owners.");

    internal static readonly ApiError LastOwner = CommonErrors.Forbidden("This is the last owner of the project. Make somebody else an owner first.");

    internal static readonly ApiError RunsTheServer = CommonErrors.Forbidden("This member runs the server and owns every project; that is not changed in a project.");

    internal static readonly ApiError AccountOutOfReach = CommonErrors.Forbidden(
        "The password and the sign-ins of this member open other projects too. Only whoever manages members in all of them, above the member's role there, may touch them; the server's administrator always may.");

    internal static readonly ApiError OwnPassword = CommonErrors.Forbidden("You change your own password under Your account, where the present one is asked for.");

    internal static ApiError NotFound(string id) => CommonErrors.NotFound("member", id);

    internal static ApiError InvitationNotFound(string id) => CommonErrors.NotFound("invitation", id);

    internal static ApiError AlreadyIn(string email) => CommonErrors.InvalidPayload($"email: {email} is a member of this project already; change the role in the list instead.");

    internal static ApiError Full(int most) => CommonErrors.InvalidPayload($"A project may have {most} members and pending invitations at most.");
}
