using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Fuzz;

/// <summary>How many rows each table has: what a refused request must leave as it was.</summary>
internal static class Effects
{
    private const string Pending = "(pending)";

    /// <summary>What is written in the background of requests that were refused or let in, whatever they did.</summary>
    internal static readonly string[] Records = ["refusals", "refusal_minutes", "usage_hours", "redemption_hours", "redemption_tops", "figures_marks"];

    // Failed redemptions are recorded on purpose; the time of a key's last use is no effect.
    private static readonly HashSet<string> Unwatched = ["redemptions", "DataProtectionKeys", "data_protection_keys", .. Records];

    /// <summary>The figures, once all work in the background is done; null: it does not end.</summary>
    internal static async Task<Dictionary<string, long>?> CountAsync(TestServer server)
    {
        for (var i = 0; i < 1_000; i++)
        {
            var rows = await CountNowAsync(server);
            if (rows.Remove(Pending, out var pending) && pending == 0) return rows;
            await Task.Delay(20);
        }
        return null;
    }

    private static Task<Dictionary<string, long>> CountNowAsync(TestServer server) => server.ReadAsync(async db =>
    {
        // Before the rows are counted: work that ends between the two looks would count as done and be missing among the rows.
        var pending = await db.PaidOrders.CountAsync() + await db.AsyncActions.CountAsync(a => a.Status == AsyncActionStatus.Accepted || a.Status == AsyncActionStatus.InProgress);
        var tables = db.Model.GetEntityTypes().Select(t => t.GetTableName()).OfType<string>().Distinct().Where(t => !Unwatched.Contains(t)).Order(StringComparer.Ordinal).ToList();
        var quote = db.GetService<ISqlGenerationHelper>();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT " + string.Join(", ", tables.Select(t => $"(SELECT count(*) FROM {quote.DelimitIdentifier(t)})"));
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var rows = tables.Select((t, i) => (t, Rows: reader.GetInt64(i))).ToDictionary(t => t.t, t => t.Rows);
        await reader.CloseAsync();
        rows[Pending] = pending;
        return rows;
    });
}
