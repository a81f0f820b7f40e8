using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Security;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Members;

/// <summary>
/// Who may still do what, as of at most two seconds ago, and at once after a change on this node. A cookie or an open page
/// proves only who somebody was when it was made; this is asked again for every single call.
/// </summary>
internal sealed class MemberDirectory
{
    private static readonly TimeSpan LastSeenStep = TimeSpan.FromMinutes(1);

    private readonly FreshCache<MemberEntry> _members;
    private readonly FreshCache<SignInEntry> _signIns;
    private readonly FreshCache<RoleEntry> _roles;

    public MemberDirectory(IDbContextFactory<VouchsafeDbContext> contexts, TimeProvider time)
    {
        _members = new FreshCache<MemberEntry>(time, async id =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            return await db.Members.Where(m => m.Id == id && m.DisabledAt == null)
                .Select(m => new MemberEntry(m.Email ?? "", m.IsOperator)).FirstOrDefaultAsync();
        });
        _signIns = new FreshCache<SignInEntry>(time, async id =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            var entry = await db.SignIns.Where(s => s.Id == id && s.EndedAt == null).Select(s => new SignInEntry(s.MemberId, s.LastSeenAt)).FirstOrDefaultAsync();
            var now = time.GetUtcNow();
            // A sign-in in use comes by here every second or two; once a minute is exact enough for a list.
            if (entry is not null && now - entry.LastSeenAt > LastSeenStep)
                await db.SignIns.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now));
            return entry;
        });
        _roles = new FreshCache<RoleEntry>(time, async key =>
        {
            var (projectId, memberId) = Split(key);
            await using var db = await contexts.CreateDbContextAsync();
            var name = await db.ProjectMemberships.Where(m => m.ProjectId == projectId && m.MemberId == memberId).Select(m => m.Role).FirstOrDefaultAsync();
            return MemberRoleNames.TryParse(name, out var role) ? new RoleEntry(role) : null;
        });
    }

    /// <summary>
    /// Null if the member is gone or disabled or the sign-in has ended; else what the member is. A lock after failed tries
    /// changes nothing here: whoever guesses at a password must not be able to throw its owner out.
    /// </summary>
    internal async ValueTask<MemberStanding?> FindAsync(string memberId, string signInId, string? projectId)
    {
        var signIn = await _signIns.GetAsync(signInId);
        if (signIn is null || signIn.MemberId != memberId) return null;
        if (await _members.GetAsync(memberId) is not { } member) return null;
        var role = projectId is null ? null
            : member.IsOperator ? MemberRole.Owner
            : (await _roles.GetAsync(Key(projectId, memberId)))?.Role;
        return new MemberStanding(memberId, member.Email, member.IsOperator, role);
    }

    /// <summary>After a change of the member itself.</summary>
    internal void ForgetMember(string memberId) => _members.Forget(memberId);

    /// <summary>After a sign-in was made or ended.</summary>
    internal void ForgetSignIn(string signInId) => _signIns.Forget(signInId);

    /// <summary>After a membership was given, changed or taken away.</summary>
    internal void ForgetRole(string projectId, string memberId) => _roles.Forget(Key(projectId, memberId));

    /// <summary>After a change that touches many rows, such as signing out everywhere or the deletion of a project.</summary>
    internal void ForgetAll()
    {
        _members.Clear();
        _signIns.Clear();
        _roles.Clear();
    }

    private static string Key(string projectId, string memberId) => $"{projectId} {memberId}";

    // Project ids come from addresses and may hold anything; ids of members hold no space.
    private static (string ProjectId, string MemberId) Split(string key)
    {
        var at = key.LastIndexOf(' ');
        return (key[..at], key[(at + 1)..]);
    }

    private sealed record MemberEntry(string Email, bool IsOperator);

    private sealed record SignInEntry(string MemberId, DateTimeOffset LastSeenAt);

    private sealed record RoleEntry(MemberRole Role);
}
