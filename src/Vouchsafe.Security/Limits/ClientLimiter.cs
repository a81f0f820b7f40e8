using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Vouchsafe.Security;

/// <summary>
/// An exact rate limit per client address in bounded memory: never more than the limit in any window for one client, nor
/// more than the wider caps for the /56 and the /48 around an IPv6 client. The three are decided under one lock, and a
/// refused request uses nothing up on any level. Safe to call from any number of threads.
/// </summary>
/// <remarks>
/// The unit of storage is the widest network, a /48, with the /64 of every acceptance beside its time, because a million
/// hostile networks then cost one entry each instead of three, and the levels cannot disagree. When the table is full of
/// live entries a new client is refused (it fails closed); the alternatives, forgetting somebody or sharing a bucket, let
/// one client pass its limit.
/// </remarks>
public sealed class ClientLimiter
{
    private const int ShardBits = 6; // 64 locks: on 64 cores two requests rarely meet
    private const int Shards = 1 << ShardBits;
    private const ulong V4Mark = 1UL << 63; // a /48 has 48 bits, so no IPv6 key reaches here

    private readonly ClientLimits _limits;
    private readonly WindowShard[] _shards = new WindowShard[Shards];
    private readonly ClientHash _hash;

    /// <summary>Makes an empty table; memory is taken as clients come.</summary>
    public ClientLimiter(ClientLimits limits)
    {
        _limits = limits.Checked();
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        _hash = new ClientHash(BinaryPrimitives.ReadUInt64LittleEndian(random), BinaryPrimitives.ReadUInt64LittleEndian(random[8..]));
        for (var i = 0; i < Shards; i++)
            _shards[i] = new WindowShard(limits, RoundUp(limits.MaxClients), RoundUp(limits.MaxExtraAcceptances), _hash);
    }

    /// <summary>The most requests in any window for one client.</summary>
    public int Limit => _limits.Requests;

    /// <summary>The length of the window.</summary>
    public long WindowMilliseconds => _limits.WindowMilliseconds;

    /// <summary>How many IPv4 addresses and IPv6 /48 networks are remembered, expired ones included until they are reused.</summary>
    public int Count => _shards.Sum(shard => shard.Count);

    /// <summary>Asks for one request and writes it down if it passes.</summary>
    /// <param name="client">The client, at its own level (an IPv4 address or a /64).</param>
    /// <param name="nowMilliseconds">A clock that never runs backwards; its resolution is the resolution of the promise.</param>
    public RateDecision TryAcquire(AddressKey client, long nowMilliseconds) => Decide(client, nowMilliseconds, acquire: true);

    /// <summary>What <see cref="TryAcquire"/> would say, without using anything up; <c>Remaining</c> is what is left now.</summary>
    public RateDecision Peek(AddressKey client, long nowMilliseconds) => Decide(client, nowMilliseconds, acquire: false);

    private RateDecision Decide(AddressKey client, long nowMilliseconds, bool acquire)
    {
        var (key, subnet) = client.IsV4 ? (V4Mark | (uint)client.Tail, (ushort)0) : (client.Network >> 16, (ushort)client.Network);
        return _shards[_hash.Of(key) >> (64 - ShardBits)].Decide(key, subnet, client.IsV4, nowMilliseconds, acquire);
    }

    private static int RoundUp(int total) => (int)(((long)total + Shards - 1) / Shards);
}
