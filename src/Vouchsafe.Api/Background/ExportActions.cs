using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Resources.Exports;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Background;

/// <summary>
/// Makes the files of exports. The first portion chooses the rows, all at once, so that nothing that is written meanwhile shifts what
/// is on a page; each further one writes a part. A portion that is done again writes the same part again.
/// </summary>
internal sealed class ExportActions(IDbContextFactory<VouchsafeDbContext> contexts, PublicAddress address, TimeProvider time)
{
    /// <summary>Not among the published kinds of actions: exports are a resource of their own.</summary>
    internal const string Type = "EXPORTS.CREATE";

    private const int PortionSize = 500;

    private sealed record Outcome(string Message, long DoneCount);

    internal static AsyncAction Make(Export export) => new()
    {
        Id = Ids.New(IdPrefix.AsyncAction, export.CreatedAt),
        ProjectId = export.ProjectId,
        Type = Type,
        Status = AsyncActionStatus.Accepted,
        ResourceId = export.Id,
        RequestJson = "{}",
        Total = 0,
        CreatedAt = export.CreatedAt,
    };

    /// <summary>Does one portion.</summary>
    internal async Task<Portion> DoPortionAsync(AsyncAction action, CancellationToken ct)
    {
        // A context of its own: the worker's holds the action.
        await using var db = await contexts.CreateDbContextAsync(ct);
        var export = await db.Exports.FirstOrDefaultAsync(e => e.Id == action.ResourceId, ct);
        var row = await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == action.ProjectId, ct);
        // Deleted meanwhile.
        if (export is null || row is null) return new Portion(action.Processed, true);
        var kind = ExportKinds.Find(export.ExportedObject)!;
        var parameters = JsonSerializer.Deserialize<ExportParameters>(export.ParametersJson, WireJson.Options)!;
        var project = ProjectEntry.From(row).With(address).Settings;
        return export.Status == ExportStatus.Scheduled
            ? await ChooseAsync(db, action, export, kind, parameters, project, ct)
            : await WriteAsync(db, action, export, kind, parameters, project, ct);
    }

    private static async Task<Portion> ChooseAsync(
        VouchsafeDbContext db, AsyncAction action, Export export, ExportKind kind, ExportParameters parameters, ProjectSettings project, CancellationToken ct)
    {
        var ids = await kind.Ids(db, project, parameters).Take(ExportFiles.MaxRows + 1).ToListAsync(ct);
        if (ids.Count > ExportFiles.MaxRows)
        {
            export.Status = ExportStatus.Error;
            await db.SaveChangesAsync(ct);
            return new Portion(0, true, $"There are more than {ExportFiles.MaxRows} rows; ask for those of a card, a campaign or a time.");
        }

        action.Total = ids.Count;
        foreach (var (number, portion) in ids.Chunk(PortionSize).Index())
            db.ExportParts.Add(new ExportPart
            {
                ExportId = export.Id, Number = number, ProjectId = export.ProjectId, IdsJson = JsonSerializer.Serialize(portion), CreatedAt = export.CreatedAt,
            });
        export.Status = ids.Count == 0 ? ExportStatus.Done : ExportStatus.InProgress;
        await db.SaveChangesAsync(ct);
        return ids.Count == 0 ? Over(0, 0) : new Portion(0, false);
    }

    private async Task<Portion> WriteAsync(
        VouchsafeDbContext db, AsyncAction action, Export export, ExportKind kind, ExportParameters parameters, ProjectSettings project, CancellationToken ct)
    {
        var part = await db.ExportParts.Where(p => p.ExportId == export.Id && p.IdsJson != null).OrderBy(p => p.Number).FirstOrDefaultAsync(ct);
        // Done, by a worker that died before it could say so.
        if (part is null) return Over(action.Processed, export.RowCount);
        var ids = JsonSerializer.Deserialize<List<string>>(part.IdsJson!)!;
        if (parameters.FiltersFor(kind).Failed(out var fault, out var filter)) throw new InvalidOperationException($"Stored filters cannot be read: {fault.Details}");
        var found = await kind.LoadAsync(db, project, ids, ct);
        var clock = new Engine.ProjectClock(time.GetUtcNow(), project.TimeZone);
        List<JsonElement> rows = [.. ids.Where(found.ContainsKey).Select(id => JsonSerializer.SerializeToElement(found[id])).Where(row => filter?.Matches(row, clock) != false)];
        (part.Content, part.IdsJson) = (ExportCsv.Rows(parameters.Fields ?? kind.Defaults, rows), null);
        export.RowCount += rows.Count;
        var isLast = !await db.ExportParts.AnyAsync(p => p.ExportId == export.Id && p.IdsJson != null && p.Number > part.Number, ct);
        if (isLast) export.Status = ExportStatus.Done;
        await db.SaveChangesAsync(ct);
        return isLast ? Over(action.Processed + ids.Count, export.RowCount) : new Portion(action.Processed + ids.Count, false);
    }

    private static Portion Over(long processed, long rows) =>
        new(processed, true, ResultJson: JsonSerializer.Serialize(new Outcome($"Exported {rows} rows.", rows), WireJson.Options));
}
