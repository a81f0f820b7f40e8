using Vouchsafe.Api.Members.Account;
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
    }
}
