using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Segments;

/// <summary>The conditions of <c>filters</c> on the list of segments. A field or operator that is not listed here is refused, never skipped.</summary>
internal static class SegmentListFilters
{
    internal static Result<IQueryable<Segment>> Apply(QueryReader query, IQueryable<Segment> segments)
    {
        if (BracketQuery.Filters(query.Raw, out var one).Failed(out var error, out var filters)) return error;
        List<IQueryable<Segment>> alternatives = [];
        // The time of creation is a matter of every list.
        foreach (var filter in filters.Where(f => f.Field != "created_at"))
        {
            if (Holding(one ? segments : alternatives.LastOrDefault(segments), filter).Failed(out error, out var holding)) return error;
            alternatives.Add(holding);
        }

        if (alternatives.Count == 0) return Result.Of(segments);
        if (!one) return Result.Of(alternatives[^1]);
        var any = alternatives.Aggregate((left, right) => left.Concat(right));
        return Result.Of(segments.Where(s => any.Any(a => a.Id == s.Id)));
    }

    private static Result<IQueryable<Segment>> Holding(IQueryable<Segment> segments, BracketQuery.Filter filter) => filter.Field switch
    {
        "id" => Text(segments, filter, nameof(Segment.Id)),
        "name" => Text(segments, filter, nameof(Segment.Name)),
        "type" => Type(segments, filter),
        _ => CommonErrors.InvalidQuery($"filters[{filter.Field}] is not a field that segments can be filtered by."),
    };

    private static Result<IQueryable<Segment>> Text(IQueryable<Segment> segments, BracketQuery.Filter filter, string column)
    {
        var (values, part) = (filter.Values, filter.Values[0]);
        return filter.Operator switch
        {
            "$is" or "$in" => Result.Of(segments.Where(s => values.Contains(EF.Property<string>(s, column)))),
            "$is_not" or "$not_in" => Result.Of(segments.Where(s => !values.Contains(EF.Property<string>(s, column)))),
            "$starts_with" => Result.Of(segments.Where(s => EF.Property<string>(s, column).StartsWith(part))),
            "$ends_with" => Result.Of(segments.Where(s => EF.Property<string>(s, column).EndsWith(part))),
            "$contains" => Result.Of(segments.Where(s => EF.Property<string>(s, column).Contains(part))),
            "$not_contain" => Result.Of(segments.Where(s => !EF.Property<string>(s, column).Contains(part))),
            _ => Presence(segments, filter),
        };
    }

    private static Result<IQueryable<Segment>> Type(IQueryable<Segment> segments, BracketQuery.Filter filter)
    {
        bool Fits(string name) => filter.Operator switch
        {
            "$starts_with" => name.StartsWith(filter.Values[0], StringComparison.Ordinal),
            "$ends_with" => name.EndsWith(filter.Values[0], StringComparison.Ordinal),
            _ => filter.Values.Contains(name),
        };
        List<SegmentType> types = [.. Enum.GetValues<SegmentType>().Where(type => Fits(SegmentResponse.WireName(type)))];
        return filter.Operator switch
        {
            "$is" or "$in" or "$starts_with" or "$ends_with" => Result.Of(segments.Where(s => types.Contains(s.Type))),
            "$is_not" or "$not_in" => Result.Of(segments.Where(s => !types.Contains(s.Type))),
            _ => Presence(segments, filter),
        };
    }

    // Every segment has an id, a name and a type.
    private static Result<IQueryable<Segment>> Presence(IQueryable<Segment> segments, BracketQuery.Filter filter) => filter.Operator switch
    {
        "$has_value" => Result.Of(segments),
        "$is_unknown" => Result.Of(segments.Where(s => false)),
        _ => CommonErrors.InvalidQuery($"filters[{filter.Field}] does not take the condition {filter.Operator}."),
    };
}
