using System.Security.Cryptography;
using System.Text;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Records;

/// <summary>
/// Puts samples together that are alike. Bounded: past <see cref="MaxOfReason"/> different ones of a project and check in
/// one portion (a flood from many addresses), the rest goes into one group without an address, so that nothing is lost but
/// the names; past <see cref="MaxOfAddress"/> of one address (one that varies what it sends), into one group of that address. Not safe
/// for several threads.
/// </summary>
internal sealed class RefusalGroups
{
    internal const int MaxOfReason = 100;
    internal const int MaxOfAddress = 10;
    private const int MaxGroups = 5_000;
    private const int MaxMinutes = 20_000;

    private readonly Dictionary<string, RefusalGroup> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Project, long Minute, short Reason), RefusalMinute> _minutes = [];
    private readonly Dictionary<(string Project, short Reason), int> _counts = [];
    private readonly Dictionary<(string Project, short Reason, string Address), int> _addressCounts = [];

    internal IReadOnlyCollection<RefusalGroup> Groups => _groups.Values;

    internal IReadOnlyCollection<RefusalMinute> Minutes => _minutes.Values;

    internal bool IsEmpty => _minutes.Count == 0;

    /// <summary>Adds a sample; the answer is the id of its group.</summary>
    internal string Add(RefusalSample sample, string projectId)
    {
        var at = sample.At.ToUnixTimeMilliseconds();
        AddMinute(projectId, at / 60_000, (short)sample.Reason, sample.Weight);
        var address = sample.Client.ToString();
        var id = IdOf(projectId, sample, address);
        if (_groups.TryGetValue(id, out var group)) return Count(group, sample, at);
        var (counted, ofAddress) = ((projectId, (short)sample.Reason), (projectId, (short)sample.Reason, address));
        var (others, own) = (_counts.GetValueOrDefault(counted), _addressCounts.GetValueOrDefault(ofAddress));
        if (others < MaxOfReason && own < MaxOfAddress && _groups.Count < MaxGroups)
        {
            (_counts[counted], _addressCounts[ofAddress]) = (others + 1, own + 1);
            return AddGroup(id, projectId, sample, address, at);
        }
        var anything = sample with { Origin = "", KeyId = "", Method = "", Operation = "", Path = "" };
        var whose = own < MaxOfAddress ? "" : address;
        id = IdOf(projectId, anything, whose);
        return _groups.TryGetValue(id, out group) ? Count(group, sample, at)
            : _groups.Count < 2 * MaxGroups ? AddGroup(id, projectId, anything, whose, at)
            : id;
    }

    private static string Count(RefusalGroup group, RefusalSample sample, long at)
    {
        group.Count += sample.Weight;
        group.LastSeenMs = Math.Max(group.LastSeenMs, at);
        return group.Id;
    }

    private string AddGroup(string id, string projectId, RefusalSample sample, string address, long at)
    {
        _groups.Add(id, new RefusalGroup
        {
            Id = id, ProjectId = projectId, Reason = (short)sample.Reason, Detail = sample.Detail, Address = address, Origin = sample.Origin,
            KeyId = sample.KeyId, Method = sample.Method, Operation = sample.Operation, Path = sample.Path,
            Count = sample.Weight, FirstSeenMs = at, LastSeenMs = at,
        });
        return id;
    }

    private void AddMinute(string projectId, long minute, short reason, long count)
    {
        var key = (projectId, minute, reason);
        if (_minutes.TryGetValue(key, out var known)) known.Count += count;
        else if (_minutes.Count < MaxMinutes) _minutes.Add(key, new RefusalMinute { ProjectId = projectId, Minute = minute, Reason = reason, Count = count });
    }

    // Every node finds the same id, so that the database can add their counts up.
    private static string IdOf(string projectId, RefusalSample s, string address)
    {
        Span<byte> hash = stackalloc byte[32];
        var text = string.Join('\n', projectId, ((short)s.Reason).ToString(System.Globalization.CultureInfo.InvariantCulture), s.Detail, address, s.Origin, s.KeyId, s.Method, s.Path);
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return "ref_" + Convert.ToHexStringLower(hash[..16]);
    }
}
