using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Background;

/// <summary>Actions on many customers. An upsert that is done twice changes nothing the second time, so a portion can be done again.</summary>
internal sealed class CustomerActions(IDbContextFactory<VouchsafeDbContext> contexts, TimeProvider time)
{
    internal const string BulkType = "CUSTOMERS.BULK_UPDATE";

    private const int PortionSize = 100;

    private sealed record Outcome(long DoneCount, long FailedCount, IReadOnlyList<JsonText> Reports, DateTimeOffset ReportsAvailableTill, IReadOnlyList<JsonText> Errors);

    internal static AsyncAction Bulk(ProjectSettings project, BulkBody<CustomerPayload> body, DateTimeOffset now) => new()
    {
        Id = Ids.New(IdPrefix.AsyncAction, now),
        ProjectId = project.Id,
        Type = BulkType,
        Status = AsyncActionStatus.Accepted,
        ResourceId = project.Id,
        RequestJson = body.Json,
        Total = body.Items.Count,
        CreatedAt = now,
    };

    /// <summary>Does one portion.</summary>
    internal async Task<Portion> DoPortionAsync(AsyncAction action, CancellationToken ct)
    {
        var items = BulkBody<CustomerPayload>.Read(action.RequestJson);
        // A context of its own: the worker's holds the action, and a lost race empties what a context holds.
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == action.ProjectId, ct) is not { } row) return new Portion(action.Processed, true);
        var project = ProjectEntry.From(row).Settings;
        var done = action.Processed;
        foreach (var item in items.Skip((int)done).Take(PortionSize))
        {
            _ = await UpsertCustomer.RunAsync(project, item with { Id = null }, db, time.GetUtcNow(), ct);
            done++;
        }

        var isOver = done >= items.Length;
        return new Portion(done, isOver, ResultJson: isOver ? JsonSerializer.Serialize(new Outcome(done, 0, [], time.GetUtcNow(), []), WireJson.Options) : null);
    }
}
