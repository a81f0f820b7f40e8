using System.Text;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Storage.Records;

/// <summary>How a column of a row that is already there takes up the new one.</summary>
public enum TallyRule
{
    /// <summary>Both are added.</summary>
    Add,
    /// <summary>The larger one stays.</summary>
    Max,
    /// <summary>The new one stays.</summary>
    Replace,
}

/// <summary>
/// Adds figures to rows that several nodes write at the same moment: the database does the sum, so none is lost. Columns
/// without a rule keep what they had.
/// </summary>
public static class Tally
{
    private const int RowsPerStatement = 200; // with up to 13 columns far below SQLite's 32,766 parameters

    /// <summary>Writes the rows; at most one a key.</summary>
    /// <param name="db">The context; its transaction, if it has one.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="rules">Property name and rule.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task AddAsync<T>(VouchsafeDbContext db, IEnumerable<T> rows, IReadOnlyList<(string Property, TallyRule Rule)> rules, CancellationToken ct) where T : class
    {
        var type = db.Model.FindEntityType(typeof(T))!;
        var table = new RowTable(type);
        var set = string.Join(", ", rules.Select(r => Update(table.Name, type.FindProperty(r.Property)!.GetColumnName(), r.Rule)));
        // In the order of the keys, as every node does: two that meet wait for each other instead of locking each other out.
        var ordered = rows.OrderBy(r => string.Join('\0', table.Keys.Select(k => k.Read(r))), StringComparer.Ordinal);
        foreach (var chunk in ordered.Chunk(RowsPerStatement))
        {
            var sql = new StringBuilder($"INSERT INTO {table.Name} ({table.ColumnList}) VALUES ");
            var values = new List<object>(chunk.Length * table.Columns.Count);
            foreach (var row in chunk)
            {
                sql.Append(values.Count == 0 ? "(" : ", (");
                for (var i = 0; i < table.Columns.Count; i++)
                {
                    sql.Append(i == 0 ? "{" : ", {").Append(values.Count).Append('}');
                    values.Add(table.Columns[i].Read(row)!);
                }
                sql.Append(')');
            }
            sql.Append($" ON CONFLICT ({string.Join(", ", table.Keys.Select(k => k.Name))}) DO UPDATE SET {set}");
            await db.Database.ExecuteSqlRawAsync(sql.ToString(), values, ct);
        }
    }

    private static string Update(string table, string column, TallyRule rule) => rule switch
    {
        TallyRule.Add => $"{column} = {table}.{column} + excluded.{column}",
        TallyRule.Max => $"{column} = CASE WHEN excluded.{column} > {table}.{column} THEN excluded.{column} ELSE {table}.{column} END",
        TallyRule.Replace => $"{column} = excluded.{column}",
    };
}
