using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Storage;

/// <summary>
/// Erases what a deleted project leaves: every row that names it, in portions, so that no other write waits long. It may
/// be stopped at any moment and goes on where it was; the project's own row goes last.
/// </summary>
public static class ProjectErasure
{
    private const int Portion = 500;

    /// <summary>Erases one project.</summary>
    public static async Task EraseAsync(VouchsafeDbContext db, string projectId, CancellationToken ct)
    {
        await new ProjectCounterErasure(db, projectId, Portion, ct).RunAsync();
        await WithDependantsAsync(db.ProductCollections.Where(c => c.ProjectId == projectId).Select(c => c.Id), async ids =>
        {
            await db.ProductCollectionItems.Where(i => ids.Contains(i.CollectionId)).ExecuteDeleteAsync(ct);
            await db.ProductCollections.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(ct);
        }, ct);
        await WithDependantsAsync(db.Segments.Where(s => s.ProjectId == projectId).Select(s => s.Id), async ids =>
        {
            await db.SegmentMembers.Where(m => ids.Contains(m.SegmentId)).ExecuteDeleteAsync(ct);
            await db.Segments.Where(s => ids.Contains(s.Id)).ExecuteDeleteAsync(ct);
        }, ct);
        // By the model and not by a list, so that no later table is forgotten.
        foreach (var type in db.Model.GetEntityTypes().Where(t => t.FindProperty(nameof(Voucher.ProjectId)) is not null))
            await RowsAsync(db, type, projectId, ct);
        await db.Projects.IgnoreQueryFilters().Where(p => p.Id == projectId).ExecuteDeleteAsync(ct);
    }

    private static async Task WithDependantsAsync(IQueryable<string> ids, Func<List<string>, Task> erase, CancellationToken ct)
    {
        while (await ids.OrderBy(id => id).Take(Portion).ToListAsync(ct) is { Count: > 0 } portion) await erase(portion);
    }

    private static async Task RowsAsync(VouchsafeDbContext db, IEntityType type, string projectId, CancellationToken ct)
    {
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        var (name, project) = (Quoted(table.Name), Quoted(type.FindProperty(nameof(Voucher.ProjectId))!.GetColumnName(table)!));
        var rows = $"DELETE FROM {name} WHERE {project} = {{0}}";
        if (type.FindProperty(nameof(Voucher.Id))?.GetColumnName(table) is { } idColumn)
        {
            var id = Quoted(idColumn);
            rows += $" AND {id} IN (SELECT {id} FROM {name} WHERE {project} = {{0}} LIMIT {Portion})";
        }
        while (await db.Database.ExecuteSqlRawAsync(rows, [projectId], ct) >= Portion) { }
    }

    private static string Quoted(string name) => $"\"{name}\"";
}
