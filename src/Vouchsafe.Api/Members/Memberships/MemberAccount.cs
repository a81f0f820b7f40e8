using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Members.Memberships;

/// <summary>POST .../members/{id}/password-reset: a one-time link with which a member who is locked out sets a new password.</summary>
internal static class ResetMemberPassword
{
    internal static Task<IResult> Handle(ApiCall call, string projectId, string memberId, VouchsafeDbContext db, MembershipChanges changes, PasswordResets resets, PublicAddress address) =>
        changes.DecideOnAsync(call, projectId, memberId, async (_, member, _) =>
        {
            if (member.Id == call.Standing.MemberId) return MembershipErrors.OwnPassword;
            if (!await MembershipPower.ReachesAccountAsync(db, call.Standing.MemberId, member.Id, call.Aborted)) return MembershipErrors.AccountOutOfReach;
            var (path, expiresAt) = await resets.MakeAsync(member.Id, call.Standing.MemberId, call.Aborted);
            return Json.Ok(new MadeLinkResponse(address.Value + path, expiresAt));
        });
}

/// <summary>POST .../members/{id}/end-sign-ins: signs a member out of every browser.</summary>
internal static class EndMemberSignIns
{
    internal sealed record Answer(int Ended)
    {
        public string Object => "ended_sign_ins";
    }

    internal static Task<IResult> Handle(ApiCall call, string projectId, string memberId, VouchsafeDbContext db, MembershipChanges changes, SignInBook book) =>
        changes.DecideOnAsync(call, projectId, memberId, async (_, member, _) =>
        {
            var isSelf = member.Id == call.Standing.MemberId;
            if (!isSelf && !await MembershipPower.ReachesAccountAsync(db, call.Standing.MemberId, member.Id, call.Aborted)) return MembershipErrors.AccountOutOfReach;
            // Whoever ends their own goes on where they are.
            return Json.Ok(new Answer(await book.EndAsync(member.Id, only: null, except: isSelf ? call.SignInId : null, call.Aborted)));
        });
}
