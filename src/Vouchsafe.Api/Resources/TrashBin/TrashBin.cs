using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.TrashBin;

internal static class TrashBinEndpoints
{
    internal static void MapTrashBin(this ChannelRoutes routes)
    {
        routes.Get("/trash-bin", ListTrashBin.Handle, "list-bin-entries", "trash-bin");
        routes.Delete("/trash-bin/{binEntryId}", DeleteTrashEntry.Handle, "delete-bin-entry", "trash-bin");
    }
}

/// <summary>GET /v1/trash-bin, paged by cursor.</summary>
internal static class ListTrashBin
{
    internal sealed record Entry(
        string Id, DateTimeOffset CreatedAt, string? DeletedByUserId, string ResourceId, string ResourceType, string ResourceName,
        string? ResourceParentId, string Object);

    internal sealed record Envelope(
        IReadOnlyList<Entry> Data, long Total, bool HasMore,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MoreStartingAfter)
    {
        public string Object => "list";
        public string DataRef => "data";
    }

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Page.Read(call.Query).Failed(out var error, out var page)) return error;
        if (call.Query.OneOf("order", "-id", "id", "-id").Failed(out error, out var order)) return error;
        if (call.Query.Text("starting_after_id").Failed(out error, out var after)) return error;

        var found = db.TrashEntries.AsNoTracking().Where(t => t.ProjectId == call.Project.Id);
        var total = await found.LongCountAsync(call.Aborted);
        if (after is not null)
            found = order == "id" ? found.Where(t => string.Compare(t.Id, after) > 0) : found.Where(t => string.Compare(t.Id, after) < 0);
        var sorted = order == "id" ? found.OrderBy(t => t.Id) : found.OrderByDescending(t => t.Id);
        var rows = await sorted.Take(page.Limit + 1).ToListAsync(call.Aborted);
        var shown = rows.Take(page.Limit).ToList();
        return Json.Ok(new Envelope([.. shown.Select(From)], total, rows.Count > page.Limit, rows.Count > page.Limit ? shown[^1].Id : null));
    }

    private static Entry From(TrashEntry row) =>
        new(row.Id, row.CreatedAt, null, row.ResourceId, row.ResourceType, row.ResourceName, row.ParentResourceName, row.ResourceType);
}

/// <summary>DELETE /v1/trash-bin/{id}: removes the resource for good.</summary>
internal static class DeleteTrashEntry
{
    internal static async Task<IResult> Handle(ApiCall call, string binEntryId, VouchsafeDbContext db, OverdueLocks locks)
    {
        if (await db.TrashEntries.FirstOrDefaultAsync(t => t.Id == binEntryId && t.ProjectId == call.Project.Id, call.Aborted) is not { } entry)
            return CommonErrors.NotFound("bin_entry", binEntryId);
        await DeleteVoucher.RemoveAsync(db, locks, entry.ResourceId, call.Aborted);
        return Results.NoContent();
    }
}
