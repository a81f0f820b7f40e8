using System.Buffers.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.Account;

/// <summary>GET /dashboard/v1/me/account: how the member signs in, and where they are signed in.</summary>
internal static class GetAccount
{
    // A cookie lives no longer than this after its last use; see MemberIdentity and SignInBook.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        var member = await call.MemberAsync(db);
        var passkeys = await db.Passkeys.AsNoTracking().Where(p => p.UserId == member.Id)
            .Select(p => new { p.CredentialId, p.Data.Name, p.Data.CreatedAt, p.Data.IsBackedUp, LastUsedAt = EF.Property<DateTimeOffset?>(p, VouchsafeDbContext.PasskeyLastUsedAt) })
            .ToListAsync(call.Aborted);
        var since = call.Now - Longest;
        var signIns = await db.SignIns.AsNoTracking().Where(s => s.MemberId == member.Id && s.EndedAt == null && s.LastSeenAt > since)
            .OrderByDescending(s => s.LastSeenAt).ThenByDescending(s => s.Id).ToListAsync(call.Aborted);
        return Json.Ok(new AccountResponse(
            member.Email!, member.DisplayName, member.TwoFactorEnabled, await db.RecoveryCodes.CountAsync(c => c.MemberId == member.Id, call.Aborted),
            [.. passkeys.OrderBy(p => p.CreatedAt).Select(p => new AccountResponse.Passkey(Base64Url.EncodeToString(p.CredentialId), p.Name ?? "Passkey", p.CreatedAt, p.LastUsedAt, p.IsBackedUp))],
            signIns.ConvertAll(s => new AccountResponse.SignInOfMine(s.Id, s.Method, s.CreatedAt, s.LastSeenAt, s.Address, s.UserAgent, s.Id == call.SignInId))));
    }
}

/// <summary>The account on the wire.</summary>
internal sealed record AccountResponse(
    string Email, string DisplayName, bool SecondFactor, int RecoveryCodesLeft,
    IReadOnlyList<AccountResponse.Passkey> Passkeys, IReadOnlyList<AccountResponse.SignInOfMine> SignIns)
{
    public string Object => "account";

    internal sealed record Passkey(string Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, bool IsBackedUp);

    internal sealed record SignInOfMine(
        string Id, SignInMethod Method, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string Address, string UserAgent, bool IsThis);
}
