using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;

namespace Vouchsafe.Api.Tests.Fuzz;

/// <summary>
/// Sends wrong requests for a while and holds every answer against what the product promises: an answer in time, never a
/// server error, refusals in the form of the catalogue that name the field, and no effect of what was refused.
/// </summary>
internal sealed partial class FuzzRun(TestServer server, Mutation mutation, bool watchesEffects)
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private sealed record Answer(int Status, string Type, string Body);

    private readonly SortedDictionary<string, (int Count, string Example)> _faults = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _statuses = [];
    private Dictionary<string, long> _rows = [];

    internal int Sent { get; private set; }

    internal string Report => string.Join('\n', _faults.Select(f => $"{f.Key} ({f.Value.Count} times), such as\n    {f.Value.Example}"));

    internal string Summary => $"{Sent} requests: {string.Join(", ", _statuses.OrderBy(s => s.Key).Select(s => $"{s.Value} x {s.Key}"))}";

    internal bool IsClean => _faults.Count == 0;

    /// <summary>Runs for a time. A seed makes the requests the same again.</summary>
    internal Task ForAsync(TimeSpan time, string? seed)
    {
        var clock = Stopwatch.StartNew();
        return WhileAsync(() => clock.Elapsed < time, seed);
    }

    /// <summary>Runs for a number of requests. A seed makes them the same again.</summary>
    internal Task ForAsync(int requests, string seed) => WhileAsync(() => Sent < requests, seed);

    private async Task WhileAsync(Func<bool> goesOn, string? seed)
    {
        var pcg = seed is null ? new PCG(1) : PCG.Parse(seed);
        using var privately = server.Private();
        using var client = server.Client();
        using var operators = server.Management();
        _rows = await Effects.CountAsync(server) ?? throw new InvalidOperationException("The work in the background does not end.");
        while (goesOn() && _faults.Count < 200)
        {
            var state = pcg.ToString();
            var request = mutation.Next(pcg);
            var channel = request.Seed.Path.StartsWith("/client/", StringComparison.Ordinal) ? client : request.Seed.Path.StartsWith("/management/", StringComparison.Ordinal) ? operators : privately;
            await OneAsync(channel, request, state);
        }
    }

    private async Task OneAsync(HttpClient channel, FuzzRequest request, string state)
    {
        Sent++;
        // A second try tells a slow machine from a slow answer.
        if ((await SendAsync(channel, request) ?? await SendAsync(channel, request)) is not { } answer)
        {
            Fault("no answer in time", request, state, "");
            return;
        }
        _statuses[answer.Status] = _statuses.GetValueOrDefault(answer.Status) + 1;
        if (answer.Status >= 500) Fault($"status {answer.Status}", request, state, answer.Body);
        if (answer.Status is >= 400 and < 500)
        {
            if (Refusal(request, answer) is { } wrong) Fault(wrong, request, state, answer.Body);
        }
        if (!request.Seed.IsWrite || !watchesEffects) return;
        if (await Effects.CountAsync(server) is not { } rows)
        {
            Fault("work in the background does not end", request, state, answer.Body);
            return;
        }
        if (answer.Status >= 400)
            foreach (var (table, count) in rows.Where(r => r.Value != _rows.GetValueOrDefault(r.Key)))
                Fault($"refused, and yet {table} went from {_rows.GetValueOrDefault(table)} to {count}", request, state, answer.Body, $"refused with an effect on {table}");
        _rows = rows;
    }

    private static async Task<Answer?> SendAsync(HttpClient channel, FuzzRequest request)
    {
        // Nothing tidies the path up before it is sent.
        var address = new Uri(channel.BaseAddress!.GetLeftPart(UriPartial.Authority) + request.Path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var message = new HttpRequestMessage(new HttpMethod(request.Seed.Verb), address);
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            if (request.ContentType is { Length: > 0 } type) message.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        using var limit = new CancellationTokenSource(AnswerLimit);
        try
        {
            using var response = await channel.SendAsync(message, limit.Token);
            return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync(limit.Token));
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static string? Refusal(FuzzRequest request, Answer answer)
    {
        if (request.Seed.IsForm && request.What == "form") return null;
        // What the HTTP server itself refuses never reaches the product: %00 in a path, a path that is no text.
        if (request.What == "path" && answer is { Status: 400, Body: "" }) return null;
        if (answer.Type != "application/json") return $"{answer.Status} with the content type '{answer.Type}'";
        JsonElement error;
        try
        {
            error = JsonDocument.Parse(answer.Body).RootElement;
        }
        catch (JsonException)
        {
            return $"{answer.Status} whose body is no JSON";
        }
        if (!error.TryGetProperty("code", out var code) || code.GetInt32() != answer.Status) return $"{answer.Status} without its code";
        if (!error.TryGetProperty("key", out var key) || !Key().IsMatch(key.GetString() ?? "")) return $"{answer.Status} without a key";
        if (!error.TryGetProperty("message", out var text) || text.GetString() is not { Length: > 0 }) return $"{answer.Status} without a message";
        if (!error.TryGetProperty("request_id", out _)) return $"{answer.Status} without a request id";
        var details = error.TryGetProperty("details", out var d) ? d.GetString() ?? "" : "";
        if (Internal().IsMatch(details)) return $"details that speak of the inside: {details}";
        // Other keys refuse the deed, not the input; so does invalid_customer, whose documented details are the card's code.
        var isInput = key.GetString() is { } name && name.StartsWith("invalid_", StringComparison.Ordinal) && name != "invalid_customer";
        return answer.Status == 400 && isInput && !NamesField(request, details) ? $"400 that names no field ({request.Seed.Operation}): {Digits().Replace(details, "#")}" : null;
    }

    // Of the members on the way to the one that was changed, one must be named, or what is missing now beside it; other
    // mutations have no single member.
    private static bool NamesField(FuzzRequest request, string details) =>
        request.What != "value" || details.EndsWith("nested too deeply.", StringComparison.Ordinal) || details.Contains(" is required", StringComparison.Ordinal) || request.Members is not { Count: > 0 } members || members.Any(m => details.Contains(m, StringComparison.OrdinalIgnoreCase));

    private void Fault(string what, FuzzRequest request, string state, string answer, string? kind = null)
    {
        var signature = kind is null ? what : $"{kind} ({request.Seed.Operation})";
        if (what.StartsWith("status", StringComparison.Ordinal)) signature = $"{what} ({request.Seed.Operation}: {request.What} {string.Join('.', request.Members ?? [])})";
        var known = _faults.GetValueOrDefault(signature);
        _faults[signature] = (known.Count + 1, known.Example ?? string.Create(CultureInfo.InvariantCulture, $"seed {state}: {request}\n    -> {what} {answer[..Math.Min(answer.Length, 400)]}"));
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{2,60}$")]
    private static partial Regex Key();

    [GeneratedRegex(@"\bSystem\.|\bMicrosoft\.|Exception|SQLite|Npgsql|Vouchsafe\.|\.cs:|BytePosition")]
    private static partial Regex Internal();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
