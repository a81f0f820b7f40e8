using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Members.Account;

/// <summary>GET /dashboard/v1/me: the signed-in member and the projects they may work in.</summary>
internal static class GetMe
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        var standing = call.Standing;
        var member = await call.MemberAsync(db);
        var roles = await db.ProjectMemberships.Where(m => m.MemberId == member.Id).ToDictionaryAsync(m => m.ProjectId, m => m.Role, call.Aborted);
        var mine = roles.Keys.ToList();
        var projects = await db.Projects.AsNoTracking().Where(p => standing.IsOperator || mine.Contains(p.Id))
            .OrderBy(p => p.Name).ThenBy(p => p.Id).Select(p => new { p.Id, p.Name, p.Currency, p.IsSandbox }).ToListAsync(call.Aborted);
        return Json.Ok(new MeResponse(member.Id, member.Email!, member.DisplayName, member.IsOperator, member.TwoFactorEnabled,
            projects.ConvertAll(p => new MeResponse.ProjectOfMine(p.Id, p.Name, p.Currency, p.IsSandbox, standing.IsOperator ? MemberRole.Owner.ToWire() : roles[p.Id]))));
    }
}

/// <summary>PUT /dashboard/v1/me: the name that others see.</summary>
internal static class UpdateMe
{
    internal sealed record Request(string? DisplayName);

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        if (NewMember.NameProblem(request.DisplayName) is { } problem) return CommonErrors.InvalidPayload("display_name: " + problem);
        var (id, name) = (call.Standing.MemberId, request.DisplayName!.Trim());
        await db.Members.Where(m => m.Id == id).ExecuteUpdateAsync(s => s.SetProperty(m => m.DisplayName, name), call.Aborted);
        return await GetMe.Handle(call, db);
    }
}

/// <summary>The signed-in member on the wire.</summary>
internal sealed record MeResponse(
    string Id, string Email, string DisplayName, bool IsOperator, bool SecondFactor, IReadOnlyList<MeResponse.ProjectOfMine> Projects)
{
    public string Object => "member";

    internal sealed record ProjectOfMine(string Id, string Name, string Currency, bool IsSandbox, string Role);
}
