using Microsoft.AspNetCore.Routing;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Pipeline;

/// <summary>
/// Checks, before the first request, that every endpoint says which operation it is. What an endpoint leaves out would
/// otherwise be found by somebody else.
/// </summary>
internal static class StartupAudit
{
    internal static IReadOnlyList<string> Check(IEnumerable<RouteEndpoint> endpoints)
    {
        List<RouteEndpoint> all = [.. endpoints];
        // Routing refuses to work at the first request with two of one name, and what is remembered of requests goes by the id.
        var twice = all.SelectMany(e => e.Metadata.OfType<Operation>()).Where(o => o.Channel != Channel.Open).CountBy(o => o.Id).Where(o => o.Value > 1);
        return [.. all.SelectMany(Check), .. twice.Select(o => $"{o.Value} endpoints have the operation id {o.Key}; it must be that of one.")];
    }

    private static IEnumerable<string> Check(RouteEndpoint endpoint)
    {
        var operations = endpoint.Metadata.OfType<Operation>().ToList();
        var path = "/" + (endpoint.RoutePattern.RawText ?? "").TrimStart('/');
        var name = $"{endpoint.DisplayName ?? path}";
        if (operations.Count != 1)
        {
            yield return $"{name} names {operations.Count} operations; it must name exactly one.";
            yield break;
        }
        var operation = operations[0];
        var row = ChannelTable.Of(path);
        if (row.Channel != operation.Channel) yield return $"{name} belongs to the channel {operation.Channel}, but its path to {row.Channel}.";
        if (operation.Id.Length == 0) yield return $"{name} has no operation id.";
        if (row.Channel == Channel.Dashboard && endpoint.Metadata.GetMetadata<Members.MemberAccess>() is null) yield return $"{name} does not say what a member does by calling it.";
        var needsScope = row.BearerScopes;
        if (needsScope && operation.Scope is null) yield return $"{name} has no scope.";
        if (operation.Scope is not { } text) yield break;
        if (!ScopeNames.TryParse(text, out var scope)) yield return $"{name} has the unknown scope {text}.";
        else if (scope.IsClient() != (row.Channel == Channel.Client)) yield return $"{name} has the scope {text} of the other API.";
    }
}
