using System.Net;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Members;

/// <summary>
/// Who makes a call from within the dashboard. It stands on the request as a feature, which code of this process sets and no
/// bytes from outside can; what the member may do is looked up afresh for each call.
/// </summary>
/// <param name="MemberId">The member.</param>
/// <param name="SignInId">The sign-in that the member works under; once it has ended, nothing is permitted.</param>
/// <param name="ProjectId">The project that is worked in; null for what belongs to none.</param>
/// <param name="Address">Where the member's browser is.</param>
public sealed record MemberCall(string MemberId, string SignInId, string? ProjectId, IPAddress? Address = null)
{
    internal static MemberCall? Of(HttpContext http) => http.Features.Get<MemberCall>();
}

/// <summary>What a member is at this moment.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="Email">The address they sign in with.</param>
/// <param name="IsOperator">Whether they run the installation: they make projects and own all of them.</param>
/// <param name="Role">Their role in the project that was asked about; null: none, or no project was asked about.</param>
internal sealed record MemberStanding(string MemberId, string Email, bool IsOperator, MemberRole? Role);

/// <summary>Says of an endpoint what a member does by calling it; without this word members cannot.</summary>
internal sealed record MemberAccess(MemberAction Action);
