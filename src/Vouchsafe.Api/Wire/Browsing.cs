using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Vouchsafe.Api.Wire;

/// <summary>
/// What lists that people page through have in common: an index gives the order, a cursor the place, nothing is counted, and
/// conditions without an index are tried on a bounded stretch, after which the answer says how far it looked.
/// </summary>
internal static class Browsing
{
    /// <summary>Rows that one call reads at most while it looks for matches; some 40 ms on SQLite.</summary>
    internal const int LongestStretch = 20_000;

    /// <summary>The rows that a range and a cursor leave, the newest first, along an index that ends in the two columns.</summary>
    internal static IQueryable<T> NewestFirst<T>(this IQueryable<T> rows, BracketQuery.Range created, Place? after) where T : class
    {
        rows = rows.Made(created);
        // The first half alone bounds the index; an OR of both would not.
        if (after is var (at, id))
            rows = rows.Where(r => EF.Property<DateTimeOffset>(r, "CreatedAt") <= at
                && (EF.Property<DateTimeOffset>(r, "CreatedAt") < at || string.Compare(EF.Property<string>(r, "Id"), id) < 0));
        return rows.OrderByDescending(r => EF.Property<DateTimeOffset>(r, "CreatedAt")).ThenByDescending(r => EF.Property<string>(r, "Id"));
    }

    /// <summary>The rows made in a range.</summary>
    internal static IQueryable<T> Made<T>(this IQueryable<T> rows, BracketQuery.Range created) where T : class
    {
        if (created.Before is { } before) rows = rows.Where(r => EF.Property<DateTimeOffset>(r, "CreatedAt") < before);
        if (created.After is { } from) rows = rows.Where(r => EF.Property<DateTimeOffset>(r, "CreatedAt") >= from);
        return rows;
    }

    /// <summary>The rows whose name has a text in it; letters of ASCII match in either case, as both databases lower no others.</summary>
    internal static IQueryable<T> NamedLike<T>(this IQueryable<T> rows, string text) where T : class
    {
        var lower = string.Concat(text.Select(c => c is >= 'A' and <= 'Z' ? char.ToLowerInvariant(c) : c));
        return rows.Where(r => EF.Property<string>(r, "Name").ToLower().Contains(lower));
    }

    /// <summary>
    /// A page of the newest rows: the first that meet the conditions, which are tried on the longest stretch at most; without
    /// conditions simply the first.
    /// </summary>
    /// <param name="rows">What <see cref="NewestFirst"/> gives.</param>
    /// <param name="narrow">The conditions; null: none.</param>
    /// <param name="limit">The most rows.</param>
    /// <param name="placeOf">Where a row lies.</param>
    /// <param name="ct">Ends the reading.</param>
    internal static async Task<(List<T> Shown, Place? Next, DateTimeOffset? LookedBackTo)> PageAsync<T>(
        this IQueryable<T> rows, Func<IQueryable<T>, IQueryable<T>>? narrow, int limit, Func<T, Place> placeOf, CancellationToken ct) where T : class
    {
        var found = narrow is null ? rows : narrow(rows.Take(LongestStretch));
        var read = await found.Take(limit + 1).ToListAsync(ct);
        List<T> shown = [.. read.Take(limit)];
        if (read.Count > limit) return (shown, placeOf(shown[^1]), null);
        var end = narrow is null ? null : await rows.Skip(LongestStretch - 1).FirstOrDefaultAsync(ct);
        return end is null ? (shown, null, null) : (shown, placeOf(end), placeOf(end).At);
    }

    /// <summary>How many rows of a page are wanted, 25 where the query does not say.</summary>
    internal static Result<int> Limit(QueryReader query) =>
        query.Integer("limit", 1, 100).Failed(out var error, out var asked) ? error : (int)(asked ?? 25);

    /// <summary>The range of <c>created_after</c> and <c>created_before</c>.</summary>
    internal static Result<BracketQuery.Range> Created(QueryReader query)
    {
        if (query.Instant("created_before").Failed(out var error, out var before)) return error;
        if (query.Instant("created_after").Failed(out error, out var after)) return error;
        return new BracketQuery.Range(before, after);
    }

    /// <summary>Where the page begins: after the place that <c>cursor</c> names, or with the newest row.</summary>
    internal static Result<Place?> After(QueryReader query)
    {
        if (query.Text("cursor").Failed(out var error, out var cursor)) return error;
        var after = Place.Parse(cursor);
        return cursor is not null && after is null ? ForeignCursor : after;
    }

    /// <summary>The refusal of a cursor that no answer gave.</summary>
    internal static ApiError ForeignCursor => CommonErrors.InvalidQuery("cursor must be the next of an earlier answer.");
}

/// <summary>A page of such a list.</summary>
/// <param name="Data">The rows.</param>
/// <param name="Next">The cursor of the next page; null: there is none.</param>
/// <param name="LookedBackTo">How far the search came, where it ended before the page was full and there is more to look at.</param>
internal sealed record BrowsedPage<T>(IReadOnlyList<T> Data, string? Next, DateTimeOffset? LookedBackTo)
{
    public string Object => "list";
    public string DataRef => "data";
}

/// <summary>A place in a list that has the newest first.</summary>
internal readonly record struct Place(DateTimeOffset At, string Id)
{
    /// <summary>The place that a cursor names; null if it names none.</summary>
    internal static Place? Parse(string? cursor)
    {
        if (cursor?.Split('.', 2) is not [var time, { Length: > 0 } id]) return null;
        // The largest is the last millisecond that DateTimeOffset holds.
        return long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= 253_402_300_799_999
            ? new Place(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), id)
            : null;
    }

    /// <summary>The cursor.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.ToUnixTimeMilliseconds()}.{Id}");
}

/// <summary>A place in a search that walks one index of names after the other.</summary>
/// <param name="Column">The index.</param>
/// <param name="Key">What the index has there.</param>
/// <param name="Id">The row.</param>
internal sealed record SearchPlace(int Column, string Key, string Id)
{
    /// <summary>The place that a cursor names; null if it names none.</summary>
    internal static SearchPlace? Parse(string? cursor)
    {
        try
        {
            return cursor is not null && JsonSerializer.Deserialize<SearchPlace>(Base64Url.DecodeFromChars(cursor), WireJson.Options) is { Column: >= 0, Key: not null, Id: not null } place
                && !(place.Key + place.Id).Contains('\0') ? place : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The cursor.</summary>
    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Options));
}
