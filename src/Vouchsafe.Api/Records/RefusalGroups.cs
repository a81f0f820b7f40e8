using System.Security.Cryptography;
using System.Text;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Records;

/// <summary>
/// Puts samples together that are alike. Bounded: past <see cref="MaxOfReason"/> different ones of a project and check in
/// one portion (a flood from many addresses), the rest goes into one group without an address, so that nothing is lost but
/// the names. Not safe for several threads.
/// </summary>
internal sealed class RefusalGroups
{
    internal const int MaxOfReason = 100;
    private const int MaxGroups = 5_000;
    private const int MaxMinutes = 20_000;

    private readonly Dictionary<string, RefusalGroup> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Project, long Minute, short Reason), RefusalMinute> _minutes = [];
    private readonly Dictionary<(string Project, short Reason), int> _counts = [];

    internal IReadOnlyCollection<RefusalGroup> Groups => _groups.Values;

    internal IReadOnlyCollection<RefusalMinute> Minutes => _minutes.Values;

    internal bool IsEmpty => _minutes.Count == 0;

    /// <summary>Adds a sample; the answer is the id of its group.</summary>
    internal string Add(RefusalSample sample, string projectId)
    {
        var at = sample.At.ToUnixTimeMilliseconds();
        AddMinute(projectId, at / 60_000, (short)sample.Reason, sample.Weight);
        var id = IdOf(projectId, sample, sample.Client.ToString());
        if (_groups.TryGetValue(id, out var group)) return Count(group, sample, at);
        var counted = (projectId, (short)sample.Reason);
        var others = _counts.GetValueOrDefault(counted);
        if (others < MaxOfReason && _groups.Count < MaxGroups)
        {
            _counts[counted] = others + 1;
            return AddGroup(id, projectId, sample, sample.Client.ToString(), at);
        }
        var anyone = sample with { Origin = "", KeyId = "", Method = "", Operation = "", Path = "" };
        id = IdOf(projectId, anyone, "");
        return _groups.TryGetValue(id, out group) ? Count(group, sample, at)
            : _groups.Count < 2 * MaxGroups ? AddGroup(id, projectId, anyone, "", at)
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
