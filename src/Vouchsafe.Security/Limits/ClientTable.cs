using System.Runtime.CompilerServices;

namespace Vouchsafe.Security;

/// <summary>
/// A hash table of clients in a fixed number of 56-byte entries, with the entries in the order of their last acceptance.
/// Entries live in chunks below the large-object size: growing copies nothing and leaves no garbage.
/// </summary>
internal sealed class ClientTable(int maxEntries, ClientHash hash)
{
    public const int InlineAcceptances = 5; // the default limit: the usual client never needs more

    private const int ChunkBits = 9;
    private const int ChunkSize = 1 << ChunkBits;
    private const int None = -1;

    private readonly List<Entry[]> _chunks = [];
    private int[] _buckets = NewBuckets(16);
    private int _used;
    private int _free = None;
    private int _oldest = None;
    private int _newest = None;

    public int Count { get; private set; }

    /// <summary>The entry whose last acceptance is the oldest; -1 when the table is empty.</summary>
    public int Oldest => _oldest;

    public ref Entry this[int index] => ref _chunks[index >> ChunkBits][index & (ChunkSize - 1)];

    public int NewerThan(int index) => this[index].Newer;

    public int Find(ulong key)
    {
        var index = _buckets[Bucket(key)];
        while (index != None && this[index].Key != key) index = this[index].Chain;
        return index;
    }

    /// <summary>Adds a client as the newest one; -1 when the table is full.</summary>
    public int Add(ulong key)
    {
        var index = _free;
        if (index != None) _free = this[index].Chain;
        else if (_used < maxEntries)
        {
            index = _used++;
            if (index >> ChunkBits == _chunks.Count) _chunks.Add(new Entry[ChunkSize]);
        }
        else return None;

        if (++Count > _buckets.Length) Rehash();
        ref var entry = ref this[index];
        ref var bucket = ref _buckets[Bucket(key)];
        entry = default;
        entry.Key = key;
        entry.Chain = bucket;
        bucket = index;
        LinkNewest(index);
        return index;
    }

    public void Remove(int index)
    {
        Unlink(index);
        ref var entry = ref this[index];
        ref var link = ref _buckets[Bucket(entry.Key)];
        while (link != index) link = ref this[link].Chain;
        link = entry.Chain;
        entry.Chain = _free;
        _free = index;
        Count--;
    }

    public void MakeNewest(int index)
    {
        if (_newest == index) return;
        Unlink(index);
        LinkNewest(index);
    }

    /// <summary>Forgets everybody and gives the memory back.</summary>
    public void Clear()
    {
        _chunks.Clear();
        _buckets = NewBuckets(16);
        _used = Count = 0;
        _free = _oldest = _newest = None;
    }

    private static int[] NewBuckets(int size)
    {
        var buckets = new int[size];
        Array.Fill(buckets, None);
        return buckets;
    }

    private uint Bucket(ulong key) => (uint)hash.Of(key) & (uint)(_buckets.Length - 1);

    private void Rehash()
    {
        _buckets = NewBuckets(_buckets.Length * 2);
        for (var index = _oldest; index != None; index = this[index].Newer)
        {
            ref var bucket = ref _buckets[Bucket(this[index].Key)];
            this[index].Chain = bucket;
            bucket = index;
        }
    }

    private void LinkNewest(int index)
    {
        ref var entry = ref this[index];
        entry.Newer = None;
        entry.Older = _newest;
        if (_newest != None) this[_newest].Newer = index;
        else _oldest = index;
        _newest = index;
    }

    private void Unlink(int index)
    {
        ref var entry = ref this[index];
        if (entry.Older != None) this[entry.Older].Newer = entry.Newer;
        else _oldest = entry.Newer;
        if (entry.Newer != None) this[entry.Newer].Older = entry.Older;
        else _newest = entry.Older;
    }

    /// <summary>One client: its key, its links and up to five acceptances; more than five live in an <see cref="AcceptanceLog"/>.</summary>
    internal struct Entry
    {
        public ulong Key;
        public int Chain;
        public int Older;
        public int Newer;
        public InlineTimes Times;
        public InlineSubnets Subnets;
        public byte InlineCount;
        public bool HasLog;
    }

    [InlineArray(InlineAcceptances)]
    internal struct InlineTimes
    {
        private uint _first;
    }

    [InlineArray(InlineAcceptances)]
    internal struct InlineSubnets
    {
        private ushort _first;
    }
}

/// <summary>A seeded hash of a client key, so that nobody can choose addresses that collide.</summary>
internal readonly struct ClientHash(ulong seed, ulong multiplier)
{
    private readonly ulong _multiplier = multiplier | 1;

    public ulong Of(ulong key)
    {
        var high = Math.BigMul(key ^ seed, _multiplier, out var low);
        high = Math.BigMul(high ^ low ^ _multiplier, 0x9E3779B97F4A7C15, out low); // 2^64 divided by the golden ratio
        return high ^ low;
    }
}
