using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Vouchsafe.Storage.Ledgers;

/// <summary>
/// The node's one committer. It takes whatever has queued while the previous commit was in flight (it never waits on
/// purpose: a lone request is a group of one), commits it as one transaction and answers everyone. An accepted intent is
/// durable when its outcome is known.
/// </summary>
/// <remarks>
/// A group that fails for any other cause than a limit is split and tried again, so one bad request never fails its
/// neighbours. Safe for any number of callers; several ledgers on one PostgreSQL database are exact together, because the
/// counters are locked rows.
/// </remarks>
public sealed class Ledger : IAsyncDisposable
{
    /// <summary>Most intents in one commit: beyond this, larger groups save nothing and make the first one wait.</summary>
    internal const int MaxGroup = 256;

    /// <summary>Most intents that may wait; one more is told <see cref="LedgerOutcome.Busy"/>.</summary>
    internal const int DefaultCapacity = 10_000;

    private static readonly TimeSpan[] Pauses = [TimeSpan.Zero, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)];

    private readonly LedgerStore _store;
    private readonly ILogger<Ledger> _log;
    private readonly Channel<Pending> _queue;
    private readonly Task _committer;

    internal Ledger(LedgerStore store, ILogger<Ledger> log, int capacity = DefaultCapacity)
    {
        _store = store;
        _log = log;
        _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _committer = Task.Run(RunAsync);
    }

    /// <summary>Commits an intent, all or nothing.</summary>
    /// <param name="intent">What is wanted.</param>
    /// <param name="ct">Gives up waiting for the intent's turn; once it is taken up the outcome is awaited all the same.</param>
    /// <exception cref="OperationCanceledException">Cancelled before its turn: nothing was written.</exception>
    /// <exception cref="LedgerUnavailableException">The database could not be reached: nothing was written.</exception>
    public ValueTask<LedgerOutcome> CommitAsync(LedgerIntent intent, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        var pending = new Pending(intent, ct);
        return _queue.Writer.TryWrite(pending) ? new ValueTask<LedgerOutcome>(pending.Task) : ValueTask.FromResult<LedgerOutcome>(new LedgerOutcome.Busy());
    }

    /// <summary>Takes no more, commits what has queued, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _committer;
        await _store.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var group = new List<Pending>(MaxGroup);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (group.Count < MaxGroup && _queue.Reader.TryRead(out var pending))
                if (!pending.EndIfAsked()) group.Add(pending);
            if (group.Count > 0) await CommitAsync(group);
            group.Clear();
        }
    }

    private async Task CommitAsync(IReadOnlyList<Pending> group)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var outcomes = await _store.CommitAsync([.. group.Select(p => p.Intent)]);
                for (var i = 0; i < group.Count; i++) group[i].SetResult(outcomes[i]);
                return;
            }
            catch (Exception e)
            {
                var (kind, constraint) = _store.Classify(e);
                if (kind == LedgerFailure.Transient && attempt < Pauses.Length)
                {
                    await Task.Delay(Pauses[attempt]);
                    continue;
                }
                await MeetAsync(group, e, kind, constraint);
                return;
            }
        }
    }

    private async Task MeetAsync(IReadOnlyList<Pending> group, Exception e, LedgerFailure kind, string constraint)
    {
        if (kind == LedgerFailure.Transient)
        {
            _log.LogError(e, "The ledger cannot reach its database; {Count} requests were told so", group.Count);
            foreach (var pending in group) pending.SetException(new LedgerUnavailableException(e));
        }
        else if (group.Count > 1)
        {
            var half = group.Count / 2;
            await CommitAsync([.. group.Take(half)]);
            await CommitAsync([.. group.Skip(half)]);
        }
        else if (kind == LedgerFailure.Duplicate) group[0].SetResult(new LedgerOutcome.Duplicate(constraint));
        else group[0].SetException(e);
    }

    private sealed class Pending(LedgerIntent intent, CancellationToken ct)
        : TaskCompletionSource<LedgerOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        internal LedgerIntent Intent => intent;

        internal bool EndIfAsked() =>
            ct.IsCancellationRequested ? TrySetCanceled(ct) : intent.IsStale?.Invoke() == true && TrySetResult(new LedgerOutcome.Stale());
    }
}

/// <summary>The database could not be reached; nothing was written.</summary>
/// <param name="cause">What the driver said.</param>
public sealed class LedgerUnavailableException(Exception cause) : Exception("The database cannot be reached.", cause);
