using Vouchsafe.Security;

namespace Vouchsafe.Api.Records;

/// <summary>
/// One refused request with the client's full address. In a flood not every one is looked at: <c>Count</c> says for how many
/// this one stands.
/// </summary>
internal sealed record RefusalEvent(
    string GroupId, DateTimeOffset At, RefusalReason Reason, string Detail, IpValue Address, string Origin, string KeyId, string Method, string Operation, string Path, long Count);

/// <summary>
/// The latest refusals of each project on this node: 50 of each check, of 256 projects at most, gone when the node stops. Those of one
/// check never push out those of another.
/// </summary>
internal sealed class LatestRefusals
{
    private const int MaxOfReason = 50;
    private const int MaxProjects = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<RefusalReason, Queue<RefusalEvent>>> _projects = new(StringComparer.Ordinal);

    internal void Add(string projectId, string groupId, RefusalSample s)
    {
        lock (_gate)
        {
            if (!_projects.TryGetValue(projectId, out var reasons))
            {
                if (_projects.Count >= MaxProjects) _projects.Remove(_projects.MinBy(p => p.Value.Values.Max(events => events.Last().At)).Key);
                _projects.Add(projectId, reasons = []);
            }
            if (!reasons.TryGetValue(s.Reason, out var events)) reasons.Add(s.Reason, events = new Queue<RefusalEvent>());
            events.Enqueue(new RefusalEvent(groupId, s.At, s.Reason, s.Detail, s.Address, s.Origin, s.KeyId, s.Method, s.Operation, s.Path, s.Weight));
            if (events.Count > MaxOfReason) events.Dequeue();
        }
    }

    /// <summary>The latest first.</summary>
    internal IReadOnlyList<RefusalEvent> Of(string projectId)
    {
        lock (_gate) return _projects.TryGetValue(projectId, out var reasons) ? [.. reasons.Values.SelectMany(events => events).OrderByDescending(e => e.At)] : [];
    }
}
