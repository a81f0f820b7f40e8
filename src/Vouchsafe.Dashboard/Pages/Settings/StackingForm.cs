using System.Text.Json;
using Vouchsafe.Dashboard.Shared;

namespace Vouchsafe.Dashboard.Pages.Settings;

/// <summary>A project's stacking rules while they are edited.</summary>
internal sealed class StackingForm
{
    public string? Id { get; set; }
    public int? RedeemablesLimit { get; set; }
    public int? ApplicableRedeemablesLimit { get; set; }
    public int? ApplicableRedeemablesPerCategoryLimit { get; set; }
    public Dictionary<string, int> ApplicableRedeemablesCategoryLimits { get; set; } = [];
    public int? ApplicableExclusiveRedeemablesLimit { get; set; }
    public int? ApplicableExclusiveRedeemablesPerCategoryLimit { get; set; }
    public List<string> ExclusiveCategories { get; set; } = [];
    public List<string> JointCategories { get; set; } = [];
    public string DiscountCalculationMode { get; set; } = "";
    public List<string> InitialAmountModeCategories { get; set; } = [];
    public List<string> DiscountedAmountModeCategories { get; set; } = [];
    public string RedeemablesApplicationMode { get; set; } = "";
    public string RedeemablesSortingRule { get; set; } = "";
    public string GroupedRedeemablesSortingRule { get; set; } = "";
    public string RedeemablesProductsApplicationMode { get; set; } = "";
    public string RedeemablesNoEffectRule { get; set; } = "";
    public List<string> NoEffectSkipCategories { get; set; } = [];
    public List<string> NoEffectRedeemAnywayCategories { get; set; } = [];
    public string RedeemablesRollbackOrderMode { get; set; } = "";

    /// <summary>What people call the members, in the order of the page.</summary>
    private static readonly (string Field, string Name, Func<StackingForm, object?> Value)[] Members =
    [
        ("redeemables_application_mode", "if one does not apply", f => f.RedeemablesApplicationMode),
        ("redeemables_limit", "most in a request", f => f.RedeemablesLimit),
        ("applicable_redeemables_limit", "most applied", f => f.ApplicableRedeemablesLimit),
        ("applicable_redeemables_per_category_limit", "most of a category", f => f.ApplicableRedeemablesPerCategoryLimit),
        ("applicable_exclusive_redeemables_limit", "most exclusive", f => f.ApplicableExclusiveRedeemablesLimit),
        ("applicable_exclusive_redeemables_per_category_limit", "most of an exclusive category", f => f.ApplicableExclusiveRedeemablesPerCategoryLimit),
        ("redeemables_sorting_rule", "order", f => f.RedeemablesSortingRule),
        ("grouped_redeemables_sorting_rule", "place of joint categories", f => f.GroupedRedeemablesSortingRule),
        ("discount_calculation_mode", "how percentages are measured", f => f.DiscountCalculationMode),
        ("redeemables_products_application_mode", "several discounts on one product", f => f.RedeemablesProductsApplicationMode),
        ("redeemables_no_effect_rule", "discounts without effect", f => f.RedeemablesNoEffectRule),
        ("redeemables_rollback_order_mode", "rollbacks", f => f.RedeemablesRollbackOrderMode),
        ("exclusive_categories", "exclusive categories", f => f.ExclusiveCategories),
        ("joint_categories", "joint categories", f => f.JointCategories),
        ("applicable_redeemables_category_limits", "limits of categories", f => f.ApplicableRedeemablesCategoryLimits),
        ("initial_amount_mode_categories", "categories measured on the initial amount", f => f.InitialAmountModeCategories),
        ("discounted_amount_mode_categories", "categories measured on the discounted amount", f => f.DiscountedAmountModeCategories),
        ("no_effect_skip_categories", "categories skipped without effect", f => f.NoEffectSkipCategories),
        ("no_effect_redeem_anyway_categories", "categories redeemed without effect", f => f.NoEffectRedeemAnywayCategories),
    ];

    internal StackingForm Copy() => JsonSerializer.Deserialize<StackingForm>(JsonSerializer.Serialize(this, DashboardJson.Options), DashboardJson.Options)!;

    /// <summary>The names of what differs.</summary>
    internal List<string> ChangesFrom(StackingForm saved) => [.. Differing(saved).Select(m => m.Name)];

    /// <summary>The body that changes what differs and nothing else.</summary>
    internal Dictionary<string, object?> BodyFor(StackingForm saved) => Differing(saved).ToDictionary(m => m.Field, m => m.Value(this));

    /// <summary>The one of two lists that holds the category, by name; empty: neither.</summary>
    internal static string ListOf(string categoryId, (string Name, List<string> Ids) first, (string Name, List<string> Ids) second) =>
        first.Ids.Contains(categoryId) ? first.Name : second.Ids.Contains(categoryId) ? second.Name : "";

    /// <summary>Puts a category into one of two lists, or into neither.</summary>
    internal static void Put(string categoryId, string name, (string Name, List<string> Ids) first, (string Name, List<string> Ids) second)
    {
        foreach (var (listName, ids) in new[] { first, second })
        {
            ids.Remove(categoryId);
            if (listName == name) ids.Add(categoryId);
        }
    }

    internal void Limit(string categoryId, int? most)
    {
        if (most is { } number) ApplicableRedeemablesCategoryLimits[categoryId] = number;
        else ApplicableRedeemablesCategoryLimits.Remove(categoryId);
    }

    private IEnumerable<(string Field, string Name, Func<StackingForm, object?> Value)> Differing(StackingForm saved) =>
        Members.Where(m => Text(m.Value(this)) != Text(m.Value(saved)));

    // The order of a list of categories says nothing.
    private static string Text(object? value) => value switch
    {
        List<string> ids => string.Join(' ', ids.Order(StringComparer.Ordinal)),
        Dictionary<string, int> limits => string.Join(' ', limits.OrderBy(l => l.Key, StringComparer.Ordinal)),
        _ => value?.ToString() ?? "",
    };
}
