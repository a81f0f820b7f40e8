using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Vouchsafe.Api.Wire;

/// <summary>Answers with a body.</summary>
internal static class Json
{
    /// <summary>200 with the value in wire form.</summary>
    internal static IResult Ok<T>(T value) => new JsonAnswer<T>(StatusCodes.Status200OK, value);

    /// <summary>202 with the value in wire form.</summary>
    internal static IResult Accepted<T>(T value) => new JsonAnswer<T>(StatusCodes.Status202Accepted, value);
}

/// <summary>
/// A value rendered whole before the first byte is sent: what cannot be rendered becomes an error, never half an answer, and
/// the length is known, which saves chunks.
/// </summary>
internal sealed class JsonAnswer<T>(int status, T value) : IResult
{
    private const int KeptBytes = 64 * 1024;

    private static readonly JsonTypeInfo<T> Shape = (JsonTypeInfo<T>)WireJson.Options.GetTypeInfo(typeof(T));
    private static readonly StringValues ContentType = "application/json; charset=utf-8";

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _idle;

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (buffer, writer) = _idle ?? Make();
        _idle = null;
        JsonSerializer.Serialize(writer, value, Shape);
        writer.Flush();
        var response = httpContext.Response;
        response.StatusCode = status;
        response.Headers.ContentType = ContentType;
        response.Headers.ContentLength = buffer.WrittenCount;
        response.BodyWriter.Write(buffer.WrittenSpan);
        if (buffer.Capacity > KeptBytes) return Task.CompletedTask;
        buffer.ResetWrittenCount();
        writer.Reset();
        _idle = (buffer, writer);
        return Task.CompletedTask;
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) Make()
    {
        var buffer = new ArrayBufferWriter<byte>(4 * 1024);
        return (buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = WireJson.Options.Encoder, SkipValidation = true }));
    }
}
