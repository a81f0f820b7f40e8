using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>The conditions of <c>filters</c> on campaigns. A field or operator that is not listed here is refused, never skipped.</summary>
internal static class CampaignFilters
{
    internal static Result<IQueryable<Campaign>> Apply(VouchsafeDbContext db, IQueryable<Campaign> campaigns, BracketQuery.Filter filter, DateTimeOffset now)
    {
        var values = filter.Values;
        return filter.Field switch
        {
            "campaigns" => Text(filter, () => campaigns.Where(c => values.Contains(c.Name)), () => campaigns.Where(c => !values.Contains(c.Name))),
            "campaigns_id" => Text(filter, () => campaigns.Where(c => values.Contains(c.Id)), () => campaigns.Where(c => !values.Contains(c.Id))),
            "category_ids" => Text(filter,
                () => campaigns.Where(c => values.Contains(c.CategoryId!)), () => campaigns.Where(c => c.CategoryId == null || !values.Contains(c.CategoryId))),
            "categories" => Text(filter,
                () => campaigns.Where(c => db.Categories.Any(k => k.Id == c.CategoryId && values.Contains(k.Name))),
                () => campaigns.Where(c => !db.Categories.Any(k => k.Id == c.CategoryId && values.Contains(k.Name)))),
            "type" => Modes(campaigns, filter),
            "active" => Active(campaigns, filter, now),
            "start_date" => Instant(filter, at => campaigns.Where(c => c.StartDate < at), at => campaigns.Where(c => c.StartDate > at)),
            "expiration_date" => Instant(filter, at => campaigns.Where(c => c.ExpirationDate < at), at => campaigns.Where(c => c.ExpirationDate > at)),
            "created_date" => Instant(filter, at => campaigns.Where(c => c.CreatedAt < at), at => campaigns.Where(c => c.CreatedAt > at)),
            _ => CommonErrors.InvalidQuery($"filters[{filter.Field}] is not a field that campaigns can be filtered by."),
        };
    }

    private static ApiError UnknownOperator(BracketQuery.Filter filter) =>
        CommonErrors.InvalidQuery($"filters[{filter.Field}] does not take the condition {filter.Operator}.");

    private static Result<IQueryable<Campaign>> Text(
        BracketQuery.Filter filter, Func<IQueryable<Campaign>> among, Func<IQueryable<Campaign>> notAmong) => filter.Operator switch
    {
        "$is" or "$in" => Result.Of(among()),
        "$is_not" or "$not_in" => Result.Of(notAmong()),
        _ => UnknownOperator(filter),
    };

    private static Result<IQueryable<Campaign>> Modes(IQueryable<Campaign> campaigns, BracketQuery.Filter filter)
    {
        List<CampaignMode> modes = [];
        foreach (var value in filter.Values)
        {
            // BULK stands for the two modes with many codes.
            if (value == "BULK") modes.AddRange([CampaignMode.AutoUpdate, CampaignMode.Static]);
            else if (WireNames.TryParse<CampaignMode>(value, out var mode)) modes.Add(mode);
            else return CommonErrors.InvalidQuery("filters[type] must be one of: AUTO_UPDATE, BULK, STANDALONE, STATIC.");
        }

        return Text(filter, () => campaigns.Where(c => modes.Contains(c.Mode)), () => campaigns.Where(c => !modes.Contains(c.Mode)));
    }

    private static Result<IQueryable<Campaign>> Active(IQueryable<Campaign> campaigns, BracketQuery.Filter filter, DateTimeOffset now) => filter.Operator switch
    {
        "$enabled" => Result.Of(campaigns.Where(c => c.Active)),
        "$disabled" => Result.Of(campaigns.Where(c => !c.Active)),
        "$expired" => Result.Of(campaigns.Where(c => c.ExpirationDate < now)),
        "$active" => Result.Of(campaigns.Where(c => c.Active && (c.StartDate == null || c.StartDate <= now) && (c.ExpirationDate == null || c.ExpirationDate >= now))),
        _ => UnknownOperator(filter),
    };

    private static Result<IQueryable<Campaign>> Instant(
        BracketQuery.Filter filter, Func<DateTimeOffset, IQueryable<Campaign>> before, Func<DateTimeOffset, IQueryable<Campaign>> after)
    {
        if (filter.Values is not [var text] || !InstantConverter.TryParse(text, out var instant))
            return CommonErrors.InvalidQuery($"filters[{filter.Field}] takes one ISO 8601 date and time.");
        return filter.Operator switch
        {
            "$before" => Result.Of(before(instant)),
            "$after" => Result.Of(after(instant)),
            _ => UnknownOperator(filter),
        };
    }
}
