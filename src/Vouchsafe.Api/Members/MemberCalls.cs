using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members;

/// <summary>What handlers of members' operations ask of a call.</summary>
internal static class MemberCalls
{
    extension(ApiCall call)
    {
        /// <summary>The member as they stood when the call was let in.</summary>
        internal MemberStanding Standing =>
            RequestFacts.Of(call.Http).Admission?.Member ?? throw new InvalidOperationException("The operation was reached by somebody who is no member.");

        /// <summary>The member's row as it stands now, to read.</summary>
        internal Task<Member> MemberAsync(VouchsafeDbContext db)
        {
            var id = call.Standing.MemberId;
            return db.Members.AsNoTracking().FirstAsync(m => m.Id == id, call.Aborted);
        }

        /// <summary>The sign-in that the call belongs to.</summary>
        internal string SignInId => MemberCall.Of(call.Http)!.SignInId;
    }
}
