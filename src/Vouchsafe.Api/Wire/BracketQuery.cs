using Microsoft.AspNetCore.Http;

namespace Vouchsafe.Api.Wire;

/// <summary>
/// Query parameters with nested names, in every spelling that clients use: <c>created_at[after]</c>,
/// <c>[created_at][after]</c>, <c>filters[metadata.x][conditions][$is][0]</c>.
/// </summary>
internal static class BracketQuery
{
    private const int MaxSegments = 6;
    private const int MaxFilters = 30;

    /// <summary>A range of instants; both ends are optional and exclusive.</summary>
    internal readonly record struct Range(DateTimeOffset? Before, DateTimeOffset? After);

    /// <summary>One condition of <c>filters</c>.</summary>
    internal readonly record struct Filter(string Field, string Operator, IReadOnlyList<string> Values);

    /// <summary>The range given as <c>name[before]</c> and <c>name[after]</c>.</summary>
    internal static Result<Range> Instants(IQueryCollection query, string name)
    {
        DateTimeOffset? before = null, after = null;
        foreach (var (key, values) in query)
        {
            var path = Segments(key);
            if (path.Length == 0 || path[0] != name) continue;
            if (path.Length != 2 || path[1] is not ("before" or "after") || values.Count != 1
                || !InstantConverter.TryParse(values.ToString(), out var instant))
                return CommonErrors.InvalidQuery($"{name} takes {name}[before] and {name}[after], each one ISO 8601 date and time.");
            if (path[1] == "before") before = instant;
            else after = instant;
        }

        return new Range(before, after);
    }

    /// <summary>The conditions of <c>filters</c>; all of them must hold.</summary>
    internal static Result<IReadOnlyList<Filter>> Filters(IQueryCollection query) =>
        JunctionOf(query) is not ("and" or "AND") ? CommonErrors.InvalidQuery("filters[junction] must be AND.") : Conditions(query);

    /// <summary>The conditions of <c>filters</c> where one of them may be enough.</summary>
    /// <param name="query">The query.</param>
    /// <param name="one">Whether one is enough.</param>
    internal static Result<IReadOnlyList<Filter>> Filters(IQueryCollection query, out bool one)
    {
        var junction = JunctionOf(query);
        one = junction is "or" or "OR";
        return one || junction is "and" or "AND" ? Conditions(query) : CommonErrors.InvalidQuery("filters[junction] must be AND or OR.");
    }

    private static string JunctionOf(IQueryCollection query)
    {
        foreach (var (key, values) in query)
            if (Segments(key) is ["filters", "junction"]) return values.ToString();
        return "and";
    }

    private static Result<IReadOnlyList<Filter>> Conditions(IQueryCollection query)
    {
        var found = new Dictionary<(string Field, string Operator), List<string>>();
        foreach (var (key, values) in query)
        {
            var path = Segments(key);
            if (path.Length == 0 || path[0] != "filters") continue;
            if (path is ["filters", "junction"]) continue;
            if (path.Length is not (4 or 5) || path[2] != "conditions" || values.Any(v => v is null || v.Length > 500 || v.Contains('\0')))
                return CommonErrors.InvalidQuery($"{key} must read filters[field][conditions][operator].");
            if (!found.TryGetValue((path[1], path[3]), out var list)) found[(path[1], path[3])] = list = [];
            list.AddRange(values!);
            if (found.Count > MaxFilters || list.Count > 100) return CommonErrors.InvalidQuery($"filters may hold {MaxFilters} conditions at most.");
        }

        return found.Select(f => new Filter(f.Key.Field, f.Key.Operator, f.Value)).ToList();
    }

    // "filters[a.b][conditions][$is]" and "[filters][a.b][conditions][$is]" are the same path.
    private static string[] Segments(string key)
    {
        if (!key.Contains('[')) return [];
        var parts = key.Split(['[', ']'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > MaxSegments ? [] : parts;
    }
}
