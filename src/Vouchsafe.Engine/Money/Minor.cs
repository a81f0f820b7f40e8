namespace Vouchsafe.Engine.Money;

/// <summary>Arithmetic on amounts in the smallest currency unit (cents). Nothing here wraps around: overflow throws or is reported.</summary>
public static class Minor
{
    /// <summary>
    /// The largest amount the engine accepts: 2^53 - 1, the largest integer that a JSON number carries exactly to every client.
    /// </summary>
    public const long Max = 9_007_199_254_740_991;

    /// <summary>Multiplies a unit price by a quantity. False when either is negative or the product passes <see cref="Max"/>.</summary>
    public static bool TryMultiply(long price, long quantity, out long amount)
    {
        var wide = (Int128)price * quantity;
        var fits = price >= 0 && quantity >= 0 && wide <= Max;
        amount = fits ? (long)wide : 0;
        return fits;
    }

    /// <summary>Adds two amounts. False when either is negative or the sum passes <see cref="Max"/>.</summary>
    public static bool TryAdd(long left, long right, out long sum)
    {
        var fits = left >= 0 && right >= 0 && left <= Max && right <= Max - left;
        sum = fits ? left + right : 0;
        return fits;
    }

    /// <summary>
    /// <paramref name="percent"/> of <paramref name="amount"/>, rounded to the nearest minor unit; a half goes away from zero.
    /// This is the only rounding rule of the engine for percentages.
    /// </summary>
    /// <param name="amount">0 to <see cref="Max"/>.</param>
    /// <param name="percent">0 or more, for example 12.5; more than 100 is allowed and gives more than the amount.</param>
    public static long PercentOf(long amount, decimal percent) => Round(amount * percent / 100m);

    /// <summary>Rounds to a whole minor unit, halves away from zero, and clamps into plus or minus <see cref="Max"/>.</summary>
    public static long Round(decimal value) =>
        (long)Math.Clamp(Math.Round(value, 0, MidpointRounding.AwayFromZero), -Max, Max);
}
