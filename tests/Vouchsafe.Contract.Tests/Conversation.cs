using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Vouchsafe.Contract.Tests.Published;

namespace Vouchsafe.Contract.Tests;

/// <summary>
/// Talks to a server and holds every answer against the published description: its status, its content type, its body.
/// What deviates is kept until the scenario has ended, so that one run shows all of it.
/// </summary>
internal sealed partial class Conversation(RunningServer server, Description published, KnownDeviations deviations)
{
    private readonly SortedSet<string> _faults = new(StringComparer.Ordinal);
    private readonly HashSet<string> _succeeded = new(StringComparer.Ordinal);

    /// <summary>What was wrong, each fault once.</summary>
    internal IReadOnlyCollection<string> Faults => _faults;

    /// <summary>Names of the described operations that answered with success.</summary>
    internal IReadOnlyCollection<string> Succeeded => _succeeded;

    /// <summary>Runs a scenario to its end, or as far as its answers allow.</summary>
    internal async Task RunAsync(Func<Conversation, Task> scenario)
    {
        try
        {
            await scenario(this);
        }
        // An answer lacks what the next call needs: the faults found so far say why.
        catch (Exception e) when (e is NullReferenceException or InvalidOperationException or ArgumentOutOfRangeException or System.Text.Json.JsonException)
        {
            _faults.Add($"the scenario could not go on: {e}");
        }
    }

    /// <summary>A call such as <c>POST /v1/vouchers</c> with the credentials of its channel; the answer must have this status.</summary>
    internal async Task<JsonNode> Call(string call, string? body = null, int expect = 200)
    {
        var (verb, path) = (call[..call.IndexOf(' ', StringComparison.Ordinal)], call[(call.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        using var request = new HttpRequestMessage(new HttpMethod(verb), path);
        foreach (var (name, value) in Credentials(path)) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, path.StartsWith("/v1/oauth/", StringComparison.Ordinal) ? "application/x-www-form-urlencoded" : "application/json");
        using var response = await server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var status = (int)response.StatusCode;
        if (status != expect) _faults.Add($"{call} answered {status} instead of {expect}: {text}");
        if (published.Find(verb, path) is { } operation) Check(operation, status, response.Content.Headers.ContentType?.MediaType, text);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    private void Check(PublishedOperation operation, int status, string? contentType, string body)
    {
        if (status < 400) _succeeded.Add(operation.Name);
        foreach (var fault in AnswerCheck.Faults(operation, status, contentType, body).Select(f => Index().Replace(f, "[]")))
            if (!deviations.Explain($"{operation.Name} {status}", fault)) _faults.Add($"{operation.Name} {status} {fault}");
    }

    private static (string, string)[] Credentials(string path) =>
        path.StartsWith("/client/", StringComparison.Ordinal)
            ? [("X-Client-Application-Id", RunningServer.ClientId), ("X-Client-Token", RunningServer.ClientToken), ("Origin", RunningServer.ShopOrigin)]
        : path.StartsWith("/management/", StringComparison.Ordinal)
            ? [("X-Management-Id", RunningServer.ManagementId), ("X-Management-Token", RunningServer.ManagementToken)]
        : [("X-App-Id", RunningServer.ApplicationId), ("X-App-Token", RunningServer.ApplicationToken)];

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}
