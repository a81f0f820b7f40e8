namespace Vouchsafe.Dashboard.Pages.Rules;

/// <summary>How a condition's values are typed.</summary>
public enum ValueKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>An amount: minor units on the wire.</summary>
    Money,

    /// <summary>An instant, UTC.</summary>
    Date,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>A day of the week, 0 = Sunday.</summary>
    Weekday,

    /// <summary>A customer segment.</summary>
    Segment,

    /// <summary>A product, SKU or collection.</summary>
    Item,
}

/// <summary>A condition in words.</summary>
/// <param name="Group">What it is about: the heading it is offered under.</param>
/// <param name="Text">As it reads in a sentence.</param>
/// <param name="Kind">Its values.</param>
internal sealed record ConditionWords(string Group, string Text, ValueKind Kind);

/// <summary>
/// The engine's conditions and operators in words. What exists is the engine's to say (<see cref="Engine.Rules.RuleLanguage"/>);
/// a name without words here is offered all the same, as itself, and a test misses the words.
/// </summary>
internal static class RuleWords
{
    private const string Order = "Order";
    private const string Items = "Products in the order";
    private const string Customer = "Customer";
    private const string Redemption = "Redemption";
    private const string Limits = "Redemption counts";
    private const string Budgets = "Budgets";
    private const string Older = "Older names";

    internal static IReadOnlyDictionary<string, ConditionWords> Conditions { get; } = new Dictionary<string, ConditionWords>(StringComparer.Ordinal)
    {
        ["order.amount"] = new(Order, "order amount before this discount", ValueKind.Money),
        ["order.total_amount"] = new(Order, "order amount after this discount", ValueKind.Money),
        ["order.initial_amount"] = new(Order, "order amount before any discount", ValueKind.Money),
        ["order.items.count"] = new(Order, "number of order lines", ValueKind.Number),
        ["order.metadata"] = new(Order, "order metadata", ValueKind.Text),
        ["order.items.any"] = new(Items, "any product in the order", ValueKind.Item),
        ["order.items.every"] = new(Items, "every product in the order", ValueKind.Item),
        ["order.items.none"] = new(Items, "none of the products in the order", ValueKind.Item),
        ["order.items.cheapest"] = new(Items, "the cheapest product", ValueKind.Item),
        ["order.items.most_expensive"] = new(Items, "the most expensive product", ValueKind.Item),
        ["order.items.quantity"] = new(Items, "quantity of a line", ValueKind.Number),
        ["order.items.price"] = new(Items, "unit price of a line", ValueKind.Money),
        ["order.items.price_any"] = new(Items, "unit price of any line", ValueKind.Money),
        ["order.items.price_each"] = new(Items, "unit price of every line", ValueKind.Money),
        ["order.items.metadata"] = new(Items, "metadata of a line", ValueKind.Text),
        ["order.items.metadata_any"] = new(Items, "metadata of any line", ValueKind.Text),
        ["order.items.metadata_each"] = new(Items, "metadata of every line", ValueKind.Text),
        ["order.items.aggregated_quantity"] = new(Items, "total quantity of the lines", ValueKind.Number),
        ["order.items.aggregated_amount"] = new(Items, "total amount of the lines", ValueKind.Money),
        ["customer.segment"] = new(Customer, "customer's segment", ValueKind.Segment),
        ["customer.metadata"] = new(Customer, "customer metadata", ValueKind.Text),
        ["publication.redeemable_by_linked_customer"] = new(Customer, "customer holds the code", ValueKind.Truth),
        ["redemption.metadata"] = new(Redemption, "redemption metadata", ValueKind.Text),
        ["redemption.api_key"] = new(Redemption, "application key (id)", ValueKind.Text),
        ["redemption.user.login"] = new(Redemption, "signed-in user", ValueKind.Text),
        ["redemption.reward.pay_with_points.points_used"] = new(Redemption, "points spent", ValueKind.Number),
        ["custom_event.metadata"] = new(Redemption, "custom event metadata", ValueKind.Text),
        ["campaign.redemptions.count"] = new(Limits, "redemptions of the campaign", ValueKind.Number),
        ["campaign.redemptions.count.daily"] = new(Limits, "redemptions of the campaign this day", ValueKind.Number),
        ["campaign.redemptions.count.weekly"] = new(Limits, "redemptions of the campaign this week", ValueKind.Number),
        ["campaign.redemptions.count.monthly"] = new(Limits, "redemptions of the campaign this month", ValueKind.Number),
        ["campaign.redemptions.customers_count"] = new(Limits, "redemptions of the campaign by the customer", ValueKind.Number),
        ["campaign.redemptions.customers_count.daily"] = new(Limits, "redemptions of the campaign by the customer this day", ValueKind.Number),
        ["campaign.redemptions.customers_count.weekly"] = new(Limits, "redemptions of the campaign by the customer this week", ValueKind.Number),
        ["campaign.redemptions.customers_count.monthly"] = new(Limits, "redemptions of the campaign by the customer this month", ValueKind.Number),
        ["redemption.count.daily"] = new(Limits, "redemptions this day", ValueKind.Number),
        ["redemption.count.weekly"] = new(Limits, "redemptions this week", ValueKind.Number),
        ["redemption.count.monthly"] = new(Limits, "redemptions this month", ValueKind.Number),
        ["redemption.count.per_customer"] = new(Limits, "redemptions by the customer", ValueKind.Number),
        ["redemption.count.per_customer.daily"] = new(Limits, "redemptions by the customer this day", ValueKind.Number),
        ["redemption.count.per_customer.weekly"] = new(Limits, "redemptions by the customer this week", ValueKind.Number),
        ["redemption.count.per_customer.monthly"] = new(Limits, "redemptions by the customer this month", ValueKind.Number),
        ["redemption.count.per_api_key"] = new(Limits, "redemptions by the application key", ValueKind.Number),
        ["redemption.count.per_user"] = new(Limits, "redemptions by the signed-in user", ValueKind.Number),
        ["campaign.orders.amount"] = new(Budgets, "total amount of the campaign's orders", ValueKind.Money),
        ["campaign.orders.amount_discounted"] = new(Budgets, "total discount given by the campaign", ValueKind.Money),
        ["redemption.gift.amount"] = new(Budgets, "total gift credits spent in the campaign", ValueKind.Money),
        ["product.id"] = new(Older, "any product", ValueKind.Item),
        ["product.price"] = new(Older, "product's unit price", ValueKind.Money),
        ["product.quantity"] = new(Older, "product's quantity", ValueKind.Number),
        ["product.metadata"] = new(Older, "metadata of a product", ValueKind.Text),
        ["product.metadata.match_all"] = new(Older, "metadata of every product", ValueKind.Text),
        ["product.metadata.aggregated_quantity"] = new(Older, "total quantity of the products", ValueKind.Number),
        ["product.metadata.aggregated_amount"] = new(Older, "total amount of the products", ValueKind.Money),
        ["product.discount_applicable"] = new(Older, "product takes the discount (always holds)", ValueKind.Truth),
        ["product.metadata.discount_applicable"] = new(Older, "product metadata takes the discount (always holds)", ValueKind.Truth),
        ["sku.discount_applicable"] = new(Older, "SKU takes the discount (always holds)", ValueKind.Truth),
        ["sku.id"] = new(Older, "any SKU", ValueKind.Item),
        ["sku.price"] = new(Older, "SKU's unit price", ValueKind.Money),
        ["sku.quantity"] = new(Older, "SKU's quantity", ValueKind.Number),
    };

    internal static IReadOnlyDictionary<string, string> Operators { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["$is"] = "is",
        ["$is_not"] = "is not",
        ["$in"] = "is one of",
        ["$not_in"] = "is none of",
        ["$from"] = "among",
        ["$not_intersect"] = "has nothing in common with",
        ["$not_differ"] = "has exactly the values",
        ["$less_than"] = "is less than",
        ["$less_than_or_equal"] = "is at most",
        ["$more_than"] = "is more than",
        ["$more_than_or_equal"] = "is at least",
        ["$greater_than_or_equal"] = "is at least",
        ["$starts_with"] = "starts with",
        ["$ends_with"] = "ends with",
        ["$contains"] = "contains",
        ["$count"] = "has this many values:",
        ["$count_more"] = "has more values than",
        ["$count_less"] = "has fewer values than",
        ["$after"] = "is after",
        ["$before"] = "is before",
        ["$more_than_ago"] = "is longer ago than (days)",
        ["$less_than_ago"] = "is less long ago than (days)",
        ["$is_days_ago"] = "is exactly this many days ago:",
        ["is_days_ago"] = "is exactly this many days ago (older name):",
        ["$more_than_future"] = "is further ahead than (days)",
        ["$less_than_future"] = "is less far ahead than (days)",
        ["$is_days_in_future"] = "is exactly this many days ahead:",
        ["$dow"] = "falls on",
        ["$timeframe"] = "falls into the recurring window",
        ["$timeframe_absolute"] = "falls into the period",
        ["$timeframe_daily_hours"] = "falls into the hours",
    };

    private static readonly string[] Equalities = ["$is", "$is_not", "$in", "$not_in"];
    private static readonly string[] Orderings = ["$more_than_or_equal", "$more_than", "$less_than_or_equal", "$less_than"];

    internal static ConditionWords Of(string name) => Conditions.GetValueOrDefault(name) ?? new ConditionWords("Other", name, ValueKind.Text);

    internal static string OfOperator(string name) => Operators.GetValueOrDefault(name) ?? name;

    /// <summary>Whether an operator makes sense on a condition's values; the others are offered behind them.</summary>
    internal static bool Fits(string condition, string @operator) => Of(condition).Kind switch
    {
        ValueKind.Number or ValueKind.Money => Orderings.Contains(@operator) || Equalities.Contains(@operator),
        ValueKind.Segment => Equalities.Contains(@operator) || @operator is "$not_intersect" or "$not_differ",
        ValueKind.Truth => @operator is "$is" or "$is_not",
        _ => true,
    };

    /// <summary>How the values beside an operator are typed.</summary>
    internal static ValueKind KindOf(string condition, string @operator) => @operator switch
    {
        "$dow" => ValueKind.Weekday,
        "$after" or "$before" => ValueKind.Date,
        "$starts_with" or "$ends_with" or "$contains" or "$timeframe" or "$timeframe_absolute" or "$timeframe_daily_hours" => ValueKind.Text,
        _ when @operator.EndsWith("_ago", StringComparison.Ordinal) || @operator.EndsWith("_future", StringComparison.Ordinal)
            || @operator.StartsWith("$count", StringComparison.Ordinal) => ValueKind.Number,
        _ => Of(condition).Kind,
    };

    /// <summary>Whether several values may stand beside it, of which one is enough.</summary>
    internal static bool TakesMany(string @operator) => @operator is not ("$less_than" or "$less_than_or_equal" or "$more_than" or "$more_than_or_equal" or "$greater_than_or_equal"
        or "$count" or "$count_more" or "$count_less" or "$after" or "$before" or "$is_days_ago" or "is_days_ago" or "$is_days_in_future"
        or "$more_than_ago" or "$less_than_ago" or "$more_than_future" or "$less_than_future");

    /// <summary>How a value is written, where that is not plain.</summary>
    internal static string? Hint(string @operator) => @operator switch
    {
        "$timeframe" => "start;every;length, such as 2026-01-01T00:00:00Z;P1D;PT1H",
        "$timeframe_absolute" => "from;until, such as 2026-01-01T00:00:00Z;2026-02-01T00:00:00Z",
        "$timeframe_daily_hours" => "from;until;days (0 is Sunday), such as 18:00;20:00;1,2",
        _ => null,
    };
}
