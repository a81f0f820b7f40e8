using Vouchsafe.Engine.Discounts;

namespace Vouchsafe.Dashboard.Pages.Vouchers;

/// <summary>A discount while it is edited: members of every type, of which only those of the chosen one are written.</summary>
public sealed class DiscountDraft
{
    internal string Type { get; set; } = "PERCENT";
    internal string Effect { get; set; } = "APPLY_TO_ORDER";
    internal decimal? AmountOff { get; set; }
    internal decimal? PercentOff { get; set; }
    internal decimal? FixedAmount { get; set; }
    internal decimal? AmountLimit { get; set; }
    internal decimal? AggregatedAmountLimit { get; set; }
    internal string? Formula { get; set; }
    internal List<UnitDraft> Units { get; set; } = [new()];

    /// <summary>The effects of a type, each in words.</summary>
    internal static IReadOnlyList<(string Name, string Words)> EffectsOf(string type) => type switch
    {
        "AMOUNT" =>
        [
            ("APPLY_TO_ORDER", "Off the whole order"), ("APPLY_TO_ITEMS", "Off each qualifying line"),
            ("APPLY_TO_ITEMS_BY_QUANTITY", "Off each qualifying unit"), ("APPLY_TO_ITEMS_PROPORTIONALLY", "Shared by the lines as their amounts are"),
            ("APPLY_TO_ITEMS_PROPORTIONALLY_BY_QUANTITY", "Shared by the lines as their quantities are"),
        ],
        "PERCENT" => [("APPLY_TO_ORDER", "Off the whole order"), ("APPLY_TO_ITEMS", "Off each qualifying line")],
        "FIXED" => [("APPLY_TO_ORDER", "The whole order costs this"), ("APPLY_TO_ITEMS", "Each qualifying unit costs this")],
        _ =>
        [
            ("ADD_MISSING_ITEMS", "Free units, counting those in the cart"), ("ADD_NEW_ITEMS", "Free units on top of the cart"),
            ("ADD_MANY_ITEMS", "Several kinds of free units"),
        ],
    };

    /// <summary>Chooses a type, and an effect that it has.</summary>
    internal void Choose(string type)
    {
        Type = type;
        if (EffectsOf(type).All(e => e.Name != Effect)) Effect = EffectsOf(type)[0].Name;
    }

    internal static DiscountDraft From(DiscountDefinition discount) => new()
    {
        Type = discount.Type ?? "PERCENT",
        Effect = discount.Effect ?? EffectsOf(discount.Type ?? "PERCENT")[0].Name,
        AmountOff = discount.AmountOff,
        PercentOff = discount.PercentOff,
        FixedAmount = discount.FixedAmount,
        AmountLimit = discount.AmountLimit,
        AggregatedAmountLimit = discount.AggregatedAmountLimit,
        Formula = discount.AmountOffFormula ?? discount.PercentOffFormula ?? discount.FixedAmountFormula ?? discount.UnitOffFormula,
        Units = discount.Units is { Count: > 0 } units
            ? [.. units.Select(u => new UnitDraft { Count = u.UnitOff, Product = u.UnitType ?? "", IsOnTop = u.Effect == "ADD_NEW_ITEMS", Formula = u.UnitOffFormula })]
            : [new() { Count = discount.UnitOff, Product = discount.UnitType ?? "" }],
    };

    /// <summary>The discount as the API takes it.</summary>
    internal DiscountDefinition ToDefinition()
    {
        var formula = string.IsNullOrWhiteSpace(Formula) ? null : Formula;
        var discount = new DiscountDefinition { Type = Type, Effect = Effect };
        return Type switch
        {
            "AMOUNT" => discount with
            {
                AmountOff = AmountOff, AmountOffFormula = formula,
                AggregatedAmountLimit = Effect == "APPLY_TO_ORDER" ? null : AggregatedAmountLimit,
            },
            "PERCENT" => discount with
            {
                PercentOff = PercentOff, PercentOffFormula = formula, AmountLimit = AmountLimit,
                AggregatedAmountLimit = Effect == "APPLY_TO_ORDER" ? null : AggregatedAmountLimit,
            },
            "FIXED" => discount with { FixedAmount = FixedAmount, FixedAmountFormula = formula },
            _ when Effect == "ADD_MANY_ITEMS" => discount with { Units = [.. Units.Select(u => u.ToDefinition())] },
            _ => discount with { UnitOff = Units[0].Count, UnitType = Units[0].Product.Trim(), UnitOffFormula = formula },
        };
    }
}

/// <summary>One kind of free units while it is edited.</summary>
public sealed class UnitDraft
{
    internal decimal? Count { get; set; } = 1;
    internal string Product { get; set; } = "";
    internal bool IsOnTop { get; set; }
    internal string? Formula { get; set; }

    internal UnitDefinition ToDefinition() => new()
    {
        UnitOff = Count, UnitOffFormula = string.IsNullOrWhiteSpace(Formula) ? null : Formula, UnitType = Product.Trim(),
        Effect = IsOnTop ? "ADD_NEW_ITEMS" : "ADD_MISSING_ITEMS",
    };
}
