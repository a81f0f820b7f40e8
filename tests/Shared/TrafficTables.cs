namespace Vouchsafe.Testing;

/// <summary>Tables that records of the traffic are written to, a moment after the calls: tests that compare what is stored leave them out.</summary>
internal static class TrafficTables
{
    internal static readonly string[] Names = ["refusals", "refusal_minutes", "usage_hours"];
}
