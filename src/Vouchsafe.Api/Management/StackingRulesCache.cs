using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Engine.Stacking;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Management;

/// <summary>The stacking rules of projects: a change is in force at once on the node that made it and within two seconds on the others.</summary>
internal sealed class StackingRulesCache(IDbContextFactory<VouchsafeDbContext> contexts, TimeProvider time)
{
    private readonly FreshCache<StackingRules> _rules = new(time, async projectId =>
    {
        await using var db = await contexts.CreateDbContextAsync();
        return await db.StackingRules.AsNoTracking().FirstOrDefaultAsync(s => s.ProjectId == projectId) is { } entry
            ? StackingRulesWire.Read(entry).ToEngine()
            : StackingRules.Default;
    });

    internal async ValueTask<StackingRules> OfAsync(string projectId) => await _rules.GetAsync(projectId) ?? StackingRules.Default;

    internal void Forget(string projectId) => _rules.Forget(projectId);
}
