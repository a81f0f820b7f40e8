using Vouchsafe.Engine.Orders;

namespace Vouchsafe.Engine.Formulas;

/// <summary>The tables of names that stand for a value. Amounts are in currency units: minor units divided by 100.</summary>
internal static class FormulaOperands
{
    public static readonly IReadOnlyDictionary<string, Func<FormulaInputs, FormulaValue>> Plain = BuildPlain();

    public static readonly IReadOnlyDictionary<string, Func<FormulaInputs, string, FormulaValue>> Metadata = BuildMetadata();

    private static (string Prefix, Func<FormulaInputs, OrderLine?> Line)[] LineOperands() =>
    [
        ("ORDER_ITEM", inputs => inputs.Line),
        ("CHEAPEST_ORDER_ITEM", inputs => inputs.Cheapest),
        ("MOST_EXPENSIVE_ORDER_ITEM", inputs => inputs.MostExpensive),
    ];

    private static Dictionary<string, Func<FormulaInputs, FormulaValue>> BuildPlain()
    {
        var table = new Dictionary<string, Func<FormulaInputs, FormulaValue>>(StringComparer.Ordinal)
        {
            ["ORDER_AMOUNT"] = inputs => Currency(inputs.Order?.Amount),
            ["ORDER_ITEMS_QUANTITY"] = inputs => FormulaValue.Of((decimal?)inputs.Order?.Lines.Count),
            ["ORDER_UNITS_QUANTITY"] = inputs => FormulaValue.Of((decimal?)inputs.Order?.Lines.Sum(line => (decimal)line.Quantity)),
            ["ORDER_BUNDLE_QUANTITY"] = inputs => FormulaValue.Of((decimal)inputs.BundleQuantity),
            ["VOUCHER_REDEMPTION_QUANTITY"] = inputs => FormulaValue.Of((decimal?)inputs.Redeemable.Usage.Quantity),
            ["VOUCHER_REDEEMED_QUANTITY"] = inputs => FormulaValue.Of((decimal)inputs.Redeemable.Usage.Redeemed),
            ["VOUCHER_PUBLISH_COUNT"] = inputs => FormulaValue.Of((decimal)inputs.Redeemable.PublishCount),
            ["VOUCHER_START_DATE"] = inputs => FormulaValue.Of(inputs.Redeemable.Availability.StartDate),
            ["VOUCHER_EXPIRATION_DATE"] = inputs => FormulaValue.Of(inputs.Redeemable.Availability.ExpirationDate),
            ["PROMOTION_TIER_START_DATE"] = inputs => FormulaValue.Of(inputs.Redeemable.Availability.StartDate),
            ["PROMOTION_TIER_EXPIRATION_DATE"] = inputs => FormulaValue.Of(inputs.Redeemable.Availability.ExpirationDate),
            ["CUSTOMER_BIRTHDATE"] = inputs => inputs.Context.Customer?.Birthdate is { } day ? FormulaValue.Of(inputs.Clock.Midnight(day)) : FormulaValue.Missing,
            ["TODAY"] = inputs => FormulaValue.Of(inputs.Clock.Today),
            ["NOW"] = inputs => FormulaValue.Of(inputs.Now),
        };
        foreach (var (prefix, line) in LineOperands())
        {
            table[prefix + "_PRICE"] = inputs => Currency(line(inputs)?.Price);
            table[prefix + "_AMOUNT"] = inputs => Currency(line(inputs)?.Amount);
            table[prefix + "_SUBTOTAL"] = inputs => Currency(line(inputs)?.Left);
            table[prefix + "_UNITS_QUANTITY"] = inputs => FormulaValue.Of((decimal?)line(inputs)?.Quantity);
        }

        return table;
    }

    private static Dictionary<string, Func<FormulaInputs, string, FormulaValue>> BuildMetadata()
    {
        var table = new Dictionary<string, Func<FormulaInputs, string, FormulaValue>>(StringComparer.Ordinal)
        {
            ["ORDER_METADATA"] = (inputs, key) => FormulaValue.Of(inputs.Order?.Source.Metadata ?? default, key),
            ["CUSTOMER_METADATA"] = (inputs, key) => FormulaValue.Of(inputs.Context.Customer?.Metadata ?? default, key),
            ["REDEMPTION_METADATA"] = (inputs, key) => FormulaValue.Of(inputs.Context.RedemptionMetadata, key),
            ["REDEEMABLE_METADATA"] = (inputs, key) => FormulaValue.Of(inputs.Redeemable.Metadata, key),
            ["PUBLICATION_METADATA"] = (inputs, key) => FormulaValue.Of(inputs.Redeemable.PublicationMetadata, key),
        };
        foreach (var (prefix, line) in LineOperands())
        {
            table[prefix + "_METADATA"] = (inputs, key) => FormulaValue.Of(line(inputs)?.Source.Metadata ?? default, key);
            table[prefix + "_PRODUCT_METADATA"] = (inputs, key) => FormulaValue.Of(ItemMetadata.OfProduct(line(inputs)?.Source), key);
        }

        return table;
    }

    private static FormulaValue Currency(long? minor) => FormulaValue.Of(minor / 100m);
}
