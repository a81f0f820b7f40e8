using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Members;

namespace Vouchsafe.Dashboard.Shared;

/// <summary>
/// The API as the signed-in member may use it. Each call is authorised afresh by the API itself; nothing that a page shows
/// or hides decides what is permitted.
/// </summary>
public sealed class MemberApi(MemberGateway gateway, AuthenticationStateProvider authentication)
{
    /// <summary>The claim that names the sign-in.</summary>
    public const string SignInClaim = "sid";

    /// <summary>Calls an operation and reads its answer.</summary>
    /// <param name="projectId">The project that is worked in; null for what belongs to none.</param>
    /// <param name="method">Verb.</param>
    /// <param name="target">Path and query, escaped.</param>
    /// <param name="body">Written as JSON; null: no body.</param>
    /// <param name="ct">Gives up waiting.</param>
    public async Task<ApiReply<T>> SendAsync<T>(string? projectId, HttpMethod method, string target, object? body = null, CancellationToken ct = default)
    {
        var reply = await SendRawAsync(projectId, method, target, body, ct);
        if (!reply.IsSuccess) return new(default, ApiProblem.Read(reply.Status, reply.Body));
        return new(reply.Body.Length == 0 ? default : JsonSerializer.Deserialize<T>(reply.Body, DashboardJson.Options), null);
    }

    /// <summary>Reads a page of a list, whatever the resource calls its array.</summary>
    public async Task<ApiReply<ApiList<T>>> ListAsync<T>(string? projectId, string target, CancellationToken ct = default)
    {
        var reply = await SendAsync<JsonElement>(projectId, HttpMethod.Get, target, null, ct);
        if (reply.Problem is { } problem) return new(null, problem);
        var name = reply.Value.TryGetProperty("data_ref", out var dataRef) ? dataRef.GetString()! : "data";
        var items = reply.Value.TryGetProperty(name, out var array) ? array.Deserialize<List<T>>(DashboardJson.Options)! : [];
        var total = reply.Value.TryGetProperty("total", out var count) && count.ValueKind == JsonValueKind.Number ? count.GetInt64() : items.Count;
        return new(new(items, total), null);
    }

    /// <summary>Calls an operation whose answer is taken as it is: pictures, files, JSON to show.</summary>
    public async Task<ApiReply> SendRawAsync(string? projectId, HttpMethod method, string target, object? body = null, CancellationToken ct = default)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        var call = new MemberCall(user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "", user.FindFirstValue(SignInClaim) ?? "", projectId);
        var json = body switch { null => null, string text => text, _ => JsonSerializer.Serialize(body, body.GetType(), DashboardJson.Options) };
        var reply = await gateway.SendAsync(call, method.Method, target, json, ct);
        if (reply.Status == StatusCodes.Status401Unauthorized && authentication is MemberAuthentication member) await member.RecheckAsync();
        return reply;
    }
}
