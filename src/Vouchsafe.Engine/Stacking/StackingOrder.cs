using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Engine.Stacking;

/// <summary>Puts the redeemables of a request into the order in which they are applied.</summary>
internal static class StackingOrder
{
    public static IReadOnlyList<Redeemable> Sort(IReadOnlyList<Redeemable> requested, StackingRules rules)
    {
        if (requested.Count < 2)
            return requested;
        var sorted = rules.SortingRule switch
        {
            SortingRule.RequestedOrder => requested,
            SortingRule.CategoryHierarchy => [.. requested.OrderBy(Hierarchy)],
        };
        var jointLast = rules.GroupedSortingRule == GroupedSortingRule.JointAlwaysLast
            && sorted.Any(redeemable => StackingClass.IsExclusive(redeemable, rules));
        return jointLast ? [.. sorted.OrderBy(redeemable => StackingClass.IsJoint(redeemable, rules))] : sorted;
    }

    // Without a category there is no priority to claim.
    private static int Hierarchy(Redeemable redeemable) =>
        redeemable.Categories.Count == 0 ? int.MaxValue : redeemable.Categories.Min(category => category.Hierarchy);
}

/// <summary>Whether a redeemable keeps others out, or cannot be kept out.</summary>
internal static class StackingClass
{
    public static bool IsJoint(Redeemable redeemable, StackingRules rules) => Has(redeemable, rules.JointCategories);

    /// <summary>A redeemable of a joint category is joint even when another of its categories is exclusive.</summary>
    public static bool IsExclusive(Redeemable redeemable, StackingRules rules) =>
        Has(redeemable, rules.ExclusiveCategories) && !IsJoint(redeemable, rules);

    public static bool Has(Redeemable redeemable, IReadOnlyCollection<string> categories) =>
        categories.Count > 0 && redeemable.Categories.Any(category => categories.Contains(category.Id));
}
