using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Storage;

/// <summary>
/// Counts the changes that this process committed to definitions: campaigns, promotion tiers, categories, rules and what
/// they are assigned to, stacking rules, products. Whoever caches one compares the number, so that a change is in force at
/// once on the node that made it.
/// </summary>
public sealed class DefinitionChanges
{
    private long _version;
    private long _rulesVersion;

    /// <summary>Grows with every change.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>
    /// Grows with every change of a rule and with every new assignment. Whoever takes it before reading definitions knows, while it
    /// stands still, that no rule came into force on this node since.
    /// </summary>
    public long RulesVersion => Volatile.Read(ref _rulesVersion);

    // In this order: who sees the new version of the rules must not be served definitions of before.
    internal void Note(bool rules = false)
    {
        Interlocked.Increment(ref _version);
        if (rules) Interlocked.Increment(ref _rulesVersion);
    }
}

/// <summary>
/// Tells <see cref="DefinitionChanges"/> of what EF writes, once it is committed: before that a reader would cache the old
/// row as new. Statements without tracked rows (ExecuteUpdate, ExecuteDelete) always count: they are rare.
/// </summary>
internal sealed class DefinitionWatch(DefinitionChanges changes) : DbCommandInterceptor, ISaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, Touch> _touched = [];

    private sealed class Touch
    {
        internal bool Rules { get; set; }
    }

    public InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Look(eventData.Context);
        return result;
    }

    public ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken ct = default) =>
        new(SavingChanges(eventData, result));

    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        if (eventData.Context?.Database.CurrentTransaction is null) Committed(eventData.Context);
        return result;
    }

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken ct = default) => new(SavedChanges(eventData, result));

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        if (eventData.CommandSource is not (CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete)) return result;
        if (command.Transaction is null) changes.Note();
        else if (eventData.Context is { } context) _touched.GetOrCreateValue(context);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken ct = default) =>
        new(NonQueryExecuted(command, eventData, result));

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Committed(eventData.Context);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken ct = default)
    {
        Committed(eventData.Context);
        return Task.CompletedTask;
    }

    private void Look(DbContext? context)
    {
        if (context is null) return;
        foreach (var entry in context.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted) || !IsDefinition(entry.Entity)) continue;
            var touch = _touched.GetOrCreateValue(context);
            touch.Rules |= (entry.Entity, entry.State) is (ValidationRule, EntityState.Modified) or (ValidationRuleAssignment, EntityState.Added);
        }
    }

    private void Committed(DbContext? context)
    {
        if (context is not null && _touched.TryGetValue(context, out var touch) && _touched.Remove(context)) changes.Note(touch.Rules);
    }

    private static bool IsDefinition(object entity) => entity is
        Campaign or PromotionTier or PromotionStack or Category or ValidationRule or ValidationRuleAssignment or StackingRulesEntry
        or EarningRule or Product or Sku or ProductCollection or ProductCollectionItem;
}
