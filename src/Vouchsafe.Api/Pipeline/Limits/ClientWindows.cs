using StackExchange.Redis;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Pipeline.Limits;

/// <summary>
/// The rolling windows of client addresses: in this process, or shared by all nodes when Redis is configured and up.
/// </summary>
/// <remarks>
/// What Redis accepts is written down here as well. So a flood on this node is refused without asking Redis, and when
/// Redis goes away or comes back empty this node still knows what it has let in: no client passes its limit twice.
/// </remarks>
internal sealed class ClientWindows
{
    // What was accepted stands here a little later than on Redis; within this margin only Redis may refuse.
    private const long MarginMilliseconds = 100;

    private readonly ClientLimits _limits;
    private readonly ClientLimiter _local;
    private readonly SharedWindows _shared;
    private readonly TimeProvider _time;
    private readonly string _prefix;
    private readonly RedisValue[] _v4;
    private readonly RedisValue[] _v6;

    public ClientWindows(PipelineSettings settings, SharedWindows shared, TimeProvider time)
    {
        (_shared, _time) = (shared, time);
        _limits = new ClientLimits(settings.ClientRequests, settings.ClientWindowSeconds * 1_000L);
        _local = new ClientLimiter(_limits);
        _prefix = settings.RedisPrefix + "client:";
        RedisValue window = settings.ClientWindowSeconds * 1_000_000L;
        _v4 = [window, _limits.Requests];
        _v6 = [window, _limits.Requests, _limits.Requests * _limits.FactorAt56, _limits.Requests * _limits.FactorAt48];
    }

    /// <summary>How long a client that this node has accepted requests of has to wait, in whole seconds; 0: not at all.</summary>
    internal long WaitOf(AddressKey client) =>
        _local.Peek(client, MonotonicClock.Milliseconds(_time)) is { Allowed: false } refused ? refused.RetryAfterSeconds : 0;

    internal ValueTask<RateDecision> TryAcquireAsync(AddressKey client)
    {
        if (!_shared.IsUp) return new(_local.TryAcquire(client, MonotonicClock.Milliseconds(_time)));
        var known = _local.Peek(client, MonotonicClock.Milliseconds(_time));
        return !known.Allowed && known.RetryAfterMilliseconds > MarginMilliseconds ? new(known) : AcquireSharedAsync(client);
    }

    private async ValueTask<RateDecision> AcquireSharedAsync(AddressKey client)
    {
        var verdict = await _shared.TryAcquireAsync(Levels(client), client.IsV4 ? _v4 : _v6, _limits.Requests);
        if (verdict is not { } shared) return _local.TryAcquire(client, MonotonicClock.Milliseconds(_time));
        if (shared.Allowed) _local.TryAcquire(client, MonotonicClock.Milliseconds(_time));
        return shared;
    }

    // The braces put all levels of one client into one slot of a cluster.
    private RedisKey[] Levels(AddressKey client)
    {
        if (client.IsV4) return [$"{_prefix}{{{client}}}"];
        var network = client.Prefix48;
        return [$"{_prefix}{{{network}}}:{client}", $"{_prefix}{{{network}}}:{client.Prefix56}", $"{_prefix}{{{network}}}"];
    }
}
