using Vouchsafe.Engine.Formulas;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Validation;

namespace Vouchsafe.Engine.Discounts;

/// <summary>
/// A discount as it is written on the wire: every member of every type, none checked. <see cref="Check"/> says what is wrong,
/// <see cref="ToDiscount"/> reads what is right.
/// </summary>
public sealed record DiscountDefinition
{
    /// <summary>AMOUNT, PERCENT, FIXED or UNIT.</summary>
    public string? Type { get; init; }

    /// <summary>An effect's wire name; absent means the default.</summary>
    public string? Effect { get; init; }

    /// <summary>AMOUNT: minor units off.</summary>
    public decimal? AmountOff { get; init; }

    /// <summary>PERCENT: percent off.</summary>
    public decimal? PercentOff { get; init; }

    /// <summary>FIXED: the new price in minor units.</summary>
    public decimal? FixedAmount { get; init; }

    /// <summary>PERCENT: most off, per line or per order.</summary>
    public decimal? AmountLimit { get; init; }

    /// <summary>AMOUNT and PERCENT on items: most off in one order.</summary>
    public decimal? AggregatedAmountLimit { get; init; }

    /// <summary>AMOUNT: formula in currency units; <see cref="AmountOff"/> is its fallback.</summary>
    public string? AmountOffFormula { get; init; }

    /// <summary>PERCENT: formula in percent; <see cref="PercentOff"/> is its fallback.</summary>
    public string? PercentOffFormula { get; init; }

    /// <summary>FIXED: formula in currency units; <see cref="FixedAmount"/> is its fallback.</summary>
    public string? FixedAmountFormula { get; init; }

    /// <summary>UNIT: how many units are free.</summary>
    public decimal? UnitOff { get; init; }

    /// <summary>UNIT: formula in units; <see cref="UnitOff"/> is its fallback.</summary>
    public string? UnitOffFormula { get; init; }

    /// <summary>UNIT: id of the product or SKU given for free.</summary>
    public string? UnitType { get; init; }

    /// <summary>UNIT with ADD_MANY_ITEMS: the kinds of free units.</summary>
    public IReadOnlyList<UnitDefinition>? Units { get; init; }

    /// <summary>Ids of the products and SKUs given for free: the caller resolves them before <see cref="ToDiscount"/>.</summary>
    public IReadOnlyCollection<string> UnitTypes() => Type != "UNIT" ? [] : [.. Kinds().Select(kind => kind.UnitType).OfType<string>().Distinct()];

    /// <summary>Everything that is wrong, each error naming its field below <paramref name="prefix"/>; empty when the discount can be stored.</summary>
    public IReadOnlyList<FieldError> Check(string prefix = "discount")
    {
        var check = new FieldCheck(prefix);
        switch (Type)
        {
            case "AMOUNT":
                CheckAmount(check);
                break;
            case "PERCENT":
                CheckPercent(check);
                break;
            case "FIXED":
                CheckFixed(check);
                break;
            case "UNIT":
                CheckUnits(check, prefix);
                break;
            case null:
                check.Fail("type", "is required");
                break;
            default:
                check.Fail("type", "must be one of AMOUNT, PERCENT, FIXED, UNIT");
                break;
        }

        return check.Errors;
    }

    /// <summary>The discount. Only for a definition that <see cref="Check"/> found no fault with; throws otherwise.</summary>
    /// <param name="unitItem">Given an id of <see cref="UnitTypes"/>, the line a free unit makes (ids, stored price, objects); null leaves it bare.</param>
    public Discount ToDiscount(Func<string, OrderItem?>? unitItem = null)
    {
        DiscountEffect? effect = WireNames.TryParse<DiscountEffect>(Effect, out var named) ? named : null;
        return Type switch
        {
            "AMOUNT" => new AmountOff((long)AmountOff!.Value)
            {
                Effect = effect,
                Formula = Formula.Read(AmountOffFormula),
                AggregatedAmountLimit = (long?)AggregatedAmountLimit,
            },
            "PERCENT" => new PercentOff(PercentOff!.Value)
            {
                Effect = effect,
                Formula = Formula.Read(PercentOffFormula),
                AmountLimit = (long?)AmountLimit,
                AggregatedAmountLimit = (long?)AggregatedAmountLimit,
            },
            "FIXED" => new FixedAmount((long)FixedAmount!.Value) { Effect = effect, Formula = Formula.Read(FixedAmountFormula) },
            "UNIT" => new UnitOff([.. Kinds().Select(kind => kind.ToFreeUnits(unitItem))]) { Effect = effect },
            _ => throw new InvalidOperationException("The definition was not checked."),
        };
    }

    private void CheckAmount(FieldCheck check)
    {
        CheckFormula(check, "amount_off_formula", AmountOffFormula);
        check.Require("amount_off", AmountOff);
        check.Whole("amount_off", AmountOff, 1);
        check.Whole("aggregated_amount_limit", AggregatedAmountLimit, 1);
        CheckEffect(check, [
            DiscountEffect.ApplyToOrder, DiscountEffect.ApplyToItems, DiscountEffect.ApplyToItemsByQuantity,
            DiscountEffect.ApplyToItemsProportionally, DiscountEffect.ApplyToItemsProportionallyByQuantity,
        ]);
    }

    private void CheckPercent(FieldCheck check)
    {
        CheckFormula(check, "percent_off_formula", PercentOffFormula);
        check.Require("percent_off", PercentOff);
        if (PercentOff is <= 0 or > 100)
            check.Fail("percent_off", "must be more than 0 and at most 100");
        else if (PercentOff is { } percent && decimal.Round(percent, 2) != percent)
            check.Fail("percent_off", "must have at most two decimals");
        check.Whole("amount_limit", AmountLimit, 1);
        check.Whole("aggregated_amount_limit", AggregatedAmountLimit, 1);
        CheckEffect(check, [DiscountEffect.ApplyToOrder, DiscountEffect.ApplyToItems]);
    }

    private void CheckFixed(FieldCheck check)
    {
        CheckFormula(check, "fixed_amount_formula", FixedAmountFormula);
        check.Require("fixed_amount", FixedAmount);
        check.Whole("fixed_amount", FixedAmount, 0);
        CheckEffect(check, [DiscountEffect.ApplyToOrder, DiscountEffect.ApplyToItems]);
    }

    private void CheckUnits(FieldCheck check, string prefix)
    {
        if (Effect == "ADD_MANY_ITEMS")
        {
            if (Units is not { Count: > 0 and <= MostKinds })
                check.Fail("units", $"must hold 1 to {MostKinds} kinds of units");
            for (var i = 0; i < (Units?.Count ?? 0); i++)
                check.Include(Units![i].Check($"{prefix}.units[{i}]"));
            return;
        }

        CheckEffect(check, [DiscountEffect.AddMissingItems, DiscountEffect.AddNewItems, DiscountEffect.AddManyItems]);
        if (Units is not null)
            check.Fail("units", "needs the effect ADD_MANY_ITEMS");
        check.Include(Kinds()[0].Check(prefix).Where(error => !error.Field.EndsWith(".effect", StringComparison.Ordinal)));
    }

    // Most kinds of free units in one discount: the documentation names no number, this one keeps an order readable.
    private const int MostKinds = 50;

    private IReadOnlyList<UnitDefinition> Kinds() => Type != "UNIT" ? [] : Effect == "ADD_MANY_ITEMS"
        ? Units ?? []
        : [new UnitDefinition { UnitOff = UnitOff, UnitOffFormula = UnitOffFormula, UnitType = UnitType, Effect = Effect }];

    internal static void CheckFormula(FieldCheck check, string field, string? text)
    {
        if (text is not null && !Formula.TryParse(text, out _, out var problem))
            check.Fail(field, problem!);
    }

    private void CheckEffect(FieldCheck check, ReadOnlySpan<DiscountEffect> allowed)
    {
        if (Effect is null)
            return;
        if (!WireNames.TryParse<DiscountEffect>(Effect, out var effect) || !allowed.Contains(effect))
            check.Fail("effect", $"must be one of {string.Join(", ", allowed.ToArray().Select(WireNames.Of))}");
    }
}
