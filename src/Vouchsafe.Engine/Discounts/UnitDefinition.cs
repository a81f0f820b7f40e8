using Vouchsafe.Engine.Formulas;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Validation;

namespace Vouchsafe.Engine.Discounts;

/// <summary>One kind of free units as it is written on the wire, unchecked.</summary>
public sealed record UnitDefinition
{
    /// <summary>How many units are free.</summary>
    public decimal? UnitOff { get; init; }

    /// <summary>Formula for the number; <see cref="UnitOff"/> is its fallback.</summary>
    public string? UnitOffFormula { get; init; }

    /// <summary>Id of the product or SKU.</summary>
    public string? UnitType { get; init; }

    /// <summary>ADD_MISSING_ITEMS (also when absent) or ADD_NEW_ITEMS.</summary>
    public string? Effect { get; init; }

    /// <summary>Everything that is wrong, each error naming its field below <paramref name="prefix"/>.</summary>
    public IReadOnlyList<FieldError> Check(string prefix)
    {
        var check = new FieldCheck(prefix);
        check.Require("unit_off", UnitOff);
        check.Whole("unit_off", UnitOff, 1);
        check.Require("unit_type", string.IsNullOrEmpty(UnitType) ? null : UnitType);
        DiscountDefinition.CheckFormula(check, "unit_off_formula", UnitOffFormula);
        if (Effect is not (null or "ADD_MISSING_ITEMS" or "ADD_NEW_ITEMS"))
            check.Fail("effect", "must be one of ADD_MISSING_ITEMS, ADD_NEW_ITEMS");
        return check.Errors;
    }

    internal FreeUnits ToFreeUnits(Func<string, OrderItem?>? item) =>
        new((long)UnitOff!.Value, UnitType!, Effect == "ADD_NEW_ITEMS" ? DiscountEffect.AddNewItems : DiscountEffect.AddMissingItems)
        {
            Formula = Formula.Read(UnitOffFormula),
            Item = item?.Invoke(UnitType!),
        };
}
