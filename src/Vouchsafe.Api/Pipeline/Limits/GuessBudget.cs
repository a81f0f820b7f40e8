using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using Vouchsafe.Api.Records;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Pipeline.Limits;

/// <summary>
/// The budget of wrong codes on the public channel, beside the request limit: 20 an hour for an address, 200 for a /48
/// unless configured otherwise. A handler asks <see cref="Check"/> before it looks a code up and tells <see cref="Miss"/>
/// when there is none; either may answer with the refusal to return.
/// </summary>
/// <remarks>
/// With Redis the misses of all nodes are added up in the background: a node learns that a budget is used up with its own
/// next miss, so an address makes at most one guess more a node.
/// </remarks>
internal sealed class GuessBudget
{
    private const long HourMilliseconds = 3_600_000;
    private const int FactorAt48 = 10; // 200 to 20
    private const int MaxBlocked = 100_000;

    private readonly ClientLimiter? _limiter;
    private readonly SharedWindows _shared;
    private readonly TimeProvider _time;
    private readonly Telemetry _telemetry;
    private readonly GuessAlarm _alarm;
    private readonly string _prefix;
    private readonly int _perHour;
    private readonly ConcurrentDictionary<AddressKey, long> _blockedUntil = new();

    public GuessBudget(PipelineSettings settings, SharedWindows shared, TimeProvider time, Telemetry telemetry, GuessAlarm alarm)
    {
        (_shared, _time, _telemetry, _alarm, _perHour) = (shared, time, telemetry, alarm, settings.WrongCodesPerHour);
        _prefix = settings.RedisPrefix + "guess:";
        if (_perHour == 0) return;
        // IPv4 addresses and /48 networks that guessed wrong within the hour; past the table's size unknown ones are refused.
        _limiter = new ClientLimiter(new ClientLimits(_perHour, HourMilliseconds) { FactorAt56 = 4, FactorAt48 = FactorAt48, MaxClients = 500_000 });
    }

    /// <summary>Null if the caller may try a code; else the refusal to return. Uses nothing up.</summary>
    internal static ApiError? Check(HttpContext http)
    {
        var budget = http.RequestServices.GetRequiredService<GuessBudget>();
        if (budget._limiter is null) return null;
        var client = RequestFacts.Of(http).Client;
        var now = MonotonicClock.Milliseconds(budget._time);
        if (budget._blockedUntil.TryGetValue(client, out var until))
        {
            if (now < until) return Refuse(http, (until - now + 999) / 1_000);
            budget._blockedUntil.TryRemove(KeyValuePair.Create(client, until));
        }
        var decision = budget._limiter.Peek(client, now);
        return decision.Allowed ? null : Refuse(http, decision.RetryAfterSeconds);
    }

    /// <summary>Counts a wrong code. Null if it was within the budget; else the refusal to return instead of the answer.</summary>
    internal static ApiError? Miss(HttpContext http)
    {
        var budget = http.RequestServices.GetRequiredService<GuessBudget>();
        budget._telemetry.WrongCode();
        budget._alarm.Count();
        if (budget._limiter is null) return null;
        var client = RequestFacts.Of(http).Client;
        if (budget._shared.IsUp) _ = budget.ShareAsync(client);
        var decision = budget._limiter.TryAcquire(client, MonotonicClock.Milliseconds(budget._time));
        return decision.Allowed ? null : Refuse(http, decision.RetryAfterSeconds);
    }

    private async Task ShareAsync(AddressKey client)
    {
        var network = client.Prefix48;
        RedisKey[] levels = client.IsV4 ? [$"{_prefix}{{{client}}}"] : [$"{_prefix}{{{network}}}:{client}", $"{_prefix}{{{network}}}"];
        RedisValue[] limits = client.IsV4
            ? [HourMilliseconds * 1_000, _perHour]
            : [HourMilliseconds * 1_000, _perHour, _perHour * FactorAt48];
        var verdict = await _shared.TryAcquireAsync(levels, limits, _perHour);
        if (verdict is not { Allowed: false } refusal || _blockedUntil.Count >= MaxBlocked) return;
        _blockedUntil[client] = MonotonicClock.Milliseconds(_time) + refusal.RetryAfterMilliseconds;
    }

    private static ApiError Refuse(HttpContext http, long seconds)
    {
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return CommonErrors.TooManyRequests("Too many wrong codes came from this address. Wait as long as the Retry-After header says.", RefusalReason.WrongCodes);
    }
}
