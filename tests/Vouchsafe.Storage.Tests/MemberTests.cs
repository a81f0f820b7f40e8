using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Testing;

namespace Vouchsafe.Storage.Tests;

/// <summary>Members on SQLite.</summary>
public sealed class SqliteMemberTests : MemberTests
{
    protected override TestDatabase Create() => new SqliteTestDatabase();
}

/// <summary>Members on PostgreSQL.</summary>
public sealed class PostgresMemberTests(PostgresServer server) : MemberTests
{
    protected override TestDatabase Create() => new PostgresTestDatabase(server);
}

/// <summary>Identity's rows in a context that does not derive from Identity's.</summary>
public abstract class MemberTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2));

    protected abstract TestDatabase Create();

    [Fact]
    public async Task APasskey_ComesBackAsItWasStored()
    {
        await using var database = Create();
        var node = database.OpenNode();
        await node.Migrator.MigrateAsync(TestContext.Current.CancellationToken);
        byte[] id = [1, 2, 250, 255];
        await using (var db = node.Open())
        {
            db.Add(NewMember("a@shop.example"));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            db.Passkeys.Add(new IdentityUserPasskey<string>
            {
                UserId = db.Members.Local.Single().Id,
                CredentialId = id,
                Data = new IdentityPasskeyData
                {
                    PublicKey = [9, 8, 7], Name = "Laptop", CreatedAt = Now, SignCount = uint.MaxValue, Transports = ["internal", "hybrid"],
                    IsUserVerified = true, IsBackupEligible = true, IsBackedUp = false, AttestationObject = [5], ClientDataJson = [6],
                },
            });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await using var fresh = node.Open();
        var stored = await fresh.Passkeys.AsNoTracking().SingleAsync(p => p.CredentialId.SequenceEqual(id), TestContext.Current.CancellationToken);

        Assert.Equal("Laptop", stored.Data.Name);
        Assert.Equal(Now, stored.Data.CreatedAt);
        Assert.Equal(uint.MaxValue, stored.Data.SignCount);
        Assert.Equal(["internal", "hybrid"], stored.Data.Transports!);
        Assert.Equal<byte>([9, 8, 7], stored.Data.PublicKey);
    }

    [Fact]
    public async Task OneAddress_IsOneMember()
    {
        await using var database = Create();
        var node = database.OpenNode();
        await node.Migrator.MigrateAsync(TestContext.Current.CancellationToken);
        await using var db = node.Open();
        db.AddRange(NewMember("twice@shop.example"), NewMember("twice@shop.example"));

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AnErasedProject_LeavesNoMembershipsAndNoInvitations_ButItsPeople()
    {
        await using var database = Create();
        var node = database.OpenNode();
        await node.Migrator.MigrateAsync(TestContext.Current.CancellationToken);
        await using var db = node.Open();
        var member = NewMember("m@shop.example");
        db.Add(member);
        foreach (var project in (string[])["proj_gone", "proj_stays"])
        {
            db.Add(new ProjectMembership { ProjectId = project, MemberId = member.Id, Role = "owner", CreatedAt = Now });
            db.Add(new OneTimeLink
            {
                Hash = [.. project.Select(c => (byte)c)], Id = "inv_" + project, Kind = OneTimeLinkKind.Invitation, ProjectId = project,
                Role = "viewer", Email = "x@shop.example", CreatedAt = Now, ExpiresAt = Now,
            });
        }
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);

        await ProjectErasure.EraseAsync(db, "proj_gone", TestContext.Current.CancellationToken);

        Assert.Equal("proj_stays", (await db.ProjectMemberships.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)).ProjectId);
        Assert.Equal("proj_stays", (await db.OneTimeLinks.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)).ProjectId);
        Assert.Equal(1, await db.Members.CountAsync(TestContext.Current.CancellationToken));
    }

    private static Member NewMember(string email) => new()
    {
        Id = Ids.New(IdPrefix.Member, Now), DisplayName = "Somebody", CreatedAt = Now, Email = email, NormalizedEmail = email.ToUpperInvariant(),
        UserName = email, NormalizedUserName = email.ToUpperInvariant(), SecurityStamp = "s",
    };
}
