using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;
using Vouchsafe.Engine;
using Vouchsafe.Security;
using CounterKind = Vouchsafe.Storage.Entities.CounterKind;

namespace Vouchsafe.Api.Resources.Sessions;

/// <summary>
/// The caps of <see cref="SessionCaps"/> as counters that a lock holds like the code itself, so that they are exact on any number of
/// nodes and given back with it.
/// </summary>
internal sealed class ClientSessionLimits(PipelineSettings settings)
{
    private const string Prefix = "client-session/";
    private const string SharePrefix = Prefix + "code/";
    internal const string DayPrefix = "client-session-day/";

    /// <summary>The session as the public channel gets it: no longer than it may be, counted from when it was first made.</summary>
    internal (SessionWire Session, DateTimeOffset Until) Shorten(SessionPayload payload, SessionWire session, IReadOnlyList<ValidationLock> own, DateTimeOffset now)
    {
        var longest = settings.ClientSessions.Longest(Renewed(own, now)?.CreatedAt, now);
        var saysHowLong = payload.Ttl is not null || payload.TtlUnit is not null;
        return saysHowLong && payload.Length <= longest ? (session, now + payload.Length) : (session.Lasting(longest), now + longest);
    }

    /// <summary>What a lock of a redeemable holds beside the redeemable itself.</summary>
    internal IEnumerable<(Hold Hold, long? Limit)> HoldsFor(ApiCall call, CounterWish uses, Buyer? buyer)
    {
        yield return (new Hold($"{Prefix}address/{AddressOf(call)}", CounterKind.Locks, 1), settings.ClientSessions.PerAddress);
        if (buyer is { } someone && (someone.Stored?.Id ?? someone.Described.SourceId) is { } customer)
            yield return (new Hold($"{Prefix}customer/{Hash(call.Project.Id + "/" + customer)}", CounterKind.Locks, 1), settings.ClientSessions.PerCustomer);
        if (uses.Limit is { } quantity)
            yield return (new Hold($"{SharePrefix}{uses.RedeemableId}", CounterKind.Locks, 1), settings.ClientSessions.ShareOf(quantity));
    }

    /// <summary>
    /// What a new lock counts for the rest of the day: otherwise one address could set the lock on a code up again each time
    /// it ends.
    /// </summary>
    internal IEnumerable<CounterChange> DayCounts(ApiCall call, string redeemableId, IReadOnlyList<ValidationLock> own)
    {
        if (Renewed([.. own.Where(l => l.RedeemableId == redeemableId)], call.Now) is null)
            yield return new($"{DayKey(call.Now)}{redeemableId}/{AddressOf(call)}", CounterKind.Locks, 1, settings.ClientSessions.PerCodeAndDay);
    }

    /// <summary>Whether a refused counter is one of these caps, and not the code's own limit.</summary>
    internal static bool IsCap(CounterChange change) =>
        change.Owner.StartsWith(DayPrefix, StringComparison.Ordinal) || (change.Owner.StartsWith(Prefix, StringComparison.Ordinal) && !IsShare(change));

    /// <summary>Whether a refused counter is the share of a code that the public channel may lock.</summary>
    internal static bool IsShare(CounterChange change) => change.Owner.StartsWith(SharePrefix, StringComparison.Ordinal);

    /// <summary>Where the counters of a day begin; those of earlier days sort before.</summary>
    internal static string DayKey(DateTimeOffset now) => $"{DayPrefix}{now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}/";

    private static ValidationLock? Renewed(IReadOnlyList<ValidationLock> own, DateTimeOffset now) =>
        own.FirstOrDefault(l => !l.IsOver(now) && l.HoldsJson.Contains(Prefix, StringComparison.Ordinal));

    // Counters outlive the request, so they know the address only as a hash.
    private static string AddressOf(ApiCall call) => Hash(call.Project.Id + "/" + RequestFacts.Of(call.Http).Client);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));}
