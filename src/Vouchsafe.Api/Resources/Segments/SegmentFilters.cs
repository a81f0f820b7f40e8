using Vouchsafe.Api.Filters;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources.Segments;

/// <summary>The filter of a dynamic segment, over customers in wire form.</summary>
internal static class SegmentFilters
{
    private static readonly HashSet<string> Fields =
        ["id", "source_id", "name", "description", "email", "phone", "birthdate", "birthday", "created_at", "updated_at"];

    private static readonly string[] Prefixes = ["metadata.", "address.", "summary.", "loyalty.", "system_metadata."];

    internal static Result<FilterSet> Parse(string json) =>
        FilterSet.Parse(json, "filter", field => Fields.Contains(field) || Prefixes.Any(p => field.StartsWith(p, StringComparison.Ordinal)));
}
