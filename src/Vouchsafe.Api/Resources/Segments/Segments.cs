using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Segments;

internal static class SegmentsEndpoints
{
    internal static void MapSegments(this ChannelRoutes routes)
    {
        routes.Post("/segments", CreateSegment.Handle, "create-segment", "segments");
        routes.Get("/segments", ListSegments.Handle, "list-segment", "segments");
        routes.Get("/segments/{segmentId}", GetSegment.Handle, "get-segment", "segments");
        routes.Delete("/segments/{segmentId}", DeleteSegment.Handle, "delete-segment", "segments");
        routes.Get("/customers/{customerId}/segments", ListCustomerSegments.Handle, "list-customer-segments", "customers");
    }
}

/// <summary>A segment on the wire.</summary>
internal sealed record SegmentResponse(string Id, string Name, DateTimeOffset CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? UpdatedAt, string Type, JsonText? Filter)
{
    /// <summary>Members are found when they are asked for, so nothing has to be synchronised first.</summary>
    public string InitialSyncStatus => "DONE";
    public string Object => "segment";

    internal static SegmentResponse From(Segment segment) =>
        new(segment.Id, segment.Name, segment.CreatedAt, segment.UpdatedAt, WireName(segment.Type), JsonText.From(segment.FilterJson));

    internal static string WireName(SegmentType type) => type switch
    {
        SegmentType.Static => "static",
        SegmentType.AutoUpdate => "auto-update",
        SegmentType.Passive => "passive",
    };
}

/// <summary>Refusals of segments.</summary>
internal static class SegmentErrors
{
    internal static ApiError NotFound(string id) => CommonErrors.NotFound("segment", id);
}

/// <summary>POST /v1/segments.</summary>
internal static class CreateSegment
{
    private const int MaxMembers = 20_000;
    private const int MaxDynamic = 100;

    internal sealed record Payload(string? Name, string? Type, List<string>? Customers, JsonText? Filter)
    {
        internal ApiError? Problem() =>
            (string.IsNullOrEmpty(Name) ? CommonErrors.InvalidPayload("Payload should have required property 'name'") : null)
            ?? Check.Text(Name, "name") ?? Check.OneOf(Type, "type", "static", "auto-update", "passive")
            ?? (Customers?.Count > MaxMembers ? CommonErrors.InvalidPayload($"customers may hold {MaxMembers} ids at most.") : null)
            ?? (IsStatic ? null : FilterProblem());

        // Without a type, what is given tells: customers make a static segment, a filter a passive one.
        internal bool IsStatic => Type is "static" || (Type is null && Filter is null);

        private ApiError? FilterProblem() =>
            Filter is not { } filter ? CommonErrors.InvalidPayload("filter is required for a dynamic segment.")
            : SegmentFilters.Parse(filter.Text).Failed(out var error, out _) ? error : null;
    }

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<Payload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem() is { } problem) return problem;
        var segment = new Segment
        {
            Id = Ids.New(IdPrefix.Segment, call.Now),
            ProjectId = call.Project.Id,
            Name = payload.Name!,
            Type = payload.IsStatic ? SegmentType.Static : payload.Type == "auto-update" ? SegmentType.AutoUpdate : SegmentType.Passive,
            FilterJson = payload.IsStatic ? null : payload.Filter!.Value.Text,
            CreatedAt = call.Now,
        };
        if (!payload.IsStatic && await db.Segments.CountAsync(s => s.ProjectId == call.Project.Id && s.Type != SegmentType.Static, call.Aborted) >= MaxDynamic)
            return CommonErrors.InvalidPayload($"filter: a project may have {MaxDynamic} dynamic segments at most.");
        db.Segments.Add(segment);
        db.SegmentMembers.AddRange(await MembersAsync(call, segment, payload.Customers ?? [], db));
        await db.SaveChangesAsync(call.Aborted);
        return Json.Ok(SegmentResponse.From(segment));
    }

    // Ids of nobody are left out: a list from another system is not refused for one customer who is gone.
    private static async ValueTask<IEnumerable<SegmentMember>> MembersAsync(ApiCall call, Segment segment, List<string> ids, VouchsafeDbContext db)
    {
        List<string> known = [];
        foreach (var chunk in ids.Distinct().Chunk(500))
            known.AddRange(await db.Customers.Where(c => c.ProjectId == call.Project.Id && (chunk.Contains(c.Id) || chunk.Contains(c.SourceId)))
                .Select(c => c.Id).ToListAsync(call.Aborted));
        return known.Distinct().Select(id => new SegmentMember { SegmentId = segment.Id, CustomerId = id });
    }
}

/// <summary>GET /v1/segments/{id}.</summary>
internal static class GetSegment
{
    internal static async Task<IResult> Handle(ApiCall call, string segmentId, VouchsafeDbContext db) =>
        await db.Segments.AsNoTracking().FirstOrDefaultAsync(s => s.ProjectId == call.Project.Id && s.Id == segmentId, call.Aborted) is { } segment
            ? Json.Ok(SegmentResponse.From(segment))
            : SegmentErrors.NotFound(segmentId);
}

/// <summary>GET /v1/segments.</summary>
internal static class ListSegments
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Listing.Read(call.Query, "name").Failed(out var error, out var listing)) return error;
        if (SegmentListFilters.Apply(call.Query, db.Segments.AsNoTracking().Where(s => s.ProjectId == call.Project.Id)).Failed(out error, out var found)) return error;
        List<string> ids = [.. call.Query.Raw.Where(q => q.Key is "ids" || q.Key.StartsWith("ids[", StringComparison.Ordinal))
            .SelectMany(q => q.Value).OfType<string>().SelectMany(v => v.Split(','))];
        if (ids.Count > 0) found = found.Where(s => ids.Contains(s.Id));
        var (rows, total) = await listing.RunAsync(found, call.Aborted);
        // The API's description names the member "segments" and still says "data" here.
        return WireList.Ok<SegmentResponse>("data", [.. rows.Select(SegmentResponse.From)], total);
    }
}

/// <summary>DELETE /v1/segments/{id}.</summary>
internal static class DeleteSegment
{
    internal static async Task<IResult> Handle(ApiCall call, string segmentId, VouchsafeDbContext db)
    {
        if (await db.Segments.FirstOrDefaultAsync(s => s.ProjectId == call.Project.Id && s.Id == segmentId, call.Aborted) is not { } segment)
            return SegmentErrors.NotFound(segmentId);
        db.Segments.Remove(segment);
        await db.SaveChangesAsync(call.Aborted);
        await db.SegmentMembers.Where(m => m.SegmentId == segment.Id).ExecuteDeleteAsync(call.Aborted);
        return Results.NoContent();
    }
}
