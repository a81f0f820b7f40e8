using System.Text.Json.Nodes;

namespace Vouchsafe.Dashboard.Pages.Rules;

/// <summary>A validation rule on the wire. Its parts stay JSON: what the builder does not understand must survive it.</summary>
public sealed record Rule(
    string Id, string Name, JsonObject? Rules, JsonObject? BundleRules, JsonObject? ApplicableTo, JsonObject? Error,
    string? ContextType, long AssignmentsCount, DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt);
