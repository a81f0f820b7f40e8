using Microsoft.EntityFrameworkCore;

namespace Vouchsafe.Api.Wire;

/// <summary>
/// What every list of the catalogue takes: a page, an order, ranges of <c>created_at</c> and <c>updated_at</c> in each
/// documented spelling. It works on rows that have <c>Id</c>, <c>CreatedAt</c> and <c>UpdatedAt</c>.
/// </summary>
internal sealed class Listing
{
    private readonly Page _page;
    private readonly string _order;
    private readonly BracketQuery.Range _created;
    private readonly BracketQuery.Range _updated;

    private Listing(Page page, string order, BracketQuery.Range created, BracketQuery.Range updated) =>
        (_page, _order, _created, _updated) = (page, order, created, updated);

    /// <summary>Reads the query. Orders beside the two timestamps are columns of text or numbers, named as on the wire.</summary>
    internal static Result<Listing> Read(QueryReader query, params ReadOnlySpan<string> furtherOrders)
    {
        if (Page.Read(query).Failed(out var error, out var page)) return error;
        if (query.OneOf("order", "-created_at", [.. Orders(furtherOrders)]).Failed(out error, out var order)) return error;
        if (Range(query, "created_at").Failed(out error, out var created)) return error;
        if (Range(query, "updated_at").Failed(out error, out var updated)) return error;
        if (query.Instant("start_date").Failed(out error, out var start)) return error;
        if (query.Instant("end_date").Failed(out error, out var end)) return error;
        return new Listing(page, order, new(created.Before ?? end, created.After ?? start), updated);
    }

    /// <summary>The page's rows and how many there are on all pages.</summary>
    internal async Task<(List<T> Rows, long Total)> RunAsync<T>(IQueryable<T> rows, CancellationToken ct) where T : class
    {
        if (_created.Before is { } createdBefore) rows = rows.Where(r => EF.Property<DateTimeOffset>(r, "CreatedAt") < createdBefore);
        if (_created.After is { } createdAfter) rows = rows.Where(r => EF.Property<DateTimeOffset>(r, "CreatedAt") > createdAfter);
        if (_updated.Before is { } updatedBefore) rows = rows.Where(r => EF.Property<DateTimeOffset?>(r, "UpdatedAt") < updatedBefore);
        if (_updated.After is { } updatedAfter) rows = rows.Where(r => EF.Property<DateTimeOffset?>(r, "UpdatedAt") > updatedAfter);
        var total = await rows.LongCountAsync(ct);
        return (await Sorted(rows).Skip(_page.Skip).Take(_page.Limit).ToListAsync(ct), total);
    }

    private IQueryable<T> Sorted<T>(IQueryable<T> rows) where T : class
    {
        var column = Column(_order.TrimStart('-'));
        // Ids grow with time, which settles ties in the order of creation.
        return _order.StartsWith('-')
            ? rows.OrderByDescending(r => EF.Property<object>(r, column)).ThenByDescending(r => EF.Property<string>(r, "Id"))
            : rows.OrderBy(r => EF.Property<object>(r, column)).ThenBy(r => EF.Property<string>(r, "Id"));
    }

    private static string Column(string wireName)
    {
        var camel = string.Concat(wireName.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return camel;
    }

    private static List<string> Orders(ReadOnlySpan<string> further)
    {
        List<string> orders = ["created_at", "-created_at", "updated_at", "-updated_at"];
        foreach (var name in further) orders.AddRange([name, "-" + name]);
        return orders;
    }

    private static Result<BracketQuery.Range> Range(QueryReader query, string name)
    {
        if (BracketQuery.Instants(query.Raw, name).Failed(out var error, out var range)) return error;
        if (BracketQuery.Filters(query.Raw, out var one).Failed(out error, out var filters)) return error;
        foreach (var filter in filters.Where(f => f.Field == name))
        {
            if (one && filters.Count > 1) return CommonErrors.InvalidQuery($"filters[{name}] takes filters beside it with filters[junction] AND only.");
            if (filter.Operator is not ("$before" or "$after") || filter.Values.Count != 1 || !InstantConverter.TryParse(filter.Values[0], out var instant))
                return CommonErrors.InvalidQuery($"filters[{name}] takes $before and $after, each one ISO 8601 date and time.");
            range = filter.Operator == "$before" ? range with { Before = instant } : range with { After = instant };
        }

        return range;
    }
}
