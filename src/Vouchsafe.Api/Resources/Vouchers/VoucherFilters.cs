using System.Globalization;
using System.Text.Json;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>The conditions of <c>filters</c> on vouchers. A field or operator that is not listed here is refused, never skipped.</summary>
internal static class VoucherFilters
{
    internal static Result<IQueryable<Voucher>> Apply(
        VouchsafeDbContext db, IQueryable<Voucher> vouchers, BracketQuery.Filter filter, DateTimeOffset now) => filter.Field switch
    {
        "active" => Active(vouchers, filter, now),
        "is_referral_code" => Referral(db, vouchers, filter),
        "redemption.redeemed_quantity" => Redeemed(db, vouchers, filter),
        "code" => Text(vouchers, filter, v => v.Where(x => filter.Values.Contains(x.Code)), v => v.Where(x => !filter.Values.Contains(x.Code))),
        "category" => Text(vouchers, filter, v => v.InCategories(db, filter.Values), v => v.OutsideCategories(db, filter.Values)),
        "campaign_id" => Text(vouchers, filter,
            v => v.Where(x => filter.Values.Contains(x.CampaignId!)), v => v.Where(x => x.CampaignId == null || !filter.Values.Contains(x.CampaignId))),
        "holder_id" => Text(vouchers, filter,
            v => v.Where(x => filter.Values.Contains(x.HolderId!)), v => v.Where(x => x.HolderId == null || !filter.Values.Contains(x.HolderId))),
        "type" => Type(vouchers, filter),
        "created_at" => Instant(filter, at => vouchers.Where(v => v.CreatedAt < at), at => vouchers.Where(v => v.CreatedAt > at)),
        "updated_at" => Instant(filter, at => vouchers.Where(v => v.UpdatedAt < at), at => vouchers.Where(v => v.UpdatedAt > at)),
        "start_date" => Instant(filter, at => vouchers.Where(v => v.StartDate < at), at => vouchers.Where(v => v.StartDate > at)),
        "expiration_date" => Instant(filter, at => vouchers.Where(v => v.ExpirationDate < at), at => vouchers.Where(v => v.ExpirationDate > at)),
        _ when filter.Field.StartsWith("metadata.", StringComparison.Ordinal) => Metadata(vouchers, filter),
        _ => CommonErrors.InvalidQuery($"filters[{filter.Field}] is not a field that vouchers can be filtered by."),
    };

    private static ApiError UnknownOperator(BracketQuery.Filter filter) =>
        CommonErrors.InvalidQuery($"filters[{filter.Field}] does not take the condition {filter.Operator}.");

    private static ApiError BadValue(BracketQuery.Filter filter, string expected) =>
        CommonErrors.InvalidQuery($"filters[{filter.Field}][conditions][{filter.Operator}] must be {expected}.");

    private static Result<IQueryable<Voucher>> Active(IQueryable<Voucher> vouchers, BracketQuery.Filter filter, DateTimeOffset now) => filter.Operator switch
    {
        "$enabled" => Result.Of(vouchers.Where(v => v.Active)),
        "$disabled" => Result.Of(vouchers.Where(v => !v.Active)),
        "$expired" => Result.Of(vouchers.Where(v => v.ExpirationDate < now)),
        "$active" => Result.Of(vouchers.Where(v => v.Active && (v.StartDate == null || v.StartDate <= now) && (v.ExpirationDate == null || v.ExpirationDate >= now))),
        "$is" when filter.Values is ["true" or "false"] => Result.Of(filter.Values[0] == "true" ? vouchers.Where(v => v.Active) : vouchers.Where(v => !v.Active)),
        _ => UnknownOperator(filter),
    };

    private static Result<IQueryable<Voucher>> Referral(VouchsafeDbContext db, IQueryable<Voucher> vouchers, BracketQuery.Filter filter) => filter switch
    {
        { Operator: "$is", Values: ["true"] } => Result.Of(vouchers.Where(v => db.Campaigns.Any(c => c.Id == v.CampaignId && c.CampaignType == CampaignType.ReferralProgram))),
        { Operator: "$is", Values: ["false"] } => Result.Of(vouchers.Where(v => !db.Campaigns.Any(c => c.Id == v.CampaignId && c.CampaignType == CampaignType.ReferralProgram))),
        _ => UnknownOperator(filter),
    };

    private static Result<IQueryable<Voucher>> Redeemed(VouchsafeDbContext db, IQueryable<Voucher> vouchers, BracketQuery.Filter filter)
    {
        if (filter.Values is not [var text] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return BadValue(filter, "an integer of 0 or more");
        var counted = from v in vouchers
                      let held = db.ValidationLocks.Where(l => l.RedeemableId == v.Id).Sum(l => l.Uses)
                      let uses = db.Counters.Where(c => c.Owner == v.Id && c.Kind == CounterKind.Uses).Sum(c => c.Value)
                      select new { Voucher = v, Redeemed = uses - held };
        return filter.Operator switch
        {
            "$is" => Result.Of(counted.Where(c => c.Redeemed == number).Select(c => c.Voucher)),
            "$is_not" => Result.Of(counted.Where(c => c.Redeemed != number).Select(c => c.Voucher)),
            "$more_than" => Result.Of(counted.Where(c => c.Redeemed > number).Select(c => c.Voucher)),
            "$less_than" => Result.Of(counted.Where(c => c.Redeemed < number).Select(c => c.Voucher)),
            "$more_than_equal" => Result.Of(counted.Where(c => c.Redeemed >= number).Select(c => c.Voucher)),
            "$less_than_equal" => Result.Of(counted.Where(c => c.Redeemed <= number).Select(c => c.Voucher)),
            _ => UnknownOperator(filter),
        };
    }

    private static Result<IQueryable<Voucher>> Text(
        IQueryable<Voucher> vouchers, BracketQuery.Filter filter,
        Func<IQueryable<Voucher>, IQueryable<Voucher>> among, Func<IQueryable<Voucher>, IQueryable<Voucher>> notAmong) => filter.Operator switch
    {
        "$is" or "$in" => Result.Of(among(vouchers)),
        "$is_not" or "$not_in" => Result.Of(notAmong(vouchers)),
        _ => UnknownOperator(filter),
    };

    private static Result<IQueryable<Voucher>> Type(IQueryable<Voucher> vouchers, BracketQuery.Filter filter)
    {
        var types = Enum.GetValues<VoucherType>().Where(t => filter.Values.Contains(VoucherResponse.TypeName(t))).ToList();
        return types.Count != filter.Values.Distinct().Count()
            ? BadValue(filter, "one of DISCOUNT_VOUCHER, GIFT_VOUCHER, LOYALTY_CARD")
            : Text(vouchers, filter, v => v.Where(x => types.Contains(x.Type)), v => v.Where(x => !types.Contains(x.Type)));
    }

    private static Result<IQueryable<Voucher>> Instant(
        BracketQuery.Filter filter, Func<DateTimeOffset, IQueryable<Voucher>> before, Func<DateTimeOffset, IQueryable<Voucher>> after)
    {
        if (filter.Values is not [var text] || !InstantConverter.TryParse(text, out var instant)) return BadValue(filter, "one ISO 8601 date and time");
        return filter.Operator switch
        {
            "$before" => Result.Of(before(instant)),
            "$after" => Result.Of(after(instant)),
            _ => UnknownOperator(filter),
        };
    }

    // Metadata is compact JSON text, so a member is found as text: its name, a colon, its value. In a string of metadata the
    // quotes are escaped and cannot be mistaken for a member. JSON functions of the database were rejected: the two providers
    // have none in common.
    private static Result<IQueryable<Voucher>> Metadata(IQueryable<Voucher> vouchers, BracketQuery.Filter filter)
    {
        var name = JsonSerializer.Serialize(filter.Field["metadata.".Length..], WireJson.Options) + ":";
        switch (filter.Operator)
        {
            case "$has_value":
                return Result.Of(vouchers.Where(v => v.MetadataJson.Contains(name)));
            case "$is_unknown":
                return Result.Of(vouchers.Where(v => !v.MetadataJson.Contains(name)));
            case "$is" or "$in" or "$is_not" or "$not_in" when filter.Values.Count is > 0 and <= 10:
                IQueryable<Voucher>? among = null;
                foreach (var value in filter.Values)
                {
                    var matching = WithMember(vouchers, name, value);
                    among = among is null ? matching : among.Union(matching);
                }

                var ids = among!.Select(v => v.Id);
                return Result.Of(filter.Operator is "$is" or "$in"
                    ? vouchers.Where(v => ids.Contains(v.Id))
                    : vouchers.Where(v => !ids.Contains(v.Id)));
            default:
                return UnknownOperator(filter);
        }
    }

    private static IQueryable<Voucher> WithMember(IQueryable<Voucher> vouchers, string name, string value)
    {
        var text = name + JsonSerializer.Serialize(value, WireJson.Options);
        if (value is not ("true" or "false") && !decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            return vouchers.Where(v => v.MetadataJson.Contains(text));
        var (inside, last) = (name + value + ",", name + value + "}");
        return vouchers.Where(v => v.MetadataJson.Contains(text) || v.MetadataJson.Contains(inside) || v.MetadataJson.Contains(last));
    }
}
