using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Pipeline.Credentials;

namespace Vouchsafe.Api.Records;

/// <summary>
/// Where the pipeline notes what it refuses. An accepted request costs nothing, a refused one a counter; what it looked
/// like is kept of a sample whose size grows with the logarithm of the flood. <see cref="RefusalBook"/> collects it.
/// </summary>
internal sealed class RefusalRecords(PipelineSettings settings, TimeProvider time, PathTemplates templates)
{
    /// <summary>Samples that may wait for the next collection; some megabytes.</summary>
    private const int MaxWaiting = 8_192;

    private static readonly RefusalReason[] Reasons = Enum.GetValues<RefusalReason>();

    // By number, so that a refusal finds its counter without a search.
    private readonly SampledTally[] _tallies = [.. Enumerable.Range(0, (int)Reasons.Max() + 1).Select(_ => new SampledTally())];
    private readonly long[] _owed = new long[(int)Reasons.Max() + 1];
    private readonly ConcurrentQueue<RefusalSample> _waiting = new();
    private int _waitingCount;

    private static readonly Refusal ClientLimit = new(RefusalReason.ClientLimit);

    /// <summary>Notes a refusal.</summary>
    internal void Note(HttpContext http, Refusal refusal)
    {
        if (!settings.Records) return;
        var weight = _tallies[(int)refusal.Reason].Add();
        if (weight > 0) Look(http, refusal, weight);
    }

    /// <summary>The commonest of all, under any flood.</summary>
    internal void NoteClientLimit(HttpContext http) => Note(http, ClientLimit);

    /// <summary>
    /// Takes what was noted since the last time. Each refusal is in the weight of exactly one sample; if none can carry it
    /// now, one of the next collection does. One caller at a time.
    /// </summary>
    internal IReadOnlyList<RefusalSample> Collect()
    {
        var samples = new List<RefusalSample>();
        while (_waiting.TryDequeue(out var sample)) samples.Add(sample);
        Interlocked.Add(ref _waitingCount, -samples.Count);
        foreach (var reason in Reasons)
        {
            var owed = _owed[(int)reason] + _tallies[(int)reason].Drain();
            var last = default(RefusalSample);
            foreach (var sample in samples.Where(s => s.Reason == reason)) (owed, last) = (owed - sample.Weight, sample);
            if (owed > 0 && last is not null)
            {
                last.Weight += owed;
                owed = 0;
            }
            _owed[(int)reason] = owed;
        }
        return samples;
    }

    private void Look(HttpContext http, Refusal refusal, int weight)
    {
        if (Interlocked.Increment(ref _waitingCount) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waitingCount);
            return;
        }
        var sample = RefusalSample.Of(http, refusal, time.GetUtcNow(), templates);
        sample.Weight = weight;
        _waiting.Enqueue(sample);
    }
}
