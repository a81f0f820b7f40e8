using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vouchsafe.Api.Members;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Records;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Pipeline;

/// <summary>
/// Decides whether the caller may reach the endpoint: channel, then Origin, then the key's addresses, then scope and role,
/// then the project's client permissions. What stands at no operation is refused.
/// </summary>
internal sealed class AuthorizationStage(RequestDelegate next, RefusalRecords records, Telemetry telemetry)
{
    public Task InvokeAsync(HttpContext http)
    {
        var facts = RequestFacts.Of(http);
        if (facts.Admission is { Key: { } key } admission)
        {
            var refusal = facts.Channel.ChecksOrigin ? CheckOrigin(http, admission) : null;
            refusal ??= key.IpRules?.Allows(facts.Address) == true ? null : AccessErrors.AddressNotListed(facts.Address);
            if (refusal is not null) return refusal.ExecuteAsync(http);
        }
        var endpoint = http.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<Operation>() is not { } operation) return NoOperationAsync(http, endpoint);
        // To everybody but members nothing stands there.
        if (operation.Channel == Channel.Dashboard && facts.Admission?.Member is null) return NoOperationAsync(http, null);
        var denial = facts.Admission?.Member is { } member
            ? DecideForMember(operation, member, endpoint, http)
            : Decide(operation, facts, http.Request.Method);
        return denial is null ? next(http) : denial.ExecuteAsync(http);
    }

    /// <summary>The decision itself, which a test can ask without a server.</summary>
    internal static ApiError? Decide(Operation operation, RequestFacts facts, string method)
    {
        // The path's prefix and the endpoint's own word must agree; if they ever do not, nobody gets in.
        if (operation.Channel != facts.Channel.Channel) return CommonErrors.Unauthorized;
        if (facts.Channel.PerAddressLimit && !facts.PassedAddressLimit) return CommonErrors.Unauthorized;
        if (operation.Channel == Channel.Open) return null;
        if (facts.Admission is not { Key: { } key } admission) return CommonErrors.Unauthorized;
        if (operation.Scope is { } scope)
        {
            var required = ScopeNames.TryParse(scope, out var known) ? known : throw new InvalidOperationException($"Unknown scope {scope}.");
            if (!admission.Scopes.Allows(required)) return AccessErrors.ScopeMissing(scope);
            if (key.Role is { } role && !role.Permits(required, AccessOf(operation, required, method))) return AccessErrors.RoleForbids(role, scope);
        }
        if (operation.Permission != 0 && (admission.Project!.Settings.ClientPermissions & operation.Permission) != operation.Permission)
            return AccessErrors.PermissionOff(operation.Permission);
        return null;
    }

    private static ApiError? DecideForMember(Operation operation, MemberStanding member, Endpoint endpoint, HttpContext http)
    {
        if (operation.Channel != RequestFacts.Of(http).Channel.Channel) return CommonErrors.Unauthorized;
        var call = MemberCall.Of(http)!;
        if (operation.Channel == Channel.Private)
        {
            if (!ScopeNames.TryParse(operation.Scope ?? "", out var scope) || call.ProjectId is null) return CommonErrors.Unauthorized;
            return MemberPolicy.Permits(member.Role, scope, AccessOf(operation, scope, http.Request.Method)) ? null : AccessErrors.MemberMayNot(member.Role);
        }
        if (endpoint.Metadata.GetMetadata<MemberAccess>()?.Action is not { } action) return CommonErrors.Unauthorized;
        if (action == MemberAction.OwnAccount) return null;
        if (action == MemberAction.Operate) return member.IsOperator ? null : AccessErrors.MemberMayNot(member.Role);
        // The role was looked up for the project of the call; an address that names another one must not borrow it.
        var named = http.Request.RouteValues["projectId"] as string;
        return named == call.ProjectId && named is not null && MemberPolicy.Permits(member.Role, action) ? null : AccessErrors.MemberMayNot(member.Role);
    }

    private ApiError? CheckOrigin(HttpContext http, Admission admission)
    {
        var project = admission.Project!;
        var header = http.Request.Headers.Origin;
        var origin = header.Count == 0 ? null : header.Count == 1 ? header[0] : header.ToString();
        var verdict = project.Whitelist.Decide(origin);
        if (verdict.Allowed) return null;
        telemetry.OriginRefused(project.OriginReportOnly);
        if (project.OriginReportOnly)
        {
            records.Note(http, AccessErrors.OriginOf(RefusalReason.OriginReportOnly, verdict.Reason));
            return null;
        }
        CrossOriginStage.Withdraw(http);
        return AccessErrors.OriginRefused(verdict.Reason);
    }

    // A qualification stores nothing, whatever its verb.
    private static Access AccessOf(Operation operation, Scope scope, string method) =>
        (HttpMethods.IsGet(method) && !operation.WritesByGet) || operation.ReadsByPost || scope is Scope.Qualifications ? Access.Read : Access.Write;

    private static async Task NoOperationAsync(HttpContext http, Endpoint? endpoint)
    {
        if (endpoint?.RequestDelegate is { } reject)
        {
            // Routing's own endpoint: the path is known, the verb is not. It fills in the Allow header.
            await reject(http);
            var allowed = http.Response.Headers.Allow.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed })
                await CommonErrors.MethodNotAllowed(http.Request.Method, allowed).ExecuteAsync(http);
            return;
        }
        await CommonErrors.NoRoute(http.Request.Path.Value ?? "/").ExecuteAsync(http);
    }
}
