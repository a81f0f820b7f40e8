using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Vouchsafe.Api.Wire;

/// <summary>Reads request bodies; every way in which one can be bad is an error of the catalogue that names the field.</summary>
internal static class BodyReader
{
    /// <summary>
    /// Reads a JSON body. Without any body the result is what <c>{}</c> gives, as the API's older clients send nothing
    /// where every member is optional.
    /// </summary>
    internal static async ValueTask<Result<T>> ReadAsync<T>(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            if (request.ContentLength is 0 || request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
                return JsonSerializer.Deserialize<T>("{}", WireJson.Options)!;
            if (!IsJson(request.ContentType)) return CommonErrors.UnsupportedMediaType(request.ContentType);
            var value = await JsonSerializer.DeserializeAsync<T>(request.BodyReader, WireJson.Options, cancellation);
            return value is null ? CommonErrors.InvalidPayload("The body must be a JSON object.") : value;
        }
        catch (JsonException e)
        {
            return CommonErrors.InvalidPayload(Describe(e));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return CommonErrors.TooLarge(request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0);
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    // The serializer's own texts name .NET types and byte positions; the caller is told the member and the reason instead.
    internal static string Describe(JsonException e)
    {
        var where = e.Path;
        for (; e.InnerException is JsonException inner; e = inner) where += inner.Path is { Length: > 1 } below ? below[1..] : "";
        var path = where is null or "$" ? null : where.StartsWith("$.", StringComparison.Ordinal) ? where[2..] : where;
        if (e.InnerException is null && IsOurs(e.Message)) return $"{path ?? "The body"} {FirstSentence(e.Message)}";
        if (e.Message.Contains("maximum configured depth", StringComparison.Ordinal)) return $"{path ?? "The body"} is nested too deeply.";
        if (e.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
            return path is null ? "The body must be a JSON object." : $"{path} has a value of the wrong type or an unknown value.";
        if (e.Message.Contains("uplicate", StringComparison.Ordinal)) return $"A member stands twice in the body{(path is null ? "" : ": " + path)}.";
        if (e.BytePositionInLine is null) return $"{path ?? "The body"} {FirstSentence(e.Message)}";
        return $"The body is not valid JSON (line {e.LineNumber + 1}{(path is null ? "" : ", near " + path)}).";
    }

    // The converters' own words follow the member's name.
    private static bool IsOurs(string message) =>
        message.StartsWith("must ", StringComparison.Ordinal) || message.StartsWith("has the member ", StringComparison.Ordinal) || message.StartsWith("is out of range", StringComparison.Ordinal);

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end].TrimEnd('.');
    }
}
