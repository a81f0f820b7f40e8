using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Qualifications;

/// <summary>
/// <c>options.filters</c>: conditions on vouchers and tiers, applied in the database. A field or condition that is not
/// listed here is refused, never skipped.
/// </summary>
internal sealed class QualificationFilters
{
    private const int MaxValues = 500;
    private readonly List<(string Field, string Operator, List<string> Values)> _conditions;

    private QualificationFilters(List<(string, string, List<string>)> conditions) => _conditions = conditions;

    /// <summary>Whether the request names codes or resources: then codes of campaigns are looked at too.</summary>
    internal bool NamesVouchers => _conditions.Exists(c => c.Field is "code" or "resource_id" or "campaign_id" && c.Operator is "$is" or "$in");

    /// <summary>The codes that the request asks for by name.</summary>
    internal IEnumerable<string> Codes => _conditions.Where(c => c is { Field: "code", Operator: "$is" or "$in" }).SelectMany(c => c.Values).Distinct();

    internal static Result<QualificationFilters> Parse(JsonText? json)
    {
        List<(string, string, List<string>)> conditions = [];
        if (json is not { } text) return new QualificationFilters(conditions);
        using var document = JsonDocument.Parse(text.Text);
        if (document.RootElement.ValueKind != JsonValueKind.Object) return CommonErrors.InvalidPayload("options.filters must be an object.");
        foreach (var field in document.RootElement.EnumerateObject())
        {
            var path = $"options.filters.{field.Name}";
            if (field.Name == "junction")
            {
                if (field.Value.ValueKind != JsonValueKind.String || !string.Equals(field.Value.GetString(), "and", StringComparison.OrdinalIgnoreCase))
                    return CommonErrors.InvalidPayload("options.filters.junction must be and.");
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
                conditions.Add((field.Name, condition.Name, [.. values.Select(v => v.ToString())]));
            }
        }

        return new QualificationFilters(conditions);
    }

    internal IQueryable<Voucher> Apply(VouchsafeDbContext db, IQueryable<Voucher> vouchers)
    {
        foreach (var (field, condition, values) in _conditions)
        {
            List<VoucherType> types = [.. Enum.GetValues<VoucherType>().Where(t => values.Contains(Vouchers.VoucherResponse.TypeName(t)))];
            List<CampaignType> kinds = [.. Enum.GetValues<CampaignType>().Where(t => values.Contains(WireNames.Of(t)))];
            var matching = (field, Asks(condition)) switch
            {
                (_, null) => Presence(vouchers, field, condition),
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
            vouchers = Asks(condition) is false ? vouchers.Where(v => !matching.Any(m => m.Id == v.Id)) : matching;
        }

        return vouchers;
    }

    internal IQueryable<PromotionTier> Apply(IQueryable<PromotionTier> tiers)
    {
        foreach (var (field, condition, values) in _conditions)
        {
            List<CampaignType> kinds = [.. Enum.GetValues<CampaignType>().Where(t => values.Contains(WireNames.Of(t)))];
            var matching = (field, Asks(condition)) switch
            {
                ("category_id", null) => condition == "$has_value" ? tiers.Where(t => t.CategoryId != null) : tiers.Where(t => t.CategoryId == null),
                ("campaign_id", null) => condition == "$has_value" ? tiers : tiers.Where(t => false),
                ("resource_id", _) => tiers.Where(t => values.Contains(t.Id)),
                ("campaign_id", _) => tiers.Where(t => values.Contains(t.CampaignId)),
                ("category_id", _) => tiers.Where(t => values.Contains(t.CategoryId!)),
                ("campaign_type", _) => tiers.Where(t => kinds.Contains(CampaignType.Promotion)),
                ("resource_type", _) => values.Contains("promotion_tier") ? tiers : tiers.Where(t => false),
                // A tier has no code and no type of voucher.
                _ => tiers.Where(t => false),
            };
            tiers = Asks(condition) is false ? tiers.Where(t => !matching.Any(m => m.Id == t.Id)) : matching;
        }

        return tiers;
    }

    // True: among the values; false: not among them; null: a question about presence.
    private static bool? Asks(string condition) => condition switch
    {
        "$is" or "$in" => true,
        "$is_not" or "$not_in" => false,
        _ => null,
    };

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
