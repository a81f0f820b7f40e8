using System.Text.Json;
using Vouchsafe.Engine.Validation;

namespace Vouchsafe.Engine.Loyalty;

/// <summary>A loyalty card's content as it is written on the wire, unchecked.</summary>
public sealed record LoyaltyCardDefinition
{
    /// <summary>Points on a new card.</summary>
    public decimal? Points { get; init; }

    /// <summary>When points expire. Not built: a card that promised it and kept its points would be wrong.</summary>
    public JsonElement? ExpirationRules { get; init; }

    /// <summary>Everything that is wrong, each error naming its field below <paramref name="prefix"/>.</summary>
    public IReadOnlyList<FieldError> Check(string prefix = "loyalty_card")
    {
        var check = new FieldCheck(prefix);
        check.Require("points", Points);
        check.Whole("points", Points, 0);
        if (ExpirationRules is { ValueKind: not JsonValueKind.Null })
            check.Fail("expiration_rules", "is not supported by this version");
        return check.Errors;
    }
}
