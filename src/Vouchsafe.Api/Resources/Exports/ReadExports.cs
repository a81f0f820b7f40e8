using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Exports;

/// <summary>GET /v1/exports.</summary>
internal static class ListExports
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Page.Read(call.Query).Failed(out var error, out var page)) return error;
        if (call.Query.OneOf("order", "-created_at", "created_at", "-created_at", "status", "-status").Failed(out error, out var order)) return error;
        var found = db.Exports.AsNoTracking().Where(e => e.ProjectId == call.Project.Id);
        var total = await found.LongCountAsync(call.Aborted);
        var sorted = order switch
        {
            "created_at" => found.OrderBy(e => e.CreatedAt).ThenBy(e => e.Id),
            "status" => found.OrderBy(e => e.Status).ThenBy(e => e.Id),
            "-status" => found.OrderByDescending(e => e.Status).ThenByDescending(e => e.Id),
            _ => found.OrderByDescending(e => e.CreatedAt).ThenByDescending(e => e.Id),
        };
        var rows = await sorted.Skip(page.Skip).Take(page.Limit).ToListAsync(call.Aborted);
        return WireList.Ok<ExportResponse>("exports", [.. rows.Select(e => ExportResponse.From(e, call.Project, call.Now))], total);
    }
}

/// <summary>GET /v1/exports/{id}: the export; with <c>token</c>, as its link has it, the file.</summary>
internal static class GetExport
{
    internal static async Task<IResult> Handle(ApiCall call, string exportId, VouchsafeDbContext db, KeyRing ring)
    {
        if (call.Query.Raw.ContainsKey("token")) return await DownloadExport.Handle(call, exportId, db, ring);
        return await db.Exports.AsNoTracking().FirstOrDefaultAsync(e => e.ProjectId == call.Project.Id && e.Id == exportId, call.Aborted) is { } export
            ? Json.Ok(ExportResponse.From(export, call.Project, call.Now))
            : ExportErrors.NotFound(exportId);
    }
}

/// <summary>DELETE /v1/exports/{id}: with its file; work that is under way ends.</summary>
internal static class DeleteExport
{
    internal static async Task<IResult> Handle(ApiCall call, string exportId, VouchsafeDbContext db)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(call.Aborted);
        if (await db.Exports.Where(e => e.ProjectId == call.Project.Id && e.Id == exportId).ExecuteDeleteAsync(call.Aborted) == 0) return ExportErrors.NotFound(exportId);
        await db.ExportParts.Where(p => p.ExportId == exportId).ExecuteDeleteAsync(call.Aborted);
        await transaction.CommitAsync(call.Aborted);
        return Results.NoContent();
    }
}

/// <summary>
/// GET /api/v1/exports/{id}?token=...: the file, without credentials, for those who were given its link. A link that opens nothing is
/// answered alike, whatever the reason.
/// </summary>
internal static class DownloadExport
{
    internal static async Task<IResult> Handle(ApiCall call, string exportId, VouchsafeDbContext db, KeyRing ring)
    {
        if (call.Query.Text("token").Failed(out var error, out var token)) return error;
        var export = await db.Exports.AsNoTracking().FirstOrDefaultAsync(e => e.Id == exportId, call.Aborted);
        var project = export is null ? null : await ring.ProjectAsync(export.ProjectId);
        if (token is null || project?.Settings.Exports?.Opens(exportId, token) != true) return CommonErrors.Unauthorized;
        if (export!.Status != ExportStatus.Done || ExportFiles.IsOver(export.CreatedAt, call.Now)) return ExportErrors.NotFound(exportId);
        var parameters = JsonSerializer.Deserialize<ExportParameters>(export.ParametersJson, WireJson.Options)!;
        var header = ExportCsv.Header(parameters.Fields ?? ExportKinds.Find(export.ExportedObject)!.Defaults);
        call.Http.Response.Headers.CacheControl = "private, no-store";
        call.Http.Response.Headers.ContentDisposition = $"attachment; filename=\"{export.ExportedObject}-{export.Id}.csv\"";
        return Results.Stream(body => WriteAsync(body, header, exportId, db, call.Aborted), "text/plain; charset=utf-8");
    }

    private static async Task WriteAsync(Stream body, string header, string exportId, VouchsafeDbContext db, CancellationToken ct)
    {
        await body.WriteAsync(Encoding.UTF8.GetBytes(header), ct);
        var parts = db.ExportParts.AsNoTracking().Where(p => p.ExportId == exportId).OrderBy(p => p.Number).Select(p => p.Content);
        await foreach (var content in parts.AsAsyncEnumerable().WithCancellation(ct))
            if (content is not null) await body.WriteAsync(Encoding.UTF8.GetBytes(content), ct);
    }
}
