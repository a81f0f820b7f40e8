using Vouchsafe.Engine.Validation;

namespace Vouchsafe.Engine.Redeemables;

/// <summary>A gift card's content as it is written on the wire, unchecked.</summary>
public sealed record GiftDefinition
{
    /// <summary>Credits loaded, minor units.</summary>
    public decimal? Amount { get; init; }

    /// <summary>APPLY_TO_ORDER (also when absent) or APPLY_TO_ITEMS.</summary>
    public string? Effect { get; init; }

    /// <summary>Everything that is wrong, each error naming its field below <paramref name="prefix"/>.</summary>
    public IReadOnlyList<FieldError> Check(string prefix = "gift")
    {
        var check = new FieldCheck(prefix);
        check.Require("amount", Amount);
        check.Whole("amount", Amount, 0);
        if (Effect is not (null or "APPLY_TO_ORDER" or "APPLY_TO_ITEMS"))
            check.Fail("effect", "must be one of APPLY_TO_ORDER, APPLY_TO_ITEMS");
        return check.Errors;
    }
}
