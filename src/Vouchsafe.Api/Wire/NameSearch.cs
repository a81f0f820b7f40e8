using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Wire;

/// <summary>
/// Finds rows by how an id or one of the words of their name begins; of several words that are asked for, a name must have
/// all. One index after the other is walked in its own order, and a row that an earlier one gave already is left out, so that
/// a page costs the same with ten rows as with a million.
/// </summary>
internal sealed class NameSearch<T> where T : Named
{
    private readonly IQueryable<T> _rows;
    private readonly List<Step> _steps;

    /// <param name="rows">What is searched.</param>
    /// <param name="text">What is looked for.</param>
    /// <param name="ids">Properties beside the name: those that end in <c>Key</c> are <see cref="SearchKey"/>s and have an index that ends in the id, the others are unique.</param>
    internal NameSearch(IQueryable<T> rows, string text, params string[] ids)
    {
        _rows = rows;
        var words = SearchKey.Words(text);
        var phrase = SearchKey.Of(string.Join(' ', words));
        _steps = [.. ids.Select(id => new Step(id, IsKey(id) ? SearchKey.Of(text)! : text, []))];
        // The words as they were typed first; then the longest, which the fewest names have, and of those the names with the others.
        if (words.Count > 1) _steps.Add(new Step(nameof(Named.NameKey), phrase!, []));
        if (words.MaxBy(w => w.Length) is not { } rarest) return;
        List<string> others = [.. words.Distinct().Where(w => w != rarest).Select(w => SearchKey.Of(w)!)];
        _steps.AddRange(Named.Keys.Select(key => new Step(key, SearchKey.Of(rarest)!, others)));
    }

    /// <summary>An index to walk.</summary>
    /// <param name="Column">Property.</param>
    /// <param name="Begin">How it begins.</param>
    /// <param name="Others">Words that the name must have beside.</param>
    private sealed record Step(string Column, string Begin, IReadOnlyList<string> Others);

    /// <summary>The next rows after a place, and the place after them; none: nothing is left.</summary>
    internal async Task<(List<T> Rows, SearchPlace? Next)> PageAsync(SearchPlace? after, int limit, CancellationToken ct)
    {
        List<T> found = [];
        for (var i = after?.Column ?? 0; i < _steps.Count; i++)
        {
            var walk = Walk(_steps[i], i == after?.Column ? after : null);
            var stretch = walk.Take(Browsing.LongestStretch);
            foreach (var earlier in _steps.Take(i)) stretch = stretch.Where(IsNotOf(earlier));
            foreach (var word in _steps[i].Others) stretch = stretch.Where(Has(word));
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

    private IQueryable<T> Walk(Step step, SearchPlace? after)
    {
        var name = step.Column;
        var walk = _rows.Where(IsOf(step));
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

    private static bool IsKey(string column) => column.EndsWith("Key", StringComparison.Ordinal) || Named.Keys.Contains(column);

    // Text sorts by code point on both databases, and nothing that begins so comes after this.
    private static string EndOf(string begin) => begin + "\U0010FFFF";

    private static Expression<Func<T, bool>> IsOf(Step step)
    {
        var (column, begin, end) = (step.Column, step.Begin, EndOf(step.Begin));
        return r => string.Compare(EF.Property<string>(r, column), begin) >= 0 && string.Compare(EF.Property<string>(r, column), end) <= 0;
    }

    private static Expression<Func<T, bool>> IsNotOf(Step step)
    {
        var (column, begin, end) = (step.Column, step.Begin, EndOf(step.Begin));
        return r => EF.Property<string?>(r, column) == null || string.Compare(EF.Property<string>(r, column), begin) < 0 || string.Compare(EF.Property<string>(r, column), end) > 0;
    }

    private static Expression<Func<T, bool>> Has(string word)
    {
        var (end, inside) = (EndOf(word), " " + word);
        return r => (string.Compare(EF.Property<string>(r, nameof(Named.NameKey)), word) >= 0 && string.Compare(EF.Property<string>(r, nameof(Named.NameKey)), end) <= 0)
            || EF.Property<string>(r, nameof(Named.NameKey)).Contains(inside);
    }

    private SearchPlace PlaceOf(int step, T row) =>
        new(step, (string)typeof(T).GetProperty(_steps[step].Column)!.GetValue(row)!, (string)typeof(T).GetProperty("Id")!.GetValue(row)!);
}
