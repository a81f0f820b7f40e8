using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Loyalty;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Loyalties;

/// <summary>An earning rule as requests write one. What is not built is refused: a rule that gave points without its condition would be wrong.</summary>
internal sealed record EarningRulePayload
{
    public string? Event { get; init; }
    public EarningDefinition? Loyalty { get; init; }
    public SourceInfo? Source { get; init; }
    public bool? Active { get; init; }
    public Optional<DateTimeOffset?> StartDate { get; init; }
    public Optional<DateTimeOffset?> ExpirationDate { get; init; }
    public Optional<TimeframeDefinition> ValidityTimeframe { get; init; }
    public Optional<int[]> ValidityDayOfWeek { get; init; }
    public Optional<JsonText?> Metadata { get; init; }
    public JsonText? ValidationRuleId { get; init; }
    public JsonText? PendingPoints { get; init; }
    public JsonText? ExpirationRules { get; init; }
    public JsonText? CustomEvent { get; init; }
    public JsonText? Segment { get; init; }
    public JsonText? LoyaltyTier { get; init; }
    public JsonText? ValidityHours { get; init; }

    internal sealed record SourceInfo(string? Banner);

    /// <summary>What is wrong with it; null: nothing.</summary>
    /// <param name="path">Where it stands in the body, with a dot at the end, or nothing.</param>
    /// <param name="isNew">Whether it must be complete.</param>
    internal ApiError? Problem(string path, bool isNew) =>
        NotBuilt(path)
        ?? (isNew && Event is null ? CommonErrors.InvalidPayload($"{path}event is required.") : null)
        ?? (Event is not (null or "order.paid") ? CommonErrors.InvalidPayload($"{path}event must be order.paid; other events are not supported by this version.") : null)
        ?? (isNew && Loyalty is null ? CommonErrors.InvalidPayload($"{path}loyalty is required.") : null)
        ?? Check.Definition(Loyalty?.Check(path + "loyalty") ?? [], "invalid_payload", "Invalid payload")
        ?? Check.Text(Source?.Banner, path + "source.banner") ?? Check.Object(Metadata.Value, path + "metadata");

    /// <summary>Writes into a rule what this names; what is wrong with the rule that comes of it, or null.</summary>
    internal ApiError? Apply(EarningRule rule, Campaign campaign)
    {
        if (Loyalty is not null) rule.LoyaltyJson = VoucherTerms.ToJson(Loyalty)!;
        rule.Banner = Source?.Banner ?? rule.Banner;
        rule.Active = Active ?? rule.Active;
        rule.StartDate = StartDate.Or(rule.StartDate);
        rule.ExpirationDate = ExpirationDate.Or(rule.ExpirationDate);
        if (ValidityTimeframe.IsPresent) rule.ValidityTimeframeJson = VoucherTerms.ToJson(ValidityTimeframe.Value);
        if (ValidityDayOfWeek.IsPresent) rule.ValidityDayOfWeekJson = VoucherTerms.ToJson(ValidityDayOfWeek.Value);
        if (Metadata.IsPresent) rule.MetadataJson = Metadata.Value?.Text ?? "{}";
        return Check.Definition(EarningTerms.AvailabilityOf(rule, campaign).Check(), "invalid_payload", "Invalid payload");
    }

    private ApiError? NotBuilt(string path)
    {
        (string Name, JsonText? Value)[] members =
        [
            ("validation_rule_id", ValidationRuleId), ("pending_points", PendingPoints), ("expiration_rules", ExpirationRules), ("custom_event", CustomEvent),
            ("segment", Segment), ("loyalty_tier", LoyaltyTier), ("validity_hours", ValidityHours),
        ];
        var named = Array.Find(members, m => m.Value is { Text: not "null" }).Name;
        return named is null ? null : CommonErrors.InvalidPayload($"{path}{named} is not supported by this version.");
    }
}
