using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Members;
using Vouchsafe.Api.Records;

namespace Vouchsafe.Api.Wire;

/// <summary>
/// An expected refusal, made only by the error catalogues (<see cref="CommonErrors"/> and each resource's own).
/// It is also the result that a handler returns.
/// </summary>
/// <param name="Status">HTTP status, 400 to 599.</param>
/// <param name="Key">Stable key that clients switch on.</param>
/// <param name="Message">Short public message.</param>
/// <param name="Details">What exactly was wrong, naming the field; never internal detail.</param>
/// <param name="ResourceId">The resource it is about.</param>
/// <param name="ResourceType">That resource's kind.</param>
internal sealed record ApiError(
    int Status, string Key, string Message, string? Details = null, string? ResourceId = null, string? ResourceType = null) : IResult
{
    /// <summary>Resources that stand in the way.</summary>
    internal IReadOnlyList<string>? RelatedObjectIds { get; init; }

    /// <summary>Their kind.</summary>
    internal string? RelatedObjectType { get; init; }

    /// <summary>What the author of a validation rule wrote for its refusal.</summary>
    internal string? CustomMessage { get; init; }

    /// <summary>Set where a check of the access policy refused the request: it is recorded for those who guard the project.</summary>
    internal Refusal? Refusal { get; init; }

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        // Members are told on their page, and change nothing of what a key or a website may do.
        if (Refusal is not null && MemberCall.Of(httpContext) is null) httpContext.RequestServices.GetRequiredService<RefusalRecords>().Note(httpContext, Refusal);
        httpContext.Response.StatusCode = Status;
        if (Status == StatusCodes.Status503ServiceUnavailable) httpContext.Response.Headers.RetryAfter = "1";
        return httpContext.Response.WriteAsJsonAsync(ToBody(RequestId.Of(httpContext)), WireJson.Options);
    }

    internal ApiErrorBody ToBody(string? requestId) => new(Status, Key, Message, Details, requestId, ResourceId, ResourceType) 
    {
        RelatedObjectIds = RelatedObjectIds,
        RelatedObjectType = RelatedObjectType,
        Error = CustomMessage is null ? null : new ApiErrorBody.CustomError(CustomMessage),
    };
}

/// <summary>The error's wire form.</summary>
internal sealed record ApiErrorBody(
    int Code,
    string Key,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Details,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RequestId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ResourceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ResourceType)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? RelatedObjectIds { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RelatedObjectType { get; init; }

    /// <summary>The message of a validation rule's author.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CustomError? Error { get; init; }

    internal sealed record CustomError(string Message);
}
