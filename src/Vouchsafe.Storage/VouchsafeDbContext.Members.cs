using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Storage;

/// <summary>The people of the dashboard: the tables of ASP.NET Core Identity, and what it has no table for.</summary>
public abstract partial class VouchsafeDbContext
{
    /// <summary>The property of a passkey's row that says when it last signed somebody in; Identity's own type has none.</summary>
    public const string PasskeyLastUsedAt = "LastUsedAt";

    /// <summary>Members.</summary>
    public DbSet<Member> Members => Set<Member>();
    /// <summary>Their passkeys.</summary>
    public DbSet<IdentityUserPasskey<string>> Passkeys => Set<IdentityUserPasskey<string>>();
    /// <summary>What stands in for their authenticators.</summary>
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    /// <summary>Who is what in which project.</summary>
    public DbSet<ProjectMembership> ProjectMemberships => Set<ProjectMembership>();
    /// <summary>Browsers that are or were signed in.</summary>
    public DbSet<SignIn> SignIns => Set<SignIn>();
    /// <summary>Sign-ins that failed.</summary>
    public DbSet<FailedSignIn> FailedSignIns => Set<FailedSignIn>();
    /// <summary>One-time links.</summary>
    public DbSet<OneTimeLink> OneTimeLinks => Set<OneTimeLink>();

    // Identity's stores find their rows by type. The context does not derive from Identity's own, which would name the
    // tables and bring roles that span all projects.
    private static void MapMembers(ModelBuilder model)
    {
        const int longestCredentialId = 1_024; // WebAuthn allows 1,023 bytes
        model.Entity<Member>(e =>
        {
            e.ToTable("members");
            e.HasKey(m => m.Id);
            e.HasIndex(m => m.NormalizedUserName).IsUnique();
            e.HasIndex(m => m.NormalizedEmail).IsUnique();
            e.Property(m => m.ConcurrencyStamp).IsConcurrencyToken();
            e.Ignore(m => m.PhoneNumber).Ignore(m => m.PhoneNumberConfirmed);
            e.HasMany<IdentityUserClaim<string>>().WithOne().HasForeignKey(c => c.UserId).IsRequired();
            e.HasMany<IdentityUserLogin<string>>().WithOne().HasForeignKey(l => l.UserId).IsRequired();
            e.HasMany<IdentityUserToken<string>>().WithOne().HasForeignKey(t => t.UserId).IsRequired();
            e.HasMany<IdentityUserPasskey<string>>().WithOne().HasForeignKey(p => p.UserId).IsRequired();
            e.HasMany<RecoveryCode>().WithOne().HasForeignKey(c => c.MemberId).IsRequired();
            e.HasMany<ProjectMembership>().WithOne().HasForeignKey(m => m.MemberId).IsRequired();
            e.HasMany<SignIn>().WithOne().HasForeignKey(s => s.MemberId).IsRequired();
        });
        model.Entity<IdentityUserClaim<string>>(e => e.ToTable("member_claims").HasKey(c => c.Id));
        model.Entity<IdentityUserLogin<string>>(e => e.ToTable("member_logins").HasKey(l => new { l.LoginProvider, l.ProviderKey }));
        model.Entity<IdentityUserToken<string>>(e => e.ToTable("member_tokens").HasKey(t => new { t.UserId, t.LoginProvider, t.Name }));
        model.Entity<IdentityUserPasskey<string>>(e =>
        {
            e.ToTable("member_passkeys");
            e.HasKey(p => p.CredentialId);
            e.Property(p => p.CredentialId).HasMaxLength(longestCredentialId);
            e.Property<DateTimeOffset?>(PasskeyLastUsedAt); // Identity keeps only a count, which most passkeys leave at zero
            e.OwnsOne(p => p.Data).ToJson("data");
        });
        model.Entity<RecoveryCode>(e => e.HasKey(c => new { c.MemberId, c.Hash }));
        model.Entity<ProjectMembership>(e =>
        {
            e.HasKey(m => new { m.ProjectId, m.MemberId });
            e.HasIndex(m => m.MemberId);
        });
        model.Entity<SignIn>(e =>
        {
            e.HasKey(s => s.Id);
            e.HasIndex(s => new { s.MemberId, s.Id });
        });
        model.Entity<FailedSignIn>(e => e.HasKey(f => f.Id));
        model.Entity<OneTimeLink>(e =>
        {
            e.HasKey(l => l.Hash);
            e.HasIndex(l => l.Id).IsUnique();
            e.HasIndex(l => l.ProjectId);
        });
    }
}
