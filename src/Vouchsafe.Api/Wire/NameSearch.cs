using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Wire;

/// <summary>
/// Finds rows by how one of their names begins. One index after the other is walked in its own order, and a row that an
/// earlier one gave already is left out, so that a page costs the same with ten rows as with a million.
/// </summary>
/// <param name="rows">What is searched.</param>
/// <param name="text">How the name begins.</param>
/// <param name="columns">Properties that have an index: those that end in <c>Key</c> are <see cref="SearchKey"/>s and have the id behind them, the others are unique.</param>
internal sealed class NameSearch<T>(IQueryable<T> rows, string text, params string[] columns) where T : class
{
    /// <summary>The next rows after a place, and the place after them; none: nothing is left.</summary>
    internal async Task<(List<T> Rows, SearchPlace? Next)> PageAsync(SearchPlace? after, int limit, CancellationToken ct)
    {
        List<T> found = [];
        for (var i = after?.Column ?? 0; i < columns.Length; i++)
        {
            var walk = Walk(i, i == after?.Column ? after : null);
            var stretch = walk.Take(Browsing.LongestStretch);
            for (var earlier = 0; earlier < i; earlier++) stretch = stretch.Where(Begins(columns[earlier], not: true));
            var more = await stretch.Take(limit + 1 - found.Count).ToListAsync(ct);
            if (found.Count + more.Count > limit)
            {
                // The row beyond the page shows that there is one; the next page begins with it.
                found.AddRange(more.Take(limit - found.Count));
                return (found, more.Count == 1 ? new SearchPlace(i, "", "") : PlaceOf(i, found[^1]));
            }

            found.AddRange(more);
            if (i > 0 && await walk.Skip(Browsing.LongestStretch - 1).FirstOrDefaultAsync(ct) is { } end) return (found, PlaceOf(i, end));
        }

        return (found, null);
    }

    private IQueryable<T> Walk(int column, SearchPlace? after)
    {
        var name = columns[column];
        var walk = rows.Where(Begins(name, not: false));
        if (!IsKey(name))
        {
            // The shop's own ids are unique, so that nothing else is needed for an order.
            if (after is { Key: var last }) walk = walk.Where(r => string.Compare(EF.Property<string>(r, name), last) > 0);
            return walk.OrderBy(r => EF.Property<string>(r, name));
        }

        if (after is { } place)
        {
            var (key, id) = (place.Key, place.Id);
            walk = walk.Where(r => string.Compare(EF.Property<string>(r, name), key) >= 0
                && (string.Compare(EF.Property<string>(r, name), key) > 0 || string.Compare(EF.Property<string>(r, "Id"), id) > 0));
        }

        return walk.OrderBy(r => EF.Property<string>(r, name)).ThenBy(r => EF.Property<string>(r, "Id"));
    }

    private static bool IsKey(string column) => column.EndsWith("Key", StringComparison.Ordinal);

    private Expression<Func<T, bool>> Begins(string column, bool not)
    {
        var begin = IsKey(column) ? SearchKey.Of(text)! : text;
        // Text sorts by code point on both databases, and no name has a greater one than this.
        var end = begin + "\U0010FFFF";
        return not
            ? r => EF.Property<string?>(r, column) == null || string.Compare(EF.Property<string>(r, column), begin) < 0 || string.Compare(EF.Property<string>(r, column), end) > 0
            : r => string.Compare(EF.Property<string>(r, column), begin) >= 0 && string.Compare(EF.Property<string>(r, column), end) <= 0;
    }

    private SearchPlace PlaceOf(int column, T row) =>
        new(column, (string)typeof(T).GetProperty(columns[column])!.GetValue(row)!, (string)typeof(T).GetProperty("Id")!.GetValue(row)!);
}
