using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Customers.Activities;

/// <summary>Something that happened to a customer, told by a record.</summary>
internal sealed record Activity(ActivityKey Key, string Type, object Record);

/// <summary>Whose activities, and where they lie.</summary>
internal sealed record ActivityPlace(VouchsafeDbContext Db, ProjectSettings Project, Customer Customer);

/// <summary>One kind of record that tells of activities.</summary>
internal abstract class ActivitySource
{
    /// <summary>Names of the activities.</summary>
    internal abstract IReadOnlyList<string> Types { get; }

    /// <summary>The first activities that are asked for, one more than a page holds.</summary>
    internal abstract ValueTask<IEnumerable<Activity>> ReadAsync(ActivityPlace place, ActivityQuery query, CancellationToken ct);

    /// <summary>How many are asked for.</summary>
    internal abstract ValueTask<long> CountAsync(ActivityPlace place, ActivityQuery query, CancellationToken ct);
}

/// <summary>Records each of which was minted when it happened.</summary>
/// <param name="prefix">Prefix of their ids.</param>
/// <param name="letter">Tells their activities from others.</param>
/// <param name="types">Names of the activities.</param>
/// <param name="idOf">A record's id.</param>
/// <param name="rows">The customer's records of the wanted types, narrowed as the query asks; null: such a query finds none.</param>
/// <param name="typeOf">Which activity a record tells of.</param>
internal sealed class RecordSource<T>(
    string prefix, char letter, string[] types, Func<T, string> idOf, Func<ActivityPlace, ActivityQuery, IQueryable<T>?> rows, Func<T, string> typeOf) : ActivitySource
    where T : class
{
    internal override IReadOnlyList<string> Types => types;

    internal override async ValueTask<IEnumerable<Activity>> ReadAsync(ActivityPlace place, ActivityQuery query, CancellationToken ct)
    {
        if (rows(place, query) is not { } found) return [];
        // One more than asked for says whether there is a next page; another one may be that of the cursor.
        var read = await query.Within(found, prefix).Take(query.Limit + 2).ToListAsync(ct);
        return read.Select(r => new Activity(ActivityKey.Of(Ids.MintedAt(idOf(r)), idOf(r), letter), typeOf(r), r));
    }

    internal override async ValueTask<long> CountAsync(ActivityPlace place, ActivityQuery query, CancellationToken ct) =>
        rows(place, query) is { } found ? await query.Within(found, prefix).LongCountAsync(ct) : 0;
}

/// <summary>The last change of each order; what an order was before is not kept.</summary>
internal sealed class OrderChanges : ActivitySource
{
    private const char Letter = 'x';

    internal override IReadOnlyList<string> Types { get; } = ["customer.order.updated", "customer.order.paid", "customer.order.canceled", "customer.order.fulfilled"];

    internal override async ValueTask<IEnumerable<Activity>> ReadAsync(ActivityPlace place, ActivityQuery query, CancellationToken ct)
    {
        if (ActivityRows.Orders(place, query) is not { } orders) return [];
        var read = await query.WithinChanges(Changed(orders, query)).Take(query.Limit + 2).ToListAsync(ct);
        return read.Select(o => new Activity(ActivityKey.Of(o.UpdatedAt ?? o.CreatedAt, o.Id, Letter), TypeOf(o.Status), o));
    }

    internal override async ValueTask<long> CountAsync(ActivityPlace place, ActivityQuery query, CancellationToken ct) =>
        ActivityRows.Orders(place, query) is { } orders ? await query.WithinChanges(Changed(orders, query)).LongCountAsync(ct) : 0;

    // An order that was made paid was paid, too; one that was only made did not change.
    private static IQueryable<Order> Changed(IQueryable<Order> orders, ActivityQuery query) => query.Type switch
    {
        "customer.order.paid" => orders.Where(o => o.Status == "PAID"),
        "customer.order.canceled" => orders.Where(o => o.Status == "CANCELED"),
        "customer.order.fulfilled" => orders.Where(o => o.Status == "FULFILLED"),
        "customer.order.updated" => orders.Where(o => o.Status == "CREATED" && o.UpdatedAt != null),
        _ => orders.Where(o => o.Status != "CREATED" || o.UpdatedAt != null),
    };

    private static string TypeOf(string status) => status switch
    {
        "PAID" => "customer.order.paid",
        "CANCELED" => "customer.order.canceled",
        "FULFILLED" => "customer.order.fulfilled",
        _ => "customer.order.updated",
    };
}

/// <summary>The customer's own last change.</summary>
internal sealed class CustomerChanges : ActivitySource
{
    private const char Letter = 'u';

    internal override IReadOnlyList<string> Types { get; } = ["customer.updated"];

    internal override ValueTask<IEnumerable<Activity>> ReadAsync(ActivityPlace place, ActivityQuery query, CancellationToken ct)
    {
        var customer = place.Customer;
        return ValueTask.FromResult<IEnumerable<Activity>>(customer.UpdatedAt is { } at && query is { NamesCampaigns: false, ProductId: null }
            ? [new Activity(ActivityKey.Of(at, customer.Id, Letter), Types[0], customer)]
            : []);
    }

    internal override async ValueTask<long> CountAsync(ActivityPlace place, ActivityQuery query, CancellationToken ct) =>
        (await ReadAsync(place, query, ct)).Count(a => query.Contains(a.Key));
}
