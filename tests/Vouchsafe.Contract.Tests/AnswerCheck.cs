using System.Text.Json.Nodes;
using Vouchsafe.Contract.Tests.Published;

namespace Vouchsafe.Contract.Tests;

/// <summary>Holds one answer against what is described of its operation.</summary>
internal static class AnswerCheck
{
    internal static IEnumerable<string> Faults(PublishedOperation operation, int status, string? contentType, string body)
    {
        if (!operation.Describes(status) && status < 400) return [$"the status {status} is not described"];
        var schema = operation.Describes(status) ? operation.SchemaOf(status) : null;
        if (schema is null && status < 400) return body.Length == 0 ? [] : ["a body where none is described"];
        if (contentType != "application/json") return [$"the content type is {contentType ?? "(none)"}"];
        var faults = schema is null ? [] : operation.Document.Faults(schema, body);
        return status < 400 ? faults : faults.Concat(ErrorFaults(operation, status, body));
    }

    // Errors that an operation does not list (it lists few of them) still have the one form of the description.
    private static IEnumerable<string> ErrorFaults(PublishedOperation operation, int status, string body)
    {
        var faults = operation.Document.Has("Error") ? operation.Document.Faults("Error", body) : [];
        var error = JsonNode.Parse(body)!;
        return error["code"]?.GetValue<int>() == status ? faults : faults.Append($"the member code is not {status}");
    }
}
