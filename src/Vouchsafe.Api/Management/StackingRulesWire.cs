using System.Text.Json;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Stacking;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Management;

/// <summary>Stacking rules in wire form; a member that is not written stays as it is.</summary>
internal sealed record StackingRulesWire
{
    private const int MostCategories = 100;

    /// <summary>What a project has that never changed its rules.</summary>
    internal static readonly StackingRulesWire Default = From(StackingRules.Default);

    public IReadOnlyList<string>? ExclusiveCategories { get; init; }
    public IReadOnlyList<string>? JointCategories { get; init; }
    public int? RedeemablesLimit { get; init; }
    public int? ApplicableRedeemablesLimit { get; init; }
    public Optional<int?> ApplicableRedeemablesPerCategoryLimit { get; init; }
    public IReadOnlyDictionary<string, int>? ApplicableRedeemablesCategoryLimits { get; init; }
    public int? ApplicableExclusiveRedeemablesLimit { get; init; }
    public Optional<int?> ApplicableExclusiveRedeemablesPerCategoryLimit { get; init; }
    public string? DiscountCalculationMode { get; init; }
    public IReadOnlyList<string>? InitialAmountModeCategories { get; init; }
    public IReadOnlyList<string>? DiscountedAmountModeCategories { get; init; }
    public string? RedeemablesApplicationMode { get; init; }
    public string? RedeemablesSortingRule { get; init; }
    public string? GroupedRedeemablesSortingRule { get; init; }
    public string? RedeemablesProductsApplicationMode { get; init; }
    public string? RedeemablesNoEffectRule { get; init; }
    public IReadOnlyList<string>? NoEffectSkipCategories { get; init; }
    public IReadOnlyList<string>? NoEffectRedeemAnywayCategories { get; init; }
    public string? RedeemablesRollbackOrderMode { get; init; }

    /// <summary>These rules where they say something, else those.</summary>
    internal StackingRulesWire Over(StackingRulesWire old) => new()
    {
        ExclusiveCategories = ExclusiveCategories ?? old.ExclusiveCategories,
        JointCategories = JointCategories ?? old.JointCategories,
        RedeemablesLimit = RedeemablesLimit ?? old.RedeemablesLimit,
        ApplicableRedeemablesLimit = ApplicableRedeemablesLimit ?? old.ApplicableRedeemablesLimit,
        ApplicableRedeemablesPerCategoryLimit = Choose(ApplicableRedeemablesPerCategoryLimit, old.ApplicableRedeemablesPerCategoryLimit),
        ApplicableRedeemablesCategoryLimits = ApplicableRedeemablesCategoryLimits ?? old.ApplicableRedeemablesCategoryLimits,
        ApplicableExclusiveRedeemablesLimit = ApplicableExclusiveRedeemablesLimit ?? old.ApplicableExclusiveRedeemablesLimit,
        ApplicableExclusiveRedeemablesPerCategoryLimit =
            Choose(ApplicableExclusiveRedeemablesPerCategoryLimit, old.ApplicableExclusiveRedeemablesPerCategoryLimit),
        DiscountCalculationMode = DiscountCalculationMode ?? old.DiscountCalculationMode,
        InitialAmountModeCategories = InitialAmountModeCategories ?? old.InitialAmountModeCategories,
        DiscountedAmountModeCategories = DiscountedAmountModeCategories ?? old.DiscountedAmountModeCategories,
        RedeemablesApplicationMode = RedeemablesApplicationMode ?? old.RedeemablesApplicationMode,
        RedeemablesSortingRule = RedeemablesSortingRule ?? old.RedeemablesSortingRule,
        GroupedRedeemablesSortingRule = GroupedRedeemablesSortingRule ?? old.GroupedRedeemablesSortingRule,
        RedeemablesProductsApplicationMode = RedeemablesProductsApplicationMode ?? old.RedeemablesProductsApplicationMode,
        RedeemablesNoEffectRule = RedeemablesNoEffectRule ?? old.RedeemablesNoEffectRule,
        NoEffectSkipCategories = NoEffectSkipCategories ?? old.NoEffectSkipCategories,
        NoEffectRedeemAnywayCategories = NoEffectRedeemAnywayCategories ?? old.NoEffectRedeemAnywayCategories,
        RedeemablesRollbackOrderMode = RedeemablesRollbackOrderMode ?? old.RedeemablesRollbackOrderMode,
    };

    /// <summary>What is wrong with complete rules; null: nothing.</summary>
    internal ApiError? Problem() =>
        Check.Range(RedeemablesLimit, "redeemables_limit", 1, 30)
        ?? Check.Range(ApplicableRedeemablesLimit, "applicable_redeemables_limit", 1, 30)
        ?? Check.Range(ApplicableRedeemablesPerCategoryLimit.Value, "applicable_redeemables_per_category_limit", 1, 30)
        ?? Check.Range(ApplicableExclusiveRedeemablesLimit, "applicable_exclusive_redeemables_limit", 1, 5)
        ?? Check.Range(ApplicableExclusiveRedeemablesPerCategoryLimit.Value, "applicable_exclusive_redeemables_per_category_limit", 1, 30)
        ?? ApplicableRedeemablesCategoryLimits!.Select(l => Check.Range(l.Value, $"applicable_redeemables_category_limits.{l.Key}", 1, 30)).FirstOrDefault(e => e is not null)
        ?? NotAbove(ApplicableRedeemablesLimit, "applicable_redeemables_limit", RedeemablesLimit, "redeemables_limit")
        ?? NotAbove(ApplicableRedeemablesPerCategoryLimit.Value, "applicable_redeemables_per_category_limit", ApplicableRedeemablesLimit, "applicable_redeemables_limit")
        ?? NotAbove(ApplicableExclusiveRedeemablesPerCategoryLimit.Value, "applicable_exclusive_redeemables_per_category_limit",
            ApplicableExclusiveRedeemablesLimit, "applicable_exclusive_redeemables_limit")
        ?? ApplicableRedeemablesCategoryLimits!.Select(l => NotAbove(
            l.Value, $"applicable_redeemables_category_limits.{l.Key}", ApplicableRedeemablesLimit, "applicable_redeemables_limit")).FirstOrDefault(e => e is not null)
        ?? Check.OneOf(DiscountCalculationMode, "discount_calculation_mode", Names<DiscountCalculationMode>())
        ?? Check.OneOf(RedeemablesApplicationMode, "redeemables_application_mode", Names<ApplicationMode>())
        ?? Check.OneOf(RedeemablesSortingRule, "redeemables_sorting_rule", Names<SortingRule>())
        ?? Check.OneOf(GroupedRedeemablesSortingRule, "grouped_redeemables_sorting_rule", Names<GroupedSortingRule>())
        ?? Check.OneOf(RedeemablesProductsApplicationMode, "redeemables_products_application_mode", Names<ProductsApplicationMode>())
        ?? Check.OneOf(RedeemablesNoEffectRule, "redeemables_no_effect_rule", Names<NoEffectRule>())
        ?? Check.OneOf(RedeemablesRollbackOrderMode, "redeemables_rollback_order_mode", Names<RollbackOrderMode>())
        ?? Categories(ExclusiveCategories, "exclusive_categories") ?? Categories(JointCategories, "joint_categories")
        ?? Categories(InitialAmountModeCategories, "initial_amount_mode_categories")
        ?? Categories(DiscountedAmountModeCategories, "discounted_amount_mode_categories")
        ?? Categories(NoEffectSkipCategories, "no_effect_skip_categories")
        ?? Categories(NoEffectRedeemAnywayCategories, "no_effect_redeem_anyway_categories")
        ?? Apart(NoEffectSkipCategories, "no_effect_skip_categories", NoEffectRedeemAnywayCategories, "no_effect_redeem_anyway_categories");

    /// <summary>Complete rules as the engine takes them.</summary>
    internal StackingRules ToEngine() => new()
    {
        RedeemablesLimit = RedeemablesLimit!.Value,
        ApplicableRedeemablesLimit = ApplicableRedeemablesLimit!.Value,
        ApplicableRedeemablesPerCategoryLimit = ApplicableRedeemablesPerCategoryLimit.Value,
        ApplicableRedeemablesCategoryLimits = ApplicableRedeemablesCategoryLimits!,
        ApplicableExclusiveRedeemablesLimit = ApplicableExclusiveRedeemablesLimit!.Value,
        ApplicableExclusiveRedeemablesPerCategoryLimit = ApplicableExclusiveRedeemablesPerCategoryLimit.Value,
        ExclusiveCategories = [.. ExclusiveCategories!],
        JointCategories = [.. JointCategories!],
        ApplicationMode = Parse<ApplicationMode>(RedeemablesApplicationMode),
        SortingRule = Parse<SortingRule>(RedeemablesSortingRule),
        ProductsApplicationMode = Parse<ProductsApplicationMode>(RedeemablesProductsApplicationMode),
        NoEffectRule = Parse<NoEffectRule>(RedeemablesNoEffectRule),
        NoEffectSkipCategories = [.. NoEffectSkipCategories!],
        NoEffectRedeemAnywayCategories = [.. NoEffectRedeemAnywayCategories!],
        RollbackOrderMode = Parse<RollbackOrderMode>(RedeemablesRollbackOrderMode),
        GroupedSortingRule = Parse<GroupedSortingRule>(GroupedRedeemablesSortingRule),
        CalculationMode = Parse<DiscountCalculationMode>(DiscountCalculationMode),
        InitialAmountModeCategories = [.. InitialAmountModeCategories!],
        DiscountedAmountModeCategories = [.. DiscountedAmountModeCategories!],
    };

    /// <summary>The engine's rules in wire form, as validations and qualifications show them too.</summary>
    internal static StackingRulesWire From(StackingRules rules) => new()
    {
        ExclusiveCategories = [.. rules.ExclusiveCategories],
        JointCategories = [.. rules.JointCategories],
        RedeemablesLimit = rules.RedeemablesLimit,
        ApplicableRedeemablesLimit = rules.ApplicableRedeemablesLimit,
        ApplicableRedeemablesPerCategoryLimit = new(rules.ApplicableRedeemablesPerCategoryLimit),
        ApplicableRedeemablesCategoryLimits = rules.ApplicableRedeemablesCategoryLimits,
        ApplicableExclusiveRedeemablesLimit = rules.ApplicableExclusiveRedeemablesLimit,
        ApplicableExclusiveRedeemablesPerCategoryLimit = new(rules.ApplicableExclusiveRedeemablesPerCategoryLimit),
        DiscountCalculationMode = WireNames.Of(rules.CalculationMode),
        InitialAmountModeCategories = [.. rules.InitialAmountModeCategories],
        DiscountedAmountModeCategories = [.. rules.DiscountedAmountModeCategories],
        RedeemablesApplicationMode = WireNames.Of(rules.ApplicationMode),
        RedeemablesSortingRule = WireNames.Of(rules.SortingRule),
        GroupedRedeemablesSortingRule = WireNames.Of(rules.GroupedSortingRule),
        RedeemablesProductsApplicationMode = WireNames.Of(rules.ProductsApplicationMode),
        RedeemablesNoEffectRule = WireNames.Of(rules.NoEffectRule),
        NoEffectSkipCategories = [.. rules.NoEffectSkipCategories],
        NoEffectRedeemAnywayCategories = [.. rules.NoEffectRedeemAnywayCategories],
        RedeemablesRollbackOrderMode = WireNames.Of(rules.RollbackOrderMode),
    };

    /// <summary>Whether a list or limit names a category.</summary>
    internal bool Names(string categoryId) =>
        ApplicableRedeemablesCategoryLimits!.ContainsKey(categoryId) || CategoryLists.Any(list => list!.Contains(categoryId));

    /// <summary>Complete rules in which nothing names a category any more.</summary>
    internal StackingRulesWire Without(string categoryId)
    {
        IReadOnlyList<string> Rest(IReadOnlyList<string>? list) => [.. list!.Where(id => id != categoryId)];
        return this with
        {
            ExclusiveCategories = Rest(ExclusiveCategories),
            JointCategories = Rest(JointCategories),
            InitialAmountModeCategories = Rest(InitialAmountModeCategories),
            DiscountedAmountModeCategories = Rest(DiscountedAmountModeCategories),
            NoEffectSkipCategories = Rest(NoEffectSkipCategories),
            NoEffectRedeemAnywayCategories = Rest(NoEffectRedeemAnywayCategories),
            ApplicableRedeemablesCategoryLimits = ApplicableRedeemablesCategoryLimits!.Where(l => l.Key != categoryId).ToDictionary(),
        };
    }

    private IReadOnlyList<string>?[] CategoryLists =>
    [
        ExclusiveCategories, JointCategories, InitialAmountModeCategories, DiscountedAmountModeCategories, NoEffectSkipCategories, NoEffectRedeemAnywayCategories,
    ];

    internal string ToJson() => JsonSerializer.Serialize(this, WireJson.Options);

    /// <summary>What a row holds; members that a later version added have their defaults.</summary>
    internal static StackingRulesWire Read(StackingRulesEntry entry) => JsonSerializer.Deserialize<StackingRulesWire>(entry.RulesJson, WireJson.Options)!.Over(Default);

    private static Optional<int?> Choose(Optional<int?> given, Optional<int?> old) => given.IsPresent ? given : old;

    private static string[] Names<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(WireNames.Of)];

    private static T Parse<T>(string? name) where T : struct, Enum =>
        WireNames.TryParse<T>(name, out var value) ? value : throw new InvalidOperationException("The rules were not checked.");

    private static ApiError? NotAbove(int? value, string field, int? most, string mostField) =>
        value > most ? CommonErrors.InvalidPayload($"{field} must not be more than {mostField}.") : null;

    private static ApiError? Categories(IReadOnlyList<string>? ids, string field) =>
        ids!.Count > MostCategories || ids.Any(id => string.IsNullOrEmpty(id) || id.Length > Check.ShortText)
            ? CommonErrors.InvalidPayload($"{field} must hold up to {MostCategories} category ids.")
            : null;

    private static ApiError? Apart(IReadOnlyList<string>? left, string leftField, IReadOnlyList<string>? right, string rightField) =>
        left!.Intersect(right!).Any() ? CommonErrors.InvalidPayload($"{leftField} and {rightField} must not share a category.") : null;
}

/// <summary>A project's stacking rules on the management channel.</summary>
internal static class StackingRulesAnswer
{
    /// <summary>The wire form; the defaults have no id and no dates.</summary>
    internal static JsonElement From(StackingRulesEntry? entry)
    {
        var rules = entry is null ? StackingRulesWire.Default : StackingRulesWire.Read(entry);
        var node = JsonSerializer.SerializeToNode(rules, WireJson.Options)!.AsObject();
        if (entry is not null)
        {
            node.Insert(0, "id", entry.Id);
            node["created_at"] = WireJson.Format(entry.CreatedAt);
            if (entry.UpdatedAt is { } updated) node["updated_at"] = WireJson.Format(updated);
        }

        return JsonSerializer.SerializeToElement(node, WireJson.Options);
    }
}
