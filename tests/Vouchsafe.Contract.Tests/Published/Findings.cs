using System.Text.Json.Nodes;
using NJsonSchema.Validation;

namespace Vouchsafe.Contract.Tests.Published;

/// <summary>
/// What the validator found in one answer, made readable: of several alternatives the one that fits best is reported, and a
/// null that the description's own examples show is not a fault.
/// </summary>
internal sealed class Findings(JsonNode answer, ExampleNulls nulls)
{
    internal IReadOnlyList<string> Of(IEnumerable<ValidationError> errors) => [.. errors.SelectMany(Leaves).Distinct()];

    private IEnumerable<string> Leaves(ValidationError error)
    {
        if (error is ChildSchemaValidationError { Errors.Count: > 0 } children) return Best(error, children);
        return nulls.Explain(answer, Place(error)) ? [] : [$"{Place(error)}: {error.Kind}"];
    }

    private IEnumerable<string> Best(ValidationError error, ChildSchemaValidationError children)
    {
        if (error.Kind is not (ValidationErrorKind.NotAnyOf or ValidationErrorKind.NotOneOf))
            return children.Errors.Values.SelectMany(v => v).SelectMany(Leaves);
        var branches = children.Errors.Values.Select(v => v.SelectMany(Leaves).Distinct().ToList());
        var own = Place(error) + ":";
        // A branch that fails at the value itself is of another type altogether.
        return branches.OrderBy(b => b.Count(f => f.StartsWith(own, StringComparison.Ordinal))).ThenBy(b => b.Count).First();
    }

    private static string Place(ValidationError error)
    {
        var path = error.Path is null or "" ? "#" : error.Path;
        return error.Property is { Length: > 0 } property && !path.EndsWith(property, StringComparison.Ordinal) ? $"{path}.{property}" : path;
    }
}
