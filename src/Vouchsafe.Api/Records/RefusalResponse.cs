using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Records;

/// <summary>Alike refused requests on the wire; what does not apply, or is not known, is null.</summary>
internal sealed record RefusalResponse(
    string Id, RefusalReason Reason, string? Detail, string? Address, string? Origin, string? KeyId, string? KeyName, string? Method, string? Operation, string? Path,
    long Count, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt)
{
    internal static RefusalResponse From(RefusalGroup row, IReadOnlyDictionary<string, string> keyNames) => new(
        row.Id, (RefusalReason)row.Reason, Text(row.Detail), Text(row.Address), Text(row.Origin), Text(row.KeyId), keyNames.GetValueOrDefault(row.KeyId),
        Text(row.Method), Text(row.Operation), Text(row.Path), row.Count,
        DateTimeOffset.FromUnixTimeMilliseconds(row.FirstSeenMs), DateTimeOffset.FromUnixTimeMilliseconds(row.LastSeenMs));

    internal static string? Text(string stored) => stored.Length == 0 ? null : stored;
}

/// <summary>One refused request on the wire.</summary>
internal sealed record RefusalEventResponse(
    string RefusalId, DateTimeOffset At, RefusalReason Reason, string Address, string? Origin, string? KeyId, string? Method, string? Operation, string? Path, long Count)
{
    internal static RefusalEventResponse From(RefusalEvent e) => new(
        e.GroupId, e.At, e.Reason, e.Address.ToString(), RefusalResponse.Text(e.Origin), RefusalResponse.Text(e.KeyId), RefusalResponse.Text(e.Method),
        RefusalResponse.Text(e.Operation), RefusalResponse.Text(e.Path), e.Count);
}
