using Microsoft.EntityFrameworkCore;
using Vouchsafe.Security;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Pipeline.Credentials;

/// <summary>
/// Keys, tokens and projects as of at most two seconds ago, and at once after a change on this node. Nothing on the way of
/// a request writes.
/// </summary>
internal sealed class KeyRing
{
    private readonly FreshCache<KeyEntry> _keys;
    private readonly FreshCache<TokenEntry> _tokens;
    private readonly FreshCache<ProjectEntry> _projects;

    public KeyRing(IDbContextFactory<VouchsafeDbContext> contexts, TimeProvider time, PublicAddress address)
    {
        _keys = new FreshCache<KeyEntry>(time, async id =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            return await db.ApiKeys.AsNoTracking().FirstOrDefaultAsync(k => k.Id == id) is { } key ? KeyEntry.From(key) : null;
        });
        _projects = new FreshCache<ProjectEntry>(time, async id =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            return await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id) is { } project ? ProjectEntry.From(project).With(address) : null;
        });
        _tokens = new FreshCache<TokenEntry>(time, async hash =>
        {
            var bytes = Convert.FromHexString(hash);
            await using var db = await contexts.CreateDbContextAsync();
            return await db.OAuthTokens.AsNoTracking().FirstOrDefaultAsync(t => t.Hash == bytes) is { } token
                && ScopeSet.TryParse(token.Scopes, out var scopes, out _)
                ? new TokenEntry(token.ProjectId, token.KeyId, scopes, token.ExpiresAt)
                : null;
        });
    }

    internal ValueTask<KeyEntry?> KeyAsync(string id) => _keys.GetAsync(id);

    internal ValueTask<ProjectEntry?> ProjectAsync(string id) => _projects.GetAsync(id);

    /// <summary>Finds a token by its SHA-256; the token itself is nowhere.</summary>
    internal ValueTask<TokenEntry?> TokenAsync(string token) => _tokens.GetAsync(HashText(token));

    internal void ForgetKey(string id) => _keys.Forget(id);

    internal void ForgetProject(string id) => _projects.Forget(id);

    internal void ForgetToken(string token) => _tokens.Forget(HashText(token));

    /// <summary>After a change that touches many rows, such as the deletion of a project.</summary>
    internal void ForgetAll()
    {
        _keys.Clear();
        _projects.Clear();
        _tokens.Clear();
    }

    private static string HashText(string token) => Convert.ToHexStringLower(ApiSecretHash.Of(token).ToBytes());
}
