using System.Text.Json.Serialization;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.ValidationRules;

/// <summary>A validation rule on the wire: what was written, with <c>applicable_to</c> made complete.</summary>
internal sealed record ValidationRuleResponse
{
    private const string EverythingApplies = """{"excluded":[],"included":[],"included_all":true}""";

    public required string Id { get; init; }
    public required string Name { get; init; }
    public required JsonText Rules { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonText? BundleRules { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonText? Error { get; init; }
    public required JsonText ApplicableTo { get; init; }
    public required string Type { get; init; }
    public required string ContextType { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? UpdatedAt { get; init; }
    public required long AssignmentsCount { get; init; }
    public string Object => "validation_rules";

    internal static ValidationRuleResponse From(ValidationRule rule, long assignments) => new()
    {
        Id = rule.Id,
        Name = rule.Name,
        Rules = new JsonText(rule.RulesJson ?? "{}"),
        BundleRules = JsonText.From(rule.BundleRulesJson),
        Error = JsonText.From(rule.ErrorJson),
        ApplicableTo = new JsonText(rule.ApplicableToJson ?? EverythingApplies),
        Type = rule.Type,
        ContextType = rule.ContextType,
        CreatedAt = rule.CreatedAt,
        UpdatedAt = rule.UpdatedAt,
        AssignmentsCount = assignments,
    };
}

/// <summary>An assignment on the wire.</summary>
internal sealed record AssignmentResponse(string Id, string RuleId, string RelatedObjectId, string RelatedObjectType, DateTimeOffset CreatedAt)
{
    public string Object => "validation_rules_assignment";

    internal static AssignmentResponse From(ValidationRuleAssignment assignment) =>
        new(assignment.Id, assignment.RuleId, assignment.RelatedObjectId, assignment.RelatedObjectType, assignment.CreatedAt);

    /// <summary>The list that vouchers, campaigns and tiers carry.</summary>
    internal static Dictionary<string, object> List(IEnumerable<ValidationRuleAssignment> assignments)
    {
        AssignmentResponse[] entries = [.. assignments.Select(From)];
        return WireList.Of("data", entries, entries.Length);
    }
}
