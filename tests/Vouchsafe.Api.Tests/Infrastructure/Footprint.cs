using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Tests.Fuzz;

namespace Vouchsafe.Api.Tests.Infrastructure;

/// <summary>What a request could leave behind: the number of rows of every table, and the sum of all counters.</summary>
internal static class Footprint
{
    internal static Task<string> OfAsync(TestServer server) => server.ReadAsync(async db =>
    {
        var lines = new List<string>();
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()).OfType<string>().Distinct().Except(Effects.Records).Order(StringComparer.Ordinal))
        {
            var sql = $"SELECT COUNT(*) AS \"Value\" FROM \"{table}\"";
            lines.Add($"{table}: {await db.Database.SqlQueryRaw<long>(sql).SingleAsync()}");
        }
        lines.Add($"counters: {await db.Counters.SumAsync(c => c.Value)}");
        lines.Add($"holders: {await db.Vouchers.CountAsync(v => v.HolderId != null)}");
        return string.Join('\n', lines);
    });
}
