namespace Vouchsafe.Dashboard.Shared;

/// <summary>A rule that holds for something.</summary>
/// <param name="Id">Id of the assignment.</param>
/// <param name="RuleId">The rule.</param>
/// <param name="RelatedObjectId">What it holds for.</param>
/// <param name="RelatedObjectType">What that is on the wire.</param>
public sealed record RuleAssignment(string Id, string RuleId, string RelatedObjectId, string RelatedObjectType);

/// <summary>Which rules hold for something.</summary>
/// <param name="Data">The assignments.</param>
public sealed record RuleAssignmentList(IReadOnlyList<RuleAssignment>? Data);

/// <summary>Makes the rules that hold for something be the chosen ones.</summary>
internal static class RuleChanges
{
    /// <summary>New rules before old ones go, so that at no moment fewer hold than are wanted.</summary>
    /// <returns>The first refusal; null if all was done.</returns>
    internal static async Task<ApiProblem?> ApplyAsync(
        ProjectApi project, IReadOnlyList<RuleAssignment> now, IReadOnlySet<string> wanted, string objectType, string objectId)
    {
        foreach (var rule in wanted.Where(id => now.All(a => a.RuleId != id)))
        {
            var added = await project.SendAsync<Nothing>(HttpMethod.Post, $"/v1/validation-rules/{Uri.EscapeDataString(rule)}/assignments",
                new { RelatedObjectType = objectType, RelatedObjectId = objectId });
            if (added.Problem is { } problem) return problem;
        }

        foreach (var assignment in now.Where(a => !wanted.Contains(a.RuleId)))
        {
            var removed = await project.SendAsync<Nothing>(HttpMethod.Delete, $"/v1/validation-rules/{Uri.EscapeDataString(assignment.RuleId)}/assignments/{Uri.EscapeDataString(assignment.Id)}");
            if (removed.Problem is { } problem) return problem;
        }

        return null;
    }
}
