using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;
using CounterKind = Vouchsafe.Storage.Entities.CounterKind;

namespace Vouchsafe.Api.Resources.Sessions;

/// <summary>
/// What setting a session up asks of the ledger: what its redemption would move, moved now and noted in a lock a
/// redeemable; what the session held before is given back in the same intent.
/// </summary>
internal sealed class LockIntent
{
    private readonly ApiCall _call;
    private readonly UseVerdict _verdict;
    private readonly SessionWire _session;
    private readonly DateTimeOffset _until;
    private readonly ClientSessionLimits? _client;
    private readonly List<CounterChange> _changes = [];
    private readonly List<RowWrite> _rows = [];

    /// <param name="call">The call.</param>
    /// <param name="verdict">A valid verdict.</param>
    /// <param name="session">The session.</param>
    /// <param name="until">When it ends.</param>
    /// <param name="newcomer">A customer who is stored with it.</param>
    /// <param name="client">The public channel's caps; null: the private channel, which has none.</param>
    internal LockIntent(ApiCall call, UseVerdict verdict, SessionWire session, DateTimeOffset until, Customer? newcomer, ClientSessionLimits? client)
    {
        (_call, _verdict, _session, _until, _client) = (call, verdict, session, until, client);
        if (newcomer is not null) _rows.Add(new RowWrite(newcomer));
        foreach (var before in verdict.Own) _changes.AddRange(LockLedger.TakeBack(before));
        var locked = verdict.Run.Evaluation.Wishes.GroupBy(w => w.RedeemableId).Select(Add).ToHashSet();
        foreach (var before in verdict.Own)
            _rows.AddRange(locked.Contains(before.RedeemableId) ? [LockLedger.Forget(before)] : LockLedger.RowsOfTakingBack(before));
    }

    internal LedgerIntent ToLedger() => new() { Changes = Ordered(_changes), Rows = _rows };

    /// <summary>One change a counter; those that tell whether the session is still what it was when it was read come first.</summary>
    internal static IReadOnlyList<CounterChange> Ordered(IEnumerable<CounterChange> changes) =>
        CounterChange.Merge(changes.OrderBy(c => c.Kind == CounterKind.Locks && c.Delta < 0 ? 0 : 1));

    private string Add(IGrouping<string, CounterWish> wishes)
    {
        var before = _verdict.Own.FirstOrDefault(l => l.RedeemableId == wishes.Key);
        List<(Hold Hold, long? Limit)> holds = [.. wishes.Select(HoldOf)];
        if (_client is not null && wishes.FirstOrDefault(w => w.Kind == Engine.CounterKind.Uses) is { } uses)
        {
            holds.AddRange(_client.HoldsFor(_call, uses, _verdict.Buyer));
            _changes.AddRange(_client.DayCounts(_call, wishes.Key, _verdict.Own));
        }

        var one = new ValidationLock
        {
            ProjectId = _call.Project.Id,
            SessionKey = _session.Key,
            RedeemableId = wishes.Key,
            LockId = Ids.New(IdPrefix.Lock, _call.Now),
            Uses = holds.Where(h => h.Hold.Owner == wishes.Key && h.Hold.Kind == CounterKind.Uses).Sum(h => h.Hold.Delta),
            Credits = -holds.Where(h => h.Hold.Owner == wishes.Key && h.Hold.Kind == CounterKind.Balance).Sum(h => h.Hold.Delta),
            HoldsJson = LockLedger.ToJson(holds.Select(h => h.Hold)),
            CreatedAt = before is not null && !before.IsOver(_call.Now) ? before.CreatedAt : _call.Now,
            ExpiresAt = _until,
        };
        _changes.Add(LockLedger.SetUp(one));
        _changes.AddRange(holds.Select(h => new CounterChange(h.Hold.Owner, h.Hold.Kind, h.Hold.Delta, h.Limit)));
        _rows.Add(new RowWrite(one, before is null ? RowWriteKind.Insert : RowWriteKind.Upsert));
        return wishes.Key;
    }

    private static (Hold, long?) HoldOf(CounterWish wish) => wish.Kind switch
    {
        Engine.CounterKind.Uses => (new Hold(wish.RedeemableId, CounterKind.Uses, wish.Delta), wish.Limit),
        Engine.CounterKind.Credits => (new Hold(wish.RedeemableId, CounterKind.Balance, wish.Delta), null),
        Engine.CounterKind.Rule => (new Hold(wish.Key!, CounterKind.Uses, wish.Delta), wish.Limit),
    };
}
