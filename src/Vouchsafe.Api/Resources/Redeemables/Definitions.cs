using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.ValidationRules;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Redeemables;

/// <summary>A campaign with what its codes and tiers inherit.</summary>
/// <param name="Campaign">The campaign; not tracked, not to be changed.</param>
/// <param name="Assignments">Rules that hold for all of it.</param>
internal sealed record CampaignDefinition(Campaign Campaign, IReadOnlyList<ValidationRuleAssignment> Assignments);

/// <summary>
/// Campaigns, categories, rules and goods as validations and redemptions need them, without a query each time: as of at most two
/// seconds ago, and at once after a change on this node. Limits are not decided by them: the ledger enforces those.
/// </summary>
internal sealed class Definitions(IDbContextFactory<VouchsafeDbContext> contexts, DefinitionChanges changes, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);
    private const int MaxEntries = 20_000;

    // What another node brings into force is known here two seconds later; a verdict that is much older may not know it.
    private static readonly TimeSpan LongestVerdict = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);
    // Apart from the rest: what they are asked for by is up to the caller, who could push out everything else.
    private readonly ConcurrentDictionary<string, Entry> _goods = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Id, DateTimeOffset ChangedAt), Engine.Rules.ValidationRule> _rules = [];

    /// <summary>
    /// Tells later whether a rule came into force on this node since now, or may have on another so long ago that it should be known; to
    /// be asked for before anything is read.
    /// </summary>
    internal Func<bool> WatchRules()
    {
        var (version, since) = (changes.RulesVersion, time.GetTimestamp());
        return () => changes.RulesVersion != version || time.GetElapsedTime(since) > LongestVerdict;
    }

    /// <summary>The campaigns of those ids that are there, by id.</summary>
    internal ValueTask<IReadOnlyDictionary<string, CampaignDefinition>> CampaignsAsync(IEnumerable<string?> ids, CancellationToken ct) =>
        GetAsync(_known, ids, async (db, wanted) =>
        {
            var campaigns = await db.Campaigns.AsNoTracking().Where(c => wanted.Contains(c.Id)).ToListAsync(ct);
            var assignments = (await db.ValidationRuleAssignments.AsNoTracking()
                .Where(a => wanted.Contains(a.RelatedObjectId)).OrderBy(a => a.Id).ToListAsync(ct)).ToLookup(a => a.RelatedObjectId);
            return campaigns.Select(c => (c.Id, new CampaignDefinition(c, [.. assignments[c.Id]])));
        }, ct);

    /// <summary>The categories of those ids that are there, by id.</summary>
    internal ValueTask<IReadOnlyDictionary<string, Category>> CategoriesAsync(IEnumerable<string?> ids, CancellationToken ct) =>
        GetAsync(_known, ids, async (db, wanted) =>
            (await db.Categories.AsNoTracking().Where(c => wanted.Contains(c.Id)).ToListAsync(ct)).Select(c => (c.Id, c)), ct);

    /// <summary>The rules of those ids that are there, by id, as the engine judges them.</summary>
    internal ValueTask<IReadOnlyDictionary<string, Engine.Rules.ValidationRule>> RulesAsync(IEnumerable<string?> ids, CancellationToken ct) =>
        GetAsync(_known, ids, async (db, wanted) =>
            (await db.ValidationRules.AsNoTracking().Where(r => wanted.Contains(r.Id)).ToListAsync(ct)).Select(r => (r.Id, Read(r))), ct);

    /// <summary>Whether any earning rule of a project is switched on.</summary>
    internal async ValueTask<bool> GivesPointsAsync(string projectId, CancellationToken ct)
    {
        var found = await GetAsync(_known, ["earning:" + projectId], async (db, keys) =>
            await db.EarningRules.AnyAsync(r => r.ProjectId == projectId && r.Active, ct) ? keys.Select(key => (key, projectId)) : [], ct);
        return found.Count > 0;
    }

    /// <summary>What names of an order's lines mean, by name; nothing for a name that nothing has.</summary>
    /// <param name="project">The project.</param>
    /// <param name="names">Ids and source ids of products and variants.</param>
    /// <param name="ct">Cancels.</param>
    internal async ValueTask<IReadOnlyList<Goods>> GoodsAsync(ProjectSettings project, IEnumerable<string> names, CancellationToken ct)
    {
        var prefix = project.Id + "/";
        var found = await GetAsync(_goods, names.Select(name => prefix + name), async (db, keys) =>
            (await Goods.LoadAsync(db, project, keys.ConvertAll(key => key[prefix.Length..]), ct)).Select(goods => (prefix + goods.Name, goods)), ct);
        return [.. found.Values];
    }

    // A rule that is changed has another key, so what was read of it is never stale.
    private Engine.Rules.ValidationRule Read(ValidationRule rule)
    {
        if (_rules.Count >= MaxEntries) _rules.Clear();
        return _rules.GetOrAdd((rule.Id, rule.UpdatedAt ?? rule.CreatedAt), static (_, row) => RuleDefinition.ToEngine(row), rule);
    }

    private ValueTask<IReadOnlyDictionary<string, T>> GetAsync<T>(
        ConcurrentDictionary<string, Entry> known, IEnumerable<string?> ids,
        Func<VouchsafeDbContext, List<string>, Task<IEnumerable<(string Id, T Value)>>> load, CancellationToken ct) where T : class
    {
        Dictionary<string, T>? found = null;
        List<string>? missing = null;
        foreach (var id in ids)
        {
            if (id is null || found?.ContainsKey(id) == true || missing?.Contains(id) == true) continue;
            if (!known.TryGetValue(id, out var entry) || !Serves(entry)) (missing ??= []).Add(id);
            else if (entry.Value is T value) (found ??= new(StringComparer.Ordinal)).Add(id, value);
        }
        return missing is null
            ? new(found ?? (IReadOnlyDictionary<string, T>)FrozenDictionary<string, T>.Empty)
            : new(LoadAsync(known, found ?? new(StringComparer.Ordinal), missing, load, ct));
    }

    // Past half its age one request loads the entry again, while the others are still served the old one.
    private bool Serves(Entry entry)
    {
        if (entry.Version != changes.Version) return false;
        var age = time.GetElapsedTime(entry.LoadedAt);
        return age < MaxAge / 2 || age < MaxAge && !entry.TryClaimRenewal();
    }

    private async Task<IReadOnlyDictionary<string, T>> LoadAsync<T>(
        ConcurrentDictionary<string, Entry> known, Dictionary<string, T> found, List<string> missing,
        Func<VouchsafeDbContext, List<string>, Task<IEnumerable<(string Id, T Value)>>> load, CancellationToken ct) where T : class
    {
        // Taken before the rows are read: a change in between makes the entries old, never wrong.
        var (version, loadedAt) = (changes.Version, time.GetTimestamp());
        await using var db = await contexts.CreateDbContextAsync(ct);
        foreach (var (id, value) in await load(db, missing)) found[id] = value;
        if (known.Count >= MaxEntries) known.Clear();
        foreach (var id in missing) known[id] = new Entry(found.GetValueOrDefault(id), version, loadedAt);
        return found;
    }

    private sealed class Entry(object? value, long version, long loadedAt)
    {
        private int _renewing;

        internal object? Value => value;
        internal long Version => version;
        internal long LoadedAt => loadedAt;

        internal bool TryClaimRenewal() => Interlocked.Exchange(ref _renewing, 1) == 0;
    }
}
