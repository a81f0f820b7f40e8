namespace Vouchsafe.Dashboard.Shared;

/// <summary>One colour of a bar chart.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Counts">Its height in each piece of time.</param>
public sealed record BarSeries(string Name, IReadOnlyList<long> Counts)
{
    /// <summary>All of it.</summary>
    public long Total => Counts.Sum();
}
