using Vouchsafe.Api.Members.Account;
using Vouchsafe.Api.Members.Memberships;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Members;

internal static class MembersEndpoints
{
    internal static void MapMembers(this ChannelRoutes routes)
    {
        routes.Member("GET", "/me", GetMe.Handle, "get-me", MemberAction.OwnAccount);
        routes.Member("PUT", "/me", UpdateMe.Handle, "update-me", MemberAction.OwnAccount);
        routes.Member("GET", "/me/account", GetAccount.Handle, "get-own-account", MemberAction.OwnAccount);
        routes.Member("POST", "/me/proof", ProveIdentity.Handle, "prove-identity", MemberAction.OwnAccount);
        routes.Member("PUT", "/me/password", ChangePassword.Handle, "change-password", MemberAction.OwnAccount);
        routes.Member("POST", "/me/second-factor", PrepareSecondFactor.Handle, "prepare-second-factor", MemberAction.OwnAccount);
        routes.Member("POST", "/me/second-factor/enable", EnableSecondFactor.Handle, "enable-second-factor", MemberAction.OwnAccount);
        routes.Member("POST", "/me/second-factor/disable", DisableSecondFactor.Handle, "disable-second-factor", MemberAction.OwnAccount);
        routes.Member("POST", "/me/recovery-codes", RenewRecoveryCodes.Handle, "renew-recovery-codes", MemberAction.OwnAccount);
        routes.Member("PUT", "/me/passkeys/{passkeyId}", RenamePasskey.Handle, "rename-passkey", MemberAction.OwnAccount);
        routes.Member("DELETE", "/me/passkeys/{passkeyId}", RemovePasskey.Handle, "remove-passkey", MemberAction.OwnAccount);
        routes.Member("DELETE", "/me/sign-ins", EndOtherSignIns.Handle, "end-other-sign-ins", MemberAction.OwnAccount);
        routes.Member("DELETE", "/me/sign-ins/{signInId}", EndSignIn.Handle, "end-sign-in", MemberAction.OwnAccount);

        routes.Member("GET", "/projects/{projectId}/members", ListMembers.Handle, "list-project-members", MemberAction.ReadMembers);
        routes.Member("PUT", "/projects/{projectId}/members/{memberId}", ChangeMemberRole.Handle, "change-member-role", MemberAction.ManageMembers);
        routes.Member("DELETE", "/projects/{projectId}/members/{memberId}", RemoveMember.Handle, "remove-member", MemberAction.ManageMembers);
        routes.Member("POST", "/projects/{projectId}/members/{memberId}/password-reset", ResetMemberPassword.Handle, "reset-member-password", MemberAction.ManageMembers);
        routes.Member("POST", "/projects/{projectId}/members/{memberId}/end-sign-ins", EndMemberSignIns.Handle, "end-member-sign-ins", MemberAction.ManageMembers);
        routes.Member("GET", "/projects/{projectId}/invitations", ListInvitations.Handle, "list-invitations", MemberAction.ManageMembers);
        routes.Member("POST", "/projects/{projectId}/invitations", InviteMember.Handle, "invite-member", MemberAction.ManageMembers);
        routes.Member("DELETE", "/projects/{projectId}/invitations/{invitationId}", WithdrawInvitation.Handle, "withdraw-invitation", MemberAction.ManageMembers);

        routes.Member("GET", "/projects/{projectId}/failed-sign-ins", ListFailedSignIns.OfProject, "list-failed-sign-ins", MemberAction.ReadSecurity);
        routes.Member("GET", "/projects/{projectId}/failed-sign-ins/chart", ChartFailedSignIns.OfProject, "chart-failed-sign-ins", MemberAction.ReadSecurity);
        routes.Member("GET", "/installation/failed-sign-ins", ListFailedSignIns.OfInstallation, "list-all-failed-sign-ins", MemberAction.Operate);
        routes.Member("GET", "/installation/failed-sign-ins/chart", ChartFailedSignIns.OfInstallation, "chart-all-failed-sign-ins", MemberAction.Operate);
    }
}
