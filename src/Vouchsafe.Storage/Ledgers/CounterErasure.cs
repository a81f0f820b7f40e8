using Microsoft.EntityFrameworkCore;

namespace Vouchsafe.Storage.Ledgers;

/// <summary>
/// Removes the counters of what is erased for good. By statements that do not count as changes of definitions: an erasure in
/// portions would otherwise empty the node's caches again and again.
/// </summary>
public static class CounterErasure
{
    // The forms in which an owner names the resource that it counts for; what follows them is a customer, an order, a period.
    private static readonly string[] Owned = ["{0}", "client-session/code/{0}"];
    private static readonly (string From, string To)[] Prefixes =
        [("redeemable/{0}/", "redeemable/{0}0"), ("campaign/{0}/", "campaign/{0}0"), ("{0}:", "{0};")];

    /// <summary>Removes everything that is counted for these resources: vouchers, tiers, campaigns, redemptions, earning rules, actions.</summary>
    /// <param name="db">The database.</param>
    /// <param name="ids">Their ids; a few hundred at most.</param>
    /// <param name="ct">Cancels.</param>
    public static Task OfAsync(VouchsafeDbContext db, IReadOnlyCollection<string> ids, CancellationToken ct) => DeleteAsync(db, ids,
        [.. Owned.Select(form => $"c.owner = {Sql(form)}"), .. Prefixes.Select(p => $"c.owner >= {Sql(p.From)} AND c.owner < {Sql(p.To)}")], ct);

    /// <summary>Removes the counters of exactly these owners, of whatever kind.</summary>
    /// <param name="db">The database.</param>
    /// <param name="owners">Their keys.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task NamedAsync(VouchsafeDbContext db, IEnumerable<string> owners, CancellationToken ct)
    {
        foreach (var portion in owners.Distinct().Chunk(1_000)) await DeleteAsync(db, portion, ["c.owner = o.id"], ct);
    }

    // Ranges and not patterns, so that both databases go by the primary key.
    private static async Task DeleteAsync(VouchsafeDbContext db, IReadOnlyCollection<string> ids, IReadOnlyList<string> matches, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var values = string.Join(", ", Enumerable.Range(0, ids.Count).Select(i => $"({{{i}}})"));
        var found = string.Join(" UNION ALL ", matches.Select(match => $"SELECT c.owner, c.kind FROM o JOIN counters c ON {match}"));
        var statement = $"WITH o (id) AS (VALUES {values}) DELETE FROM counters WHERE (owner, kind) IN ({found})";
        await db.Database.ExecuteSqlRawAsync(statement, ids, ct);
    }

    private static string Sql(string form) => $"'{form.Replace("{0}", "' || o.id || '", StringComparison.Ordinal)}'";
}
