using System.Text.Json;

namespace Vouchsafe.Engine.Customers;

/// <summary>The customer of a request as rules and formulas read it.</summary>
public sealed record CustomerSnapshot
{
    /// <summary>The stored customer's id; null for a customer who is only described in the request.</summary>
    public string? Id { get; init; }

    /// <summary>The merchant's own id.</summary>
    public string? SourceId { get; init; }

    /// <summary>Ids of the segments the customer is in, at least of those that <c>ValidationRule.SegmentIds</c> names.</summary>
    public IReadOnlyCollection<string> SegmentIds { get; init; } = [];

    /// <summary>Metadata object; undefined when there is none.</summary>
    public JsonElement Metadata { get; init; }

    /// <summary>Date of birth.</summary>
    public DateOnly? Birthdate { get; init; }
}
