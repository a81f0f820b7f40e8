using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.AsyncActions;

internal static class AsyncActionsEndpoints
{
    internal static void MapAsyncActions(this ChannelRoutes routes)
    {
        routes.Get("/async-actions", ListAsyncActions.Handle, "list-async-actions", "async-actions");
        routes.Get("/async-actions/{asyncActionId}", GetAsyncAction.Handle, "get-async-action", "async-actions");
    }
}

/// <summary>An asynchronous action on the wire.</summary>
internal sealed record AsyncActionResponse
{
    public required string Id { get; init; }
    public required string Type { get; init; }
    public required string Status { get; init; }
    public required string OperationStatus { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? UpdatedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? ProcessingTime { get; init; }
    public required long Progress { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? Result { get; init; }
    public string Object => "async_action";

    internal static AsyncActionResponse From(AsyncAction action, bool withResult) => new()
    {
        Id = action.Id,
        Type = action.Type,
        Status = action.Status switch
        {
            AsyncActionStatus.Accepted => "ENQUEUED",
            AsyncActionStatus.InProgress => "IN_PROGRESS",
            AsyncActionStatus.Done => "DONE",
            AsyncActionStatus.Failed => "FAILED",
        },
        OperationStatus = action.Status switch
        {
            AsyncActionStatus.Accepted or AsyncActionStatus.InProgress => "UNKNOWN",
            AsyncActionStatus.Done => "SUCCESS",
            AsyncActionStatus.Failed => "FAILED",
        },
        CreatedAt = action.CreatedAt,
        UpdatedAt = action.UpdatedAt,
        ProcessingTime = action.UpdatedAt is { } updated ? (long)(updated - action.CreatedAt).TotalMilliseconds : null,
        Progress = action.Status == AsyncActionStatus.Done ? 100 : action.Total == 0 ? 0 : Math.Min(99, action.Processed * 100 / action.Total),
        Result = withResult ? JsonText.From(action.ResultJson) : null,
    };
}

/// <summary>202: the work was taken on.</summary>
internal sealed record AsyncActionAnswer(string AsyncActionId)
{
    internal static IResult Accepted(AsyncAction action) =>
        Json.Accepted(new AsyncActionAnswer(action.Id));

    /// <summary>Takes an action on, together with what else the context holds.</summary>
    internal static async Task<IResult> EnqueueAsync(ApiCall call, AsyncAction action, VouchsafeDbContext db, ActionQueue queue)
    {
        db.AsyncActions.Add(action);
        await db.SaveChangesAsync(call.Aborted);
        queue.Wake();
        return Accepted(action);
    }
}

/// <summary>GET /v1/async-actions/{id}.</summary>
internal static class GetAsyncAction
{
    internal static async Task<IResult> Handle(ApiCall call, string asyncActionId, VouchsafeDbContext db) =>
        await db.AsyncActions.AsNoTracking().FirstOrDefaultAsync(a => a.ProjectId == call.Project.Id && a.Id == asyncActionId && !UnpublishedActions.Types.Contains(a.Type), call.Aborted) is { } action
            ? Json.Ok(AsyncActionResponse.From(action, withResult: true))
            : CommonErrors.NotFound("async_action", asyncActionId);
}

/// <summary>GET /v1/async-actions: newest first; <c>end_date</c> goes back in time, page by page.</summary>
internal static class ListAsyncActions
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Page.Read(call.Query).Failed(out var error, out var page)) return error;
        if (call.Query.Instant("end_date").Failed(out error, out var end)) return error;
        var found = db.AsyncActions.AsNoTracking().Where(a => a.ProjectId == call.Project.Id && !UnpublishedActions.Types.Contains(a.Type));
        if (end is { } before) found = found.Where(a => a.CreatedAt < before);
        var rows = await found.OrderByDescending(a => a.Id).Take(page.Limit + 1).ToListAsync(call.Aborted);
        return Json.Ok(new Dictionary<string, object>
        {
            ["object"] = "list",
            ["data_ref"] = "async_actions",
            ["async_actions"] = rows.Take(page.Limit).Select(a => AsyncActionResponse.From(a, withResult: false)).ToList(),
            ["has_more"] = rows.Count > page.Limit,
        });
    }
}
