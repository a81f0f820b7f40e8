using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Storage.Ledgers;

/// <summary>Names a counter. Keys sort by owner (code points), then kind: the order in which every node locks them.</summary>
internal readonly record struct CounterKey(string Owner, CounterKind Kind) : IComparable<CounterKey>
{
    public int CompareTo(CounterKey other)
    {
        var byOwner = string.CompareOrdinal(Owner, other.Owner);
        return byOwner != 0 ? byOwner : Kind.CompareTo(other.Kind);
    }
}

/// <summary>A counter as it stands.</summary>
internal readonly record struct CounterState(long Value, long? Ceiling)
{
    /// <summary>Whether it says no more than a counter that is not there; such a one is not kept.</summary>
    internal bool IsNothing => Value == 0 && Ceiling is null;
}

/// <summary>What a group of intents comes to.</summary>
/// <param name="Outcomes">One an intent, in their order.</param>
/// <param name="Changed">The counters that end up different from what they were.</param>
internal sealed record GroupVerdict(IReadOnlyList<LedgerOutcome> Outcomes, IReadOnlyDictionary<CounterKey, CounterState> Changed);

/// <summary>
/// Decides a group purely: the locked counters and the intents in, outcomes and new values out. Each intent is accepted or
/// refused by itself and sees what the accepted ones before it did.
/// </summary>
internal static class GroupDecision
{
    /// <summary>Every counter that the group touches, in locking order.</summary>
    internal static CounterKey[] Keys(IReadOnlyList<LedgerIntent> group)
    {
        var keys = new HashSet<CounterKey>();
        foreach (var intent in group)
            foreach (var change in intent.Changes)
                keys.Add(KeyOf(change));
        var sorted = keys.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>Every customer of whom the group speaks, each once.</summary>
    internal static string[] Customers(IReadOnlyList<LedgerIntent> group) => [.. group.SelectMany(intent => intent.Customers).Distinct(StringComparer.Ordinal)];

    /// <summary>Applies the intents one after another.</summary>
    /// <param name="current">The counters; one that is missing is 0 without ceiling.</param>
    /// <param name="stored">Those of the group's customers who are stored and held against their removal.</param>
    /// <param name="group">The intents.</param>
    internal static GroupVerdict Decide(IReadOnlyDictionary<CounterKey, CounterState> current, IReadOnlySet<string> stored, IReadOnlyList<LedgerIntent> group)
    {
        var changed = new Dictionary<CounterKey, CounterState>();
        var outcomes = new LedgerOutcome[group.Count];
        for (var i = 0; i < group.Count; i++)
            outcomes[i] = group[i].Customers.All(stored.Contains) ? Apply(current, changed, group[i].Changes) : new LedgerOutcome.Stale();
        return new GroupVerdict(outcomes, changed);
    }

    private static LedgerOutcome Apply(
        IReadOnlyDictionary<CounterKey, CounterState> current, Dictionary<CounterKey, CounterState> changed, IReadOnlyList<CounterChange> changes)
    {
        if (changes.Count == 0) return new LedgerOutcome.Accepted([]);
        var next = new CounterState[changes.Count];
        for (var i = 0; i < changes.Count; i++)
        {
            var key = KeyOf(changes[i]);
            var before = changed.TryGetValue(key, out var moved) ? moved : current.GetValueOrDefault(key);
            if (!Allows(changes[i], before, out next[i])) return new LedgerOutcome.Refused(changes[i], before.Value);
        }

        var values = new long[changes.Count];
        for (var i = 0; i < changes.Count; i++)
        {
            changed[KeyOf(changes[i])] = next[i];
            values[i] = next[i].Value;
        }
        return new LedgerOutcome.Accepted(values);
    }

    private static bool Allows(CounterChange change, CounterState before, out CounterState after)
    {
        var ceiling = change.NewCeiling is { } given ? given.Value : before.Ceiling;
        after = new CounterState(before.Value, ceiling);
        if (change.Expected is { } expected && before.Value != expected) return false;
        // Int128: no pair of 64-bit numbers can overflow it, so a delta from a hostile request is a refusal, not an error.
        var value = (Int128)before.Value + change.Delta;
        if (value < 0 || value > long.MaxValue) return false;
        // A lowered ceiling may lie below the value already; then only increments are refused.
        if (change.Delta > 0 && (value > (ceiling ?? long.MaxValue) || value > (change.Limit ?? long.MaxValue))) return false;
        after = after with { Value = (long)value };
        return true;
    }

    private static CounterKey KeyOf(CounterChange change) => new(change.Owner, change.Kind);
}
