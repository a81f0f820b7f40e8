using System.Text.Json.Serialization;
using Vouchsafe.Engine.Money;
using Vouchsafe.Engine.Validation;

namespace Vouchsafe.Engine.Loyalty;

/// <summary>How many points an earning rule gives (<c>loyalty</c> on the wire), unchecked.</summary>
public sealed record EarningDefinition
{
    /// <summary>FIXED or PROPORTIONAL.</summary>
    public string? Type { get; init; }

    /// <summary>FIXED: the points. Clients also send it as text.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public decimal? Points { get; init; }

    /// <summary>Not built.</summary>
    public string? PointsFormula { get; init; }

    /// <summary>PROPORTIONAL: ORDER_AMOUNT (before discounts) or ORDER_TOTAL_AMOUNT (after them).</summary>
    public string? CalculationType { get; init; }

    /// <summary>PROPORTIONAL: the rate.</summary>
    public OrderPart? Order { get; init; }

    /// <summary>The rate, under the name of what it is counted from.</summary>
    /// <param name="Amount">Of the amount before discounts.</param>
    /// <param name="TotalAmount">Of the amount after them.</param>
    public sealed record OrderPart(Rate? Amount, Rate? TotalAmount);

    /// <summary>Points for every full portion.</summary>
    public sealed record Rate
    {
        /// <summary>The portion, minor units.</summary>
        [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
        public decimal? Every { get; init; }

        /// <summary>Points for each.</summary>
        [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
        public decimal? Points { get; init; }

        /// <summary>Not built.</summary>
        public string? PointsFormula { get; init; }
    }

    /// <summary>Everything that is wrong, each error naming its field below <paramref name="prefix"/>.</summary>
    public IReadOnlyList<FieldError> Check(string prefix = "loyalty")
    {
        var check = new FieldCheck(prefix);
        if (PointsFormula is not null)
            check.Fail("points_formula", "is not supported by this version");
        else if (Type == "FIXED")
            CheckNumber(check, "points", Points);
        else if (Type != "PROPORTIONAL")
            check.Fail("type", "must be one of FIXED, PROPORTIONAL");
        else if (CalculationType is not ("ORDER_AMOUNT" or "ORDER_TOTAL_AMOUNT"))
            check.Fail("calculation_type", "must be one of ORDER_AMOUNT, ORDER_TOTAL_AMOUNT; others are not supported by this version");
        else
            CheckRate(check, CalculationType == "ORDER_AMOUNT" ? "order.amount" : "order.total_amount", RateInForce);
        return check.Errors;
    }

    /// <summary>The points for an order. Only for a definition that <see cref="Check"/> found no fault with.</summary>
    /// <param name="amount">The order's amount before discounts, minor units.</param>
    /// <param name="totalAmount">What was paid, minor units.</param>
    /// <returns>0 to <see cref="Minor.Max"/>; a portion that is not full gives nothing.</returns>
    public long PointsFor(long amount, long totalAmount)
    {
        if (Type == "FIXED")
            return (long)Points!.Value;
        var portions = (CalculationType == "ORDER_AMOUNT" ? amount : totalAmount) / (long)RateInForce!.Every!.Value;
        return Minor.TryMultiply((long)RateInForce.Points!.Value, portions, out var points) ? points : Minor.Max;
    }

    private Rate? RateInForce => CalculationType == "ORDER_AMOUNT" ? Order?.Amount : Order?.TotalAmount;

    private static void CheckRate(FieldCheck check, string field, Rate? rate)
    {
        if (rate is null)
        {
            check.Fail(field, "is required");
            return;
        }

        if (rate.PointsFormula is not null)
            check.Fail($"{field}.points_formula", "is not supported by this version");
        CheckNumber(check, $"{field}.every", rate.Every);
        CheckNumber(check, $"{field}.points", rate.Points);
    }

    private static void CheckNumber(FieldCheck check, string field, decimal? value)
    {
        check.Require(field, value);
        check.Whole(field, value, 1);
    }
}
