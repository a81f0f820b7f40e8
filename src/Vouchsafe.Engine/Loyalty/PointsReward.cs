namespace Vouchsafe.Engine.Loyalty;

/// <summary>What points are spent on. A closed set: only the records in this file derive from it.</summary>
public abstract record PointsReward
{
    private protected PointsReward()
    {
    }
}

/// <summary>Points pay for the order, a whole exchange at a time.</summary>
/// <param name="Points">Points of one exchange; more than zero.</param>
/// <param name="Amount">What one exchange pays, minor units; more than zero.</param>
public sealed record CoinReward(long Points, long Amount) : PointsReward;

/// <summary>Something that costs a fixed number of points and leaves the order as it is.</summary>
/// <param name="Points">The price.</param>
public sealed record PricedReward(long Points) : PointsReward;
