using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vouchsafe.Dashboard.Shared;

/// <summary>How the pages read and write the API's JSON.</summary>
public static class DashboardJson
{
    /// <summary>snake_case, absent members left out, unknown ones ignored.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
    };
}

/// <summary>A refusal of the API, as its catalogue words it.</summary>
/// <param name="Code">HTTP status.</param>
/// <param name="Key">Stable key.</param>
/// <param name="Message">Short message.</param>
/// <param name="Details">What exactly was wrong, naming the field.</param>
/// <param name="RequestId">Under which the server logged it.</param>
public sealed record ApiProblem(int Code, string Key, string Message, string? Details, string? RequestId)
{
    /// <summary>What to show.</summary>
    public string Text => string.IsNullOrEmpty(Details) ? Message : Details;

    internal static ApiProblem Read(int status, ReadOnlySpan<byte> body)
    {
        try
        {
            if (body.Length > 0 && JsonSerializer.Deserialize<ApiProblem>(body, DashboardJson.Options) is { } problem) return problem;
        }
        catch (JsonException)
        {
            // Said below: what the API itself did not answer has no words of its own.
        }
        return new ApiProblem(status, "unreadable", $"The server answered with the status {status}.", null, null);
    }
}

/// <summary>Either the value or the problem.</summary>
/// <typeparam name="T">The value's wire form.</typeparam>
/// <param name="Value">What was answered; null if refused.</param>
/// <param name="Problem">Why it was refused; null if it was not.</param>
public sealed record ApiReply<T>(T? Value, ApiProblem? Problem)
{
    /// <summary>Whether there is no problem.</summary>
    public bool IsSuccess => Problem is null;
}

/// <summary>A list as the API answers it; resources name the array after themselves or <c>data</c>.</summary>
/// <typeparam name="T">An element.</typeparam>
/// <param name="Items">The page of elements.</param>
/// <param name="Total">How many there are.</param>
public sealed record ApiList<T>(IReadOnlyList<T> Items, long Total);

/// <summary>Nothing of interest in the answer.</summary>
public sealed record Nothing;
