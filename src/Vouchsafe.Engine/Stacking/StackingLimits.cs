using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Engine.Stacking;

/// <summary>Counts what is applied and says when one more would pass a limit of the stacking rules.</summary>
internal sealed class StackingLimits(StackingRules rules)
{
    private readonly Dictionary<string, int> _perCategory = new(StringComparer.Ordinal);
    private int _applied;
    private int _exclusive;

    /// <summary>Why one more of this kind is skipped; null when it fits.</summary>
    public Reason? Check(Redeemable redeemable)
    {
        if (_applied >= rules.ApplicableRedeemablesLimit)
            return Reasons.ApplicableLimit();
        if (StackingClass.IsExclusive(redeemable, rules))
        {
            if (_exclusive >= rules.ApplicableExclusiveRedeemablesLimit)
                return Reasons.ApplicableExclusiveLimit();
            if (Full(redeemable, category => ExclusiveLimit(category.Id)))
                return Reasons.ApplicableExclusivePerCategoryLimit();
        }

        return Full(redeemable, category => CategoryLimit(category.Id)) ? Reasons.ApplicablePerCategoryLimit() : null;
    }

    public void Count(Redeemable redeemable)
    {
        _applied++;
        if (StackingClass.IsExclusive(redeemable, rules))
            _exclusive++;
        foreach (var category in redeemable.Categories)
            _perCategory[category.Id] = _perCategory.GetValueOrDefault(category.Id) + 1;
    }

    private bool Full(Redeemable redeemable, Func<RedeemableCategory, int?> limit) =>
        redeemable.Categories.Any(category => _perCategory.GetValueOrDefault(category.Id) >= limit(category));

    private int? CategoryLimit(string id) =>
        rules.ApplicableRedeemablesCategoryLimits.TryGetValue(id, out var own) ? own : rules.ApplicableRedeemablesPerCategoryLimit;

    private int? ExclusiveLimit(string id) =>
        rules.ExclusiveCategories.Contains(id) ? rules.ApplicableExclusiveRedeemablesPerCategoryLimit : null;
}
