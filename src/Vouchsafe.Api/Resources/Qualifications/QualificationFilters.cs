using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Qualifications;

/// <summary>
/// <c>options.filters</c>: conditions on vouchers, tiers and campaigns, applied in the database. A field or condition that is not
/// listed here is refused, never skipped.
/// </summary>
internal sealed class QualificationFilters
{
    private const int MaxValues = 500;
    private readonly List<Condition> _conditions;
    private readonly bool _any;

    private QualificationFilters(List<Condition> conditions, bool any) => (_conditions, _any) = (conditions, any && conditions.Count > 0);

    private sealed record Condition(string Field, string Operator, List<string> Values)
    {
        /// <summary>True: among the values; false: not among them; null: a question about presence.</summary>
        internal bool? Asks => Operator switch
        {
            "$is" or "$in" => true,
            "$is_not" or "$not_in" => false,
            _ => null,
        };
    }

    /// <summary>The codes that the request asks for by name.</summary>
    internal IEnumerable<string> Codes => _conditions.Where(c => c is { Field: "code", Operator: "$is" or "$in" }).SelectMany(c => c.Values).Distinct();

    internal static Result<QualificationFilters> Parse(JsonText? json)
    {
        List<Condition> conditions = [];
        var any = false;
        if (json is not { } text) return new QualificationFilters(conditions, any);
        using var document = JsonDocument.Parse(text.Text);
        if (document.RootElement.ValueKind != JsonValueKind.Object) return CommonErrors.InvalidPayload("options.filters must be an object.");
        foreach (var field in document.RootElement.EnumerateObject())
        {
            var path = $"options.filters.{field.Name}";
            if (field.Name == "junction")
            {
                var junction = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString() : null;
                any = string.Equals(junction, "or", StringComparison.OrdinalIgnoreCase);
                if (!any && !string.Equals(junction, "and", StringComparison.OrdinalIgnoreCase))
                    return CommonErrors.InvalidPayload("options.filters.junction must be one of: and, or.");
                continue;
            }

            if (field.Name is not ("category_id" or "campaign_id" or "campaign_type" or "resource_id" or "resource_type" or "voucher_type" or "code" or "holder_role"))
                return CommonErrors.InvalidPayload($"{path} is not a field that can be filtered.");
            if (field.Value.ValueKind != JsonValueKind.Object || !field.Value.TryGetProperty("conditions", out var given) || given.ValueKind != JsonValueKind.Object)
                return CommonErrors.InvalidPayload($"{path}.conditions must be an object.");
            foreach (var condition in given.EnumerateObject())
            {
                if (condition.Name is not ("$is" or "$in" or "$is_not" or "$not_in" or "$has_value" or "$is_unknown"))
                    return CommonErrors.InvalidPayload($"{path}.conditions.{condition.Name} is not a known condition.");
                JsonElement[] values = condition.Value.ValueKind == JsonValueKind.Array ? [.. condition.Value.EnumerateArray()] : [condition.Value];
                if (values.Length > MaxValues || (condition.Name is not ("$has_value" or "$is_unknown") && values.Any(v => v.ValueKind != JsonValueKind.String)))
                    return CommonErrors.InvalidPayload($"{path}.conditions.{condition.Name} must hold up to {MaxValues} texts.");
                conditions.Add(new Condition(field.Name, condition.Name, [.. values.Select(v => v.ToString())]));
            }
        }

        return new QualificationFilters(conditions, any);
    }

    internal IQueryable<Voucher> Apply(VouchsafeDbContext db, IQueryable<Voucher> vouchers)
    {
        if (!_any) return _conditions.Aggregate(vouchers, (found, condition) => Holding(db, found, condition));
        var holding = _conditions.Select(condition => Holding(db, vouchers, condition)).Aggregate((one, other) => one.Concat(other));
        return vouchers.Where(v => holding.Any(h => h.Id == v.Id));
    }

    internal IQueryable<PromotionTier> Apply(IQueryable<PromotionTier> tiers)
    {
        if (!_any) return _conditions.Aggregate(tiers, Holding);
        var holding = _conditions.Select(condition => Holding(tiers, condition)).Aggregate((one, other) => one.Concat(other));
        return tiers.Where(t => holding.Any(h => h.Id == t.Id));
    }

    internal IQueryable<Campaign> Apply(IQueryable<Campaign> campaigns)
    {
        if (!_any) return _conditions.Aggregate(campaigns, Holding);
        var holding = _conditions.Select(condition => Holding(campaigns, condition)).Aggregate((one, other) => one.Concat(other));
        return campaigns.Where(c => holding.Any(h => h.Id == c.Id));
    }

    private static IQueryable<Voucher> Holding(VouchsafeDbContext db, IQueryable<Voucher> vouchers, Condition condition)
    {
        var values = condition.Values;
        List<VoucherType> types = [.. Enum.GetValues<VoucherType>().Where(t => values.Contains(Vouchers.VoucherResponse.TypeName(t)))];
        List<CampaignType> kinds = [.. Enum.GetValues<CampaignType>().Where(t => values.Contains(WireNames.Of(t)))];
        var matching = (condition.Field, condition.Asks) switch
        {
            (_, null) => Presence(vouchers, condition.Field, condition.Operator),
            ("code", _) => vouchers.Where(v => values.Contains(v.Code)),
            ("resource_id", _) => vouchers.Where(v => values.Contains(v.Id)),
            ("campaign_id", _) => vouchers.Where(v => values.Contains(v.CampaignId!)),
            ("category_id", _) => vouchers.Where(v => values.Contains(v.CategoryId!)),
            ("voucher_type", _) => vouchers.Where(v => types.Contains(v.Type)),
            ("campaign_type", _) => vouchers.Where(v => db.Campaigns.Any(c => c.Id == v.CampaignId && kinds.Contains(c.CampaignType))),
            ("resource_type", _) => values.Contains("voucher") ? vouchers : vouchers.Where(v => false),
            // Only referral codes have a holder in another role.
            ("holder_role", _) => values.Contains("OWNER") ? vouchers : vouchers.Where(v => false),
            _ => vouchers,
        };
        return condition.Asks is false ? vouchers.Where(v => !matching.Any(m => m.Id == v.Id)) : matching;
    }

    private static IQueryable<PromotionTier> Holding(IQueryable<PromotionTier> tiers, Condition condition)
    {
        var values = condition.Values;
        List<CampaignType> kinds = [.. Enum.GetValues<CampaignType>().Where(t => values.Contains(WireNames.Of(t)))];
        var matching = (condition.Field, condition.Asks) switch
        {
            ("category_id", null) => condition.Operator == "$has_value" ? tiers.Where(t => t.CategoryId != null) : tiers.Where(t => t.CategoryId == null),
            ("campaign_id", null) => condition.Operator == "$has_value" ? tiers : tiers.Where(t => false),
            ("resource_id", _) => tiers.Where(t => values.Contains(t.Id)),
            ("campaign_id", _) => tiers.Where(t => values.Contains(t.CampaignId)),
            ("category_id", _) => tiers.Where(t => values.Contains(t.CategoryId!)),
            ("campaign_type", _) => tiers.Where(t => kinds.Contains(CampaignType.Promotion)),
            ("resource_type", _) => values.Contains("promotion_tier") ? tiers : tiers.Where(t => false),
            // A tier has no code and no type of voucher.
            _ => tiers.Where(t => false),
        };
        return condition.Asks is false ? tiers.Where(t => !matching.Any(m => m.Id == t.Id)) : matching;
    }

    private static IQueryable<Campaign> Holding(IQueryable<Campaign> campaigns, Condition condition)
    {
        var values = condition.Values;
        List<CampaignType> kinds = [.. Enum.GetValues<CampaignType>().Where(t => values.Contains(WireNames.Of(t)))];
        var matching = (condition.Field, condition.Asks) switch
        {
            ("category_id", null) => condition.Operator == "$has_value" ? campaigns.Where(c => c.CategoryId != null) : campaigns.Where(c => c.CategoryId == null),
            ("campaign_id" or "campaign_type", null) => condition.Operator == "$has_value" ? campaigns : campaigns.Where(c => false),
            ("resource_id" or "campaign_id", _) => campaigns.Where(c => values.Contains(c.Id)),
            ("category_id", _) => campaigns.Where(c => values.Contains(c.CategoryId!)),
            ("campaign_type", _) => campaigns.Where(c => kinds.Contains(c.CampaignType)),
            ("resource_type", _) => values.Contains("campaign") ? campaigns : campaigns.Where(c => false),
            // A campaign has no code and no holder.
            _ => campaigns.Where(c => false),
        };
        return condition.Asks is false ? campaigns.Where(c => !matching.Any(m => m.Id == c.Id)) : matching;
    }

    private static IQueryable<Voucher> Presence(IQueryable<Voucher> vouchers, string field, string condition) => (field, condition) switch
    {
        ("campaign_id" or "campaign_type", "$has_value") => vouchers.Where(v => v.CampaignId != null),
        ("campaign_id" or "campaign_type", _) => vouchers.Where(v => v.CampaignId == null),
        ("category_id", "$has_value") => vouchers.Where(v => v.CategoryId != null),
        ("category_id", _) => vouchers.Where(v => v.CategoryId == null),
        (_, "$has_value") => vouchers,
        _ => vouchers.Where(v => false),
    };
}
