namespace Vouchsafe.Engine.Stacking;

/// <summary>Whether one refused redeemable refuses the request.</summary>
public enum ApplicationMode
{
    /// <summary>All or nothing.</summary>
    All,

    /// <summary>What can be applied is applied.</summary>
    Partial,
}

/// <summary>In which order redeemables are applied.</summary>
public enum SortingRule
{
    /// <summary>As the request lists them.</summary>
    RequestedOrder,

    /// <summary>By the hierarchy of their categories, lowest first.</summary>
    CategoryHierarchy,
}

/// <summary>Whether several discounts may fall on one product.</summary>
public enum ProductsApplicationMode
{
    /// <summary>They may.</summary>
    Stack,

    /// <summary>The first one wins.</summary>
    Once,
}

/// <summary>What happens to a redeemable that would change nothing.</summary>
public enum NoEffectRule
{
    /// <summary>It is used up all the same.</summary>
    RedeemAnyway,

    /// <summary>It is skipped.</summary>
    Skip,
}

/// <summary>What a rollback does to the order.</summary>
public enum RollbackOrderMode
{
    /// <summary>The order's discounts go with it.</summary>
    WithOrder,

    /// <summary>The order stays.</summary>
    WithoutOrder,
}

/// <summary>Where joint (always stackable) redeemables go.</summary>
public enum GroupedSortingRule
{
    /// <summary>After the exclusive ones.</summary>
    JointAlwaysLast,

    /// <summary>Where the sorting rule puts them.</summary>
    SortingRule,
}

/// <summary>What percentages and fixed prices are measured against.</summary>
public enum DiscountCalculationMode
{
    /// <summary>The amount before any discount.</summary>
    InitialAmount,

    /// <summary>What earlier discounts left.</summary>
    DiscountedAmount,
}

/// <summary>The project's stacking rules. The defaults are those of a fresh project.</summary>
public sealed record StackingRules
{
    /// <summary>A fresh project's rules.</summary>
    public static readonly StackingRules Default = new();

    /// <summary>Most redeemables in one request, 1 to 30.</summary>
    public int RedeemablesLimit { get; init; } = 30;

    /// <summary>Most redeemables applied in one request, 1 to 30.</summary>
    public int ApplicableRedeemablesLimit { get; init; } = 5;

    /// <summary>Most redeemables of one category applied; null means no limit. Those without category are not counted.</summary>
    public int? ApplicableRedeemablesPerCategoryLimit { get; init; } = 1;

    /// <summary>Limits of single categories, by id; they beat the limit per category.</summary>
    public IReadOnlyDictionary<string, int> ApplicableRedeemablesCategoryLimits { get; init; } = new Dictionary<string, int>();

    /// <summary>Most redeemables of exclusive categories applied, 1 to 5.</summary>
    public int ApplicableExclusiveRedeemablesLimit { get; init; } = 1;

    /// <summary>Most redeemables of one exclusive category applied; null means no limit.</summary>
    public int? ApplicableExclusiveRedeemablesPerCategoryLimit { get; init; } = 1;

    /// <summary>Categories that keep others out.</summary>
    public IReadOnlyCollection<string> ExclusiveCategories { get; init; } = [];

    /// <summary>Categories that exclusive ones do not keep out.</summary>
    public IReadOnlyCollection<string> JointCategories { get; init; } = [];

    /// <summary>All or nothing, or what can be applied.</summary>
    public ApplicationMode ApplicationMode { get; init; } = ApplicationMode.All;

    /// <summary>Order of application.</summary>
    public SortingRule SortingRule { get; init; } = SortingRule.RequestedOrder;

    /// <summary>Several discounts on one product.</summary>
    public ProductsApplicationMode ProductsApplicationMode { get; init; } = ProductsApplicationMode.Stack;

    /// <summary>Redeemables without effect.</summary>
    public NoEffectRule NoEffectRule { get; init; } = NoEffectRule.RedeemAnyway;

    /// <summary>Categories skipped without effect whatever the rule says.</summary>
    public IReadOnlyCollection<string> NoEffectSkipCategories { get; init; } = [];

    /// <summary>Categories redeemed without effect whatever the rule says.</summary>
    public IReadOnlyCollection<string> NoEffectRedeemAnywayCategories { get; init; } = [];

    /// <summary>What a rollback does to the order; the engine passes it on.</summary>
    public RollbackOrderMode RollbackOrderMode { get; init; } = RollbackOrderMode.WithOrder;

    /// <summary>Place of joint redeemables.</summary>
    public GroupedSortingRule GroupedSortingRule { get; init; } = GroupedSortingRule.JointAlwaysLast;

    /// <summary>What percentages are measured against.</summary>
    public DiscountCalculationMode CalculationMode { get; init; } = DiscountCalculationMode.DiscountedAmount;

    /// <summary>Categories measured against the initial amount whatever the mode.</summary>
    public IReadOnlyCollection<string> InitialAmountModeCategories { get; init; } = [];

    /// <summary>Categories measured against the discounted amount whatever the mode.</summary>
    public IReadOnlyCollection<string> DiscountedAmountModeCategories { get; init; } = [];
}
