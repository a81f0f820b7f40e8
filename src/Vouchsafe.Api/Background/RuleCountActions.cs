using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Resources.ValidationRules;
using Vouchsafe.Engine.Rules;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using ValidationRule = Vouchsafe.Storage.Entities.ValidationRule;

namespace Vouchsafe.Api.Background;

/// <summary>
/// The count of earlier uses as work that survives a crash. The request that brings a rule into force counts itself, under a lease like
/// any worker's; if it does not get to the end, another one does. Where the database has other nodes, one more count follows, when no
/// node can go by definitions from before the rule any more (docs/adr/0403-late-counting.md).
/// </summary>
internal sealed class RuleCountActions(IDbContextFactory<VouchsafeDbContext> contexts, EarlierUses earlier, TimeProvider time)
{
    /// <summary>Not among the published kinds of actions: nobody asked for it.</summary>
    internal const string Type = "VALIDATION_RULES.COUNT";

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    // Definitions are two seconds old at most, and a verdict on them is committed within ten seconds or made again.
    private static readonly TimeSpan UntilAllNodesKnow = TimeSpan.FromSeconds(30);

    /// <summary>Notes in the transaction that brings a rule into force that it is to be counted; null: it counts nothing.</summary>
    internal AsyncAction? Plan(VouchsafeDbContext db, ProjectSettings project, ValidationRule rule)
    {
        if (!RuleCounters.HasAny(RuleDefinition.ToEngine(rule))) return null;
        var now = time.GetUtcNow();
        var action = new AsyncAction
        {
            Id = Ids.New(IdPrefix.AsyncAction, now),
            ProjectId = project.Id,
            Type = Type,
            Status = AsyncActionStatus.InProgress,
            ResourceId = rule.Id,
            RequestJson = "{}",
            Total = 0,
            LeaseUntil = now + Lease,
            CreatedAt = now,
        };
        db.AsyncActions.Add(action);
        return action;
    }

    /// <summary>Counts what was planned, once it is stored. Not cut off when the caller goes away: half counted would be a limit that holds for some.</summary>
    internal async Task CountAsync(ProjectSettings project, ValidationRule rule, IEnumerable<ValidationRuleAssignment> assignments, AsyncAction? planned)
    {
        if (planned is null) return;
        await earlier.CountAsync(project, rule, assignments);
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        var open = db.AsyncActions.Where(a => a.Id == planned.Id);
        var until = time.GetUtcNow() + UntilAllNodesKnow;
        if (db.IsShared) await open.ExecuteUpdateAsync(a => a.SetProperty(x => x.LeaseUntil, until), CancellationToken.None);
        else await open.ExecuteDeleteAsync(CancellationToken.None);
    }

    /// <summary>Counts for the rule wherever it is in force.</summary>
    internal async Task<Portion> DoPortionAsync(AsyncAction action, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == action.ProjectId, ct);
        var rule = await db.ValidationRules.AsNoTracking().FirstOrDefaultAsync(r => r.Id == action.ResourceId, ct);
        if (row is not null && rule is not null)
            await earlier.CountAsync(ProjectEntry.From(row).Settings, rule, await db.ValidationRuleAssignments.AsNoTracking().Where(a => a.RuleId == rule.Id).ToListAsync(ct));
        return new Portion(0, true);
    }
}
