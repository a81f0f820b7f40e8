using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Customers.Activities;

/// <summary>What a list of activities is asked for.</summary>
/// <param name="Limit">Most entries.</param>
/// <param name="Ascending">Oldest first.</param>
/// <param name="After">Everything up to this key was shown before, in the direction of the list.</param>
/// <param name="Beyond">The same by an instant.</param>
/// <param name="Start">Nothing before it.</param>
/// <param name="End">Nothing after it.</param>
internal sealed record ActivityQuery(int Limit, bool Ascending, ActivityKey? After, DateTimeOffset? Beyond, DateTimeOffset? Start, DateTimeOffset? End)
{
    internal string? CampaignId { get; init; }
    internal CampaignType? CampaignType { get; init; }
    internal string? ProductId { get; init; }
    internal string? Category { get; init; }
    internal string? Type { get; init; }

    /// <summary>Whether only what has to do with certain campaigns is asked for.</summary>
    internal bool NamesCampaigns => CampaignId is not null || CampaignType is not null;

    /// <summary>The same without the place to go on from: all pages.</summary>
    internal ActivityQuery Whole => this with { After = null, Beyond = null };

    /// <summary>Reads what both lists take.</summary>
    internal static Result<ActivityQuery> Read(QueryReader query, params ReadOnlySpan<string> orders)
    {
        if (Page.Read(query).Failed(out var error, out var page)) return error;
        if (query.OneOf("order", "-created_at", orders).Failed(out error, out var order)) return error;
        if (query.Text("starting_after_id").Failed(out error, out var after)) return error;
        if (query.Instant("start_date").Failed(out error, out var start)) return error;
        if (query.Instant("end_date").Failed(out error, out var end)) return error;
        if (query.Text("campaign_id").Failed(out error, out var campaign)) return error;
        if (query.Text("campaign_type").Failed(out error, out var typeName)) return error;
        CampaignType? type = null;
        if (typeName is not null)
        {
            if (!WireNames.TryParse<CampaignType>(typeName, out var known)) return CommonErrors.InvalidQuery("campaign_type is not a known type of campaign.");
            type = known;
        }

        ActivityKey? cursor = null;
        if (after is not null)
        {
            cursor = ActivityKey.Parse(after);
            if (cursor is null) return CommonErrors.InvalidQuery("starting_after_id is not the id of an activity.");
        }

        return new ActivityQuery(page.Limit, !order.StartsWith('-'), cursor, null, start, end) { CampaignId = campaign, CampaignType = type };
    }

    /// <summary>Whether a key is asked for.</summary>
    internal bool Contains(ActivityKey key) =>
        (Start is not { } start || key.At >= start) && (End is not { } end || key.At <= end)
        && (Beyond is not { } beyond || (Ascending ? key.At > beyond : key.At < beyond))
        && (After is not { } after || (string.CompareOrdinal(key.Text, after.Text) is var side && (Ascending ? side > 0 : side < 0)));

    /// <summary>Rows minted when it happened, in the order of the list; the one of the cursor may be among them.</summary>
    /// <param name="rows">Rows with ids.</param>
    /// <param name="prefix">Prefix of their ids.</param>
    internal IQueryable<T> Within<T>(IQueryable<T> rows, string prefix) where T : class
    {
        // No digit comes after a tilde or before an exclamation mark.
        string?[] lower =
        [
            Start is { } start ? Ids.Earliest(prefix, start) : null,
            Ascending && Beyond is { } later ? Ids.Earliest(prefix, later) + "~" : null,
            Ascending && After is { } last ? $"{prefix}_{last.Tail}" : null,
        ];
        string?[] upper =
        [
            End is { } end ? Ids.Earliest(prefix, end) + "~" : null,
            !Ascending && Beyond is { } earlier ? Ids.Earliest(prefix, earlier) : null,
            !Ascending && After is { } first ? $"{prefix}_{first.Tail}!" : null,
        ];
        if (lower.OfType<string>().Max(StringComparer.Ordinal) is { } from) rows = rows.Where(r => string.Compare(EF.Property<string>(r, "Id"), from) >= 0);
        if (upper.OfType<string>().Min(StringComparer.Ordinal) is { } to) rows = rows.Where(r => string.Compare(EF.Property<string>(r, "Id"), to) < 0);
        return Ascending ? rows.OrderBy(r => EF.Property<string>(r, "Id")) : rows.OrderByDescending(r => EF.Property<string>(r, "Id"));
    }

    /// <summary>Orders by the instant of their last change, in the order of the list; the one of the cursor may be among them.</summary>
    internal IQueryable<Order> WithinChanges(IQueryable<Order> orders)
    {
        if (Start is { } start) orders = orders.Where(o => (o.UpdatedAt ?? o.CreatedAt) >= start);
        if (End is { } end) orders = orders.Where(o => (o.UpdatedAt ?? o.CreatedAt) <= end);
        if (Beyond is { } beyond) orders = Ascending ? orders.Where(o => (o.UpdatedAt ?? o.CreatedAt) > beyond) : orders.Where(o => (o.UpdatedAt ?? o.CreatedAt) < beyond);
        if (After is { At: var at, Random: var random })
            orders = Ascending
                ? orders.Where(o => (o.UpdatedAt ?? o.CreatedAt) > at || ((o.UpdatedAt ?? o.CreatedAt) == at && string.Compare(o.Id.Substring(RandomOfOrder), random) >= 0))
                : orders.Where(o => (o.UpdatedAt ?? o.CreatedAt) < at || ((o.UpdatedAt ?? o.CreatedAt) == at && string.Compare(o.Id.Substring(RandomOfOrder), random) <= 0));
        return Ascending
            ? orders.OrderBy(o => o.UpdatedAt ?? o.CreatedAt).ThenBy(o => o.Id.Substring(RandomOfOrder))
            : orders.OrderByDescending(o => o.UpdatedAt ?? o.CreatedAt).ThenByDescending(o => o.Id.Substring(RandomOfOrder));
    }

    // Where the random digits of an order's id begin: behind the prefix, the underscore and ten digits of time.
    private const int RandomOfOrder = 14;
}
