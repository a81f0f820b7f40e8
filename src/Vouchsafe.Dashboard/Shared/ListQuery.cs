using System.Globalization;

namespace Vouchsafe.Dashboard.Shared;

/// <summary>Queries of the lists that people page through.</summary>
public static class ListQuery
{
    /// <summary>The conditions that are set, as a query without its question mark.</summary>
    public static string Of(params (string Name, string? Value)[] conditions) =>
        string.Join('&', conditions.Where(c => !string.IsNullOrEmpty(c.Value)).Select(c => $"{c.Name}={Uri.EscapeDataString(c.Value!)}"));

    /// <summary>Where a day begins, or the day so many days later; null if it is no day.</summary>
    public static string? Midnight(string? day, int plusDays = 0) =>
        DateOnly.TryParse(day, CultureInfo.InvariantCulture, out var date) && date < DateOnly.MaxValue
            ? date.AddDays(plusDays).ToString("yyyy-MM-dd'T'00:00:00'Z'", CultureInfo.InvariantCulture)
            : null;
}

/// <summary>A page of such a list and where the next one begins.</summary>
/// <typeparam name="T">An entry.</typeparam>
/// <param name="Data">The entries.</param>
/// <param name="Next">The cursor of the next page; null: there is none.</param>
/// <param name="LookedBackTo">How far the search came, where there is more to look at.</param>
public sealed record BrowsedPage<T>(IReadOnlyList<T> Data, string? Next, DateTimeOffset? LookedBackTo);
