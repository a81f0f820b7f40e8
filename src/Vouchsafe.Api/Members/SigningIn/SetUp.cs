using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Vouchsafe.Api.Management;
using Vouchsafe.Api.Members.Identity;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.SigningIn;

/// <summary>
/// The first operator of a server: from <c>Bootstrap:AdminEmail</c> and <c>Bootstrap:AdminPassword</c>, or through a link that
/// the start prints as long as there is no member. The link works once, for 24 hours; a later start prints a new one, and
/// the first of them that is used ends them all.
/// </summary>
internal sealed class SetUp(
    VouchsafeDbContext db, DatabaseLock databaseLock, UserManager<Member> users, MemberPasswords passwords, IConfiguration configuration, TimeProvider time)
{
    /// <summary>Held by whatever decides on the ground of who the members are.</summary>
    internal const string LockName = "members";

    private const int MostLinks = 20; // starts of a day, of several nodes

    internal const string Path = "/account/set-up?token=";

    /// <summary>At the start: makes the configured operator, or a link. The result is the link's path to print; null: nothing to print.</summary>
    internal async Task<string?> PrepareAsync(CancellationToken ct)
    {
        var admin = BootstrapSettings.ReadAdmin(configuration);
        if (await db.Members.AnyAsync(ct)) return null;
        await using var held = await databaseLock.AcquireAsync(LockName, ct);
        if (await db.Members.AnyAsync(ct)) return null;
        if (admin is not null)
        {
            await CreateAsync(Make(admin, isOperator: true));
            return null;
        }
        var now = time.GetUtcNow();
        var token = OneTimeLinks.NewToken();
        var older = db.OneTimeLinks.Where(l => l.Kind == OneTimeLinkKind.SetUp).OrderByDescending(l => l.Id);
        foreach (var hash in await older.Skip(MostLinks - 1).Select(l => l.Hash).ToListAsync(ct))
            await db.OneTimeLinks.Where(l => l.Hash == hash).ExecuteDeleteAsync(ct);
        db.OneTimeLinks.Add(new OneTimeLink
        {
            Id = Ids.New(IdPrefix.OneTimeLink, now), Hash = OneTimeLinks.HashOf(token), Kind = OneTimeLinkKind.SetUp,
            CreatedAt = now, ExpiresAt = now + OneTimeLinks.SetUpLife,
        });
        await db.SaveChangesAsync(ct);
        return Path + token;
    }

    /// <summary>The link that a token opens; null once there is a member.</summary>
    internal async Task<OneTimeLink?> FindAsync(string? token, CancellationToken ct) =>
        await OneTimeLinks.FindAsync(db, token, OneTimeLinkKind.SetUp, time.GetUtcNow(), ct) is { } link && !await db.Members.AnyAsync(ct) ? link : null;

    /// <summary>Uses the link up and makes the first operator; null if somebody was first.</summary>
    internal async Task<Member?> UseAsync(OneTimeLink link, NewMember wanted, CancellationToken ct)
    {
        var member = Make(wanted, isOperator: true); // hashes the password, which is slow: before the lock
        await using var held = await databaseLock.AcquireAsync(LockName, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await OneTimeLinks.UseAsync(db, link, time.GetUtcNow(), ct) || await db.Members.AnyAsync(ct)) return null;
        await CreateAsync(member);
        await transaction.CommitAsync(ct);
        return member;
    }

    /// <summary>The row of a new member.</summary>
    internal Member Make(NewMember wanted, bool isOperator)
    {
        var now = time.GetUtcNow();
        var member = new Member
        {
            Id = Ids.New(IdPrefix.Member, now), Email = wanted.Email, UserName = wanted.Email, DisplayName = wanted.DisplayName,
            IsOperator = isOperator, LockoutEnabled = true, CreatedAt = now,
        };
        member.PasswordHash = passwords.Hash(wanted.Password);
        return member;
    }

    private async Task CreateAsync(Member member)
    {
        var result = await users.CreateAsync(member);
        if (!result.Succeeded) throw new InvalidOperationException("The first member could not be made: " + string.Join(" ", result.Errors.Select(e => e.Description)));
    }
}
