using Vouchsafe.Engine.Orders;

namespace Vouchsafe.Engine.Rules.Conditions;

/// <summary>Every condition of the rule language by name. A new condition is one line here, or a file beside it.</summary>
internal static class ConditionTable
{
    public static readonly IReadOnlyDictionary<string, Condition> All = Build();

    private static Dictionary<string, Condition> Build()
    {
        var table = new Dictionary<string, Condition>(StringComparer.Ordinal);
        foreach (var part in new[] { Customer(), Order(), Items(), Legacy(), Redemption(), Budgets() })
            foreach (var (name, condition) in part)
                table.Add(name, condition);
        return table;
    }

    private static Dictionary<string, Condition> Customer() => new()
    {
        ["customer.segment"] = new ValueCondition(RuleFamily.Customer, (_, facts) => RuleValue.Of(facts.Context.Customer!.SegmentIds), MissingFact.Customer),
        ["customer.metadata"] = new ValueCondition(
            RuleFamily.Customer, (node, facts) => RuleValue.OfMetadata(facts.Context.Customer!.Metadata, node.Property!), MissingFact.Customer, property: true),
        ["publication.redeemable_by_linked_customer"] = new ValueCondition(
            RuleFamily.Customer, (_, facts) => Truth(facts.Redeemable.HolderId is { } holder && holder == facts.Context.Customer!.Id), MissingFact.Customer),
    };

    private static Dictionary<string, Condition> Order() => new()
    {
        ["order.amount"] = OfOrder(order => order.DueBefore),
        ["order.total_amount"] = OfOrder(order => order.Due),
        ["order.initial_amount"] = OfOrder(order => order.InitialAmount),
        ["order.items.count"] = OfOrder(order => order.LinesBefore),
        ["order.metadata"] = new ValueCondition(
            RuleFamily.Order, (node, facts) => RuleValue.OfMetadata(facts.Order!.Source.Metadata, node.Property!), MissingFact.Order, property: true),
        ["order.items.price_any"] = new LineCondition((_, line) => RuleValue.Of(line.Price), every: false),
        ["order.items.price_each"] = new LineCondition((_, line) => RuleValue.Of(line.Price), every: true),
        ["order.items.metadata_any"] = new LineCondition(LineMetadata, every: false, property: true),
        ["order.items.metadata_each"] = new LineCondition(LineMetadata, every: true, property: true),
    };

    private static Dictionary<string, Condition> Items() => new()
    {
        ["order.items.any"] = new AnyItem(),
        ["order.items.every"] = new EveryItem(),
        ["order.items.none"] = new NoItem(),
        ["order.items.cheapest"] = new ExtremeItem(cheapest: true),
        ["order.items.most_expensive"] = new ExtremeItem(cheapest: false),
        ["order.items.quantity"] = new LineCondition((_, line) => RuleValue.Of((decimal)line.QuantityBefore), every: false),
        ["order.items.price"] = new LineCondition((_, line) => RuleValue.Of(line.Price), every: false),
        ["order.items.metadata"] = new LineCondition(LineMetadata, every: false, property: true),
        ["order.items.aggregated_quantity"] = OfLines(lines => lines.Sum(line => (decimal)line.QuantityBefore)),
        ["order.items.aggregated_amount"] = OfLines(lines => lines.Sum(line => (decimal)line.LeftBefore)),
    };

    // The older names for the same questions; those without a documented meaning of their own follow the newer ones.
    private static Dictionary<string, Condition> Legacy() => new()
    {
        ["product.id"] = new AnyItem(),
        ["product.price"] = new LineCondition((_, line) => RuleValue.Of(line.Price), every: false),
        ["product.quantity"] = new LineCondition((_, line) => RuleValue.Of((decimal)line.QuantityBefore), every: false),
        ["product.metadata"] = new LineCondition(ProductMetadata, every: false, property: true),
        ["product.metadata.match_all"] = new LineCondition(ProductMetadata, every: true, property: true),
        ["product.metadata.aggregated_quantity"] = OfLines(lines => lines.Sum(line => (decimal)line.QuantityBefore)),
        ["product.metadata.aggregated_amount"] = OfLines(lines => lines.Sum(line => (decimal)line.LeftBefore)),
        ["product.discount_applicable"] = Applicable(),
        ["product.metadata.discount_applicable"] = Applicable(),
        ["sku.discount_applicable"] = Applicable(),
        ["sku.id"] = new AnyItem(),
        ["sku.price"] = new LineCondition((_, line) => RuleValue.Of(line.Price), every: false),
        ["sku.quantity"] = new LineCondition((_, line) => RuleValue.Of((decimal)line.QuantityBefore), every: false),
    };

    private static Dictionary<string, Condition> Redemption() => new()
    {
        ["redemption.metadata"] = new ValueCondition(
            RuleFamily.Redemption, (node, facts) => RuleValue.OfMetadata(facts.Context.RedemptionMetadata, node.Property!), property: true),
        ["redemption.api_key"] = new ValueCondition(RuleFamily.Redemption, (_, facts) => RuleValue.Of(facts.Context.ApiKeyId)),
        ["redemption.user.login"] = new ValueCondition(RuleFamily.Redemption, (_, facts) => RuleValue.Of(facts.Context.UserLogin)),
        ["redemption.reward.pay_with_points.points_used"] = new ValueCondition(RuleFamily.Redemption, (_, facts) => RuleValue.Of((decimal)facts.Credits)),
        ["custom_event.metadata"] = new ValueCondition(
            RuleFamily.Redemption, (node, facts) => RuleValue.OfMetadata(facts.Context.EventMetadata, node.Property!), property: true),
    };

    private static Dictionary<string, Condition> Budgets()
    {
        var table = new Dictionary<string, Condition>
        {
            ["campaign.orders.amount"] = new CounterCondition(CounterOwners.Campaign, CounterCondition.Orders, CounterPeriod.Ever, facts => facts.Order?.InitialAmount ?? 0),
            ["campaign.orders.amount_discounted"] = new CounterCondition(CounterOwners.Campaign, CounterCondition.Discounted, CounterPeriod.Ever, facts => facts.Order?.StepTotal ?? 0),
            ["redemption.gift.amount"] = new CounterCondition(CounterOwners.Campaign, CounterCondition.Gift, CounterPeriod.Ever, facts => facts.Credits),
            ["redemption.count.per_api_key"] = new CounterCondition(CounterOwners.RedeemableApiKey, CounterCondition.Redemptions, CounterPeriod.Ever, _ => 1),
            ["redemption.count.per_user"] = new CounterCondition(CounterOwners.RedeemableUser, CounterCondition.Redemptions, CounterPeriod.Ever, _ => 1),
        };
        AddPeriods(table, "campaign.redemptions.count", CounterOwners.Campaign);
        AddPeriods(table, "campaign.redemptions.customers_count", CounterOwners.CampaignCustomer);
        AddPeriods(table, "redemption.count", CounterOwners.Redeemable);
        AddPeriods(table, "redemption.count.per_customer", CounterOwners.RedeemableCustomer);
        table.Remove("redemption.count"); // only its daily, weekly and monthly forms are documented
        return table;
    }

    private static void AddPeriods(Dictionary<string, Condition> table, string name, Func<RuleFacts, CounterOwner> owner)
    {
        table[name] = new CounterCondition(owner, CounterCondition.Redemptions, CounterPeriod.Ever, _ => 1);
        table[name + ".daily"] = new CounterCondition(owner, CounterCondition.Redemptions, CounterPeriod.Day, _ => 1);
        table[name + ".weekly"] = new CounterCondition(owner, CounterCondition.Redemptions, CounterPeriod.Week, _ => 1);
        table[name + ".monthly"] = new CounterCondition(owner, CounterCondition.Redemptions, CounterPeriod.Month, _ => 1);
    }

    // It once marked the items a discount reaches, which applicable_to does now; as a condition it always held.
    private static ValueCondition Applicable() => new(RuleFamily.Order, (_, _) => Truth(true));

    private static ValueCondition OfOrder(Func<OrderState, decimal> read) =>
        new(RuleFamily.Order, (_, facts) => RuleValue.Of(read(facts.Order!)), MissingFact.Order);

    private static ValueCondition OfLines(Func<IReadOnlyList<OrderLine>, decimal> read) =>
        new(RuleFamily.Order, (_, facts) => RuleValue.Of(read(facts.Lines)), MissingFact.Order);

    private static RuleValue LineMetadata(RuleNode node, OrderLine line) => RuleValue.OfMetadata(line.Source.Metadata, node.Property!);

    private static RuleValue ProductMetadata(RuleNode node, OrderLine line) =>
        RuleValue.OfMetadata(ItemMetadata.OfProduct(line.Source), node.Property!);

    private static RuleValue Truth(bool value) => new(RuleValueKind.Boolean, value ? 1 : 0, null, null);
}
