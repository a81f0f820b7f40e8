using System.Text.Json.Nodes;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.ValidationRules;

/// <summary>A validation rule as requests write one.</summary>
internal sealed record ValidationRulePayload
{
    /// <summary>Longest rule kept, as text.</summary>
    private const int LongestRule = 256 * 1024;

    private static readonly HashSet<string> ContextTypes = [.. ReadContextTypes()];

    public Optional<string> Name { get; init; }
    public Optional<JsonText?> Rules { get; init; }
    public Optional<JsonText?> BundleRules { get; init; }
    public Optional<JsonText?> ApplicableTo { get; init; }
    public Optional<JsonText?> Error { get; init; }
    public string? Type { get; init; }
    public string? ContextType { get; init; }

    /// <summary>What is wrong with the members that are not the rule itself.</summary>
    internal ApiError? Problem(bool isNew) =>
        (string.IsNullOrEmpty(Name.Value) && (isNew || Name.IsPresent) ? CommonErrors.InvalidPayload("Payload should have required property 'name'") : null)
        ?? Check.Text(Name.Value, "name") ?? Check.OneOf(Type, "type", "expression", "basic", "advanced", "complex")
        ?? (ContextType is not null && !ContextTypes.Contains(ContextType) ? CommonErrors.InvalidPayload("context_type is not a known context.") : null)
        ?? Part(Rules, "rules") ?? Part(BundleRules, "bundle_rules") ?? Part(ApplicableTo, "applicable_to") ?? Part(Error, "error");

    /// <summary>Writes into a rule what this names, and nothing else; what is wrong with the rule that comes of it, or null.</summary>
    internal ApiError? Apply(ValidationRule rule)
    {
        rule.Name = Name.Value ?? rule.Name;
        rule.Type = Type ?? rule.Type;
        rule.ContextType = ContextType ?? rule.ContextType;
        if (Rules.IsPresent) rule.RulesJson = Rules.Value?.Text;
        if (BundleRules.IsPresent) rule.BundleRulesJson = BundleRules.Value?.Text ?? "{}";
        if (Error.IsPresent) rule.ErrorJson = Error.Value?.Text;
        if (ApplicableTo.IsPresent) rule.ApplicableToJson = ApplicableTo.Value is { } given ? Complete(given) : null;
        return RuleDefinition.Problem(rule);
    }

    private static ApiError? Part(Optional<JsonText?> part, string field) =>
        part.Value is not { } json ? null
        : !json.IsObject ? ValidationRuleErrors.Invalid($"{field} must be an object.")
        : json.Text.Length > LongestRule ? ValidationRuleErrors.Invalid($"{field} may hold {LongestRule} characters at most.")
        : null;

    // Clients read all three members and every effect, so what was left out is written out: nothing included by name means everything.
    private static string Complete(JsonText given)
    {
        var node = JsonNode.Parse(given.Text)!.AsObject();
        node.TryAdd("excluded", new JsonArray());
        node.TryAdd("included", new JsonArray());
        node.TryAdd("included_all", node["included"] is JsonArray { Count: 0 });
        foreach (var entry in (node["included"] as JsonArray ?? []).OfType<JsonObject>()) entry.TryAdd("effect", "APPLY_TO_EVERY");
        return node.ToJsonString(WireJson.Options);
    }

    private static IEnumerable<string> ReadContextTypes()
    {
        string[] effects =
        [
            "", ".discount.apply_to_order", ".discount.apply_to_items", ".discount.apply_to_items_proportionally",
            ".discount.apply_to_items_proportionally_by_quantity", ".discount.apply_to_items_by_quantity",
            ".discount.fixed.apply_to_items", ".discount.percent.apply_to_items",
        ];
        string[] discounted = ["campaign.discount_coupons", "campaign.referral_program", "campaign.promotion", "voucher.discount_voucher"];
        string[] gifts = ["campaign.gift_vouchers", "voucher.gift_voucher"];
        string[] others =
        [
            "campaign.loyalty_program", "voucher.loyalty_card", "distribution.custom_event", "distribution.order.paid",
            "distribution.order.created", "distribution.order.canceled", "distribution.order.updated", "reward_assignment.pay_with_points",
            "earning_rule.order.paid", "earning_rule.custom_event", "earning_rule.customer.segment.entered", "earning_rule.customer.tier.joined",
            "earning_rule.customer.tier.left", "earning_rule.customer.tier.upgraded", "earning_rule.customer.tier.downgraded",
            "earning_rule.customer.tier.prolonged", "global",
        ];
        return [
            .. discounted.SelectMany(context => effects.Select(effect => context + effect)),
            .. gifts.SelectMany(context => new[] { context, context + ".gift.apply_to_order", context + ".gift.apply_to_items" }),
            .. others,
        ];
    }
}
