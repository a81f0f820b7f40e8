using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Vouchsafe.Api.Members;

/// <summary>What an operation answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Kind of body; null without one.</param>
/// <param name="Body">The bytes.</param>
public sealed record ApiReply(int Status, string? ContentType, byte[] Body)
{
    /// <summary>Whether it was done.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>
/// The dashboard's way into the API: a call runs, in this process, through the very pipeline that a request from outside
/// runs through, so that it meets the same checks, the same handlers and the same errors.
/// </summary>
public sealed class MemberGateway(IServiceScopeFactory scopes)
{
    private RequestDelegate? _pipeline;

    internal void Attach(RequestDelegate pipeline) => _pipeline = pipeline;

    /// <summary>Calls an operation.</summary>
    /// <param name="call">Who asks.</param>
    /// <param name="method">Verb.</param>
    /// <param name="target">Path and query as they would stand in the request line, such as <c>/v1/vouchers/A%2FB?limit=10</c>.</param>
    /// <param name="json">JSON body, or null.</param>
    /// <param name="ct">Gives up waiting for the answer.</param>
    public async Task<ApiReply> SendAsync(MemberCall call, string method, string target, string? json = null, CancellationToken ct = default)
    {
        var pipeline = _pipeline ?? throw new InvalidOperationException("The pipeline does not take members' calls.");
        await using var scope = scopes.CreateAsyncScope();
        var http = Request(call, method, target, json);
        http.RequestServices = scope.ServiceProvider;
        http.RequestAborted = ct;
        using var body = new MemoryStream();
        http.Response.Body = body;
        await pipeline(http);
        await http.Response.CompleteAsync();
        return new ApiReply(http.Response.StatusCode, http.Response.ContentType, body.ToArray());
    }

    private static DefaultHttpContext Request(MemberCall call, string method, string target, string? json)
    {
        var http = new DefaultHttpContext();
        http.Features.Set(call);
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        var (path, query) = target.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? (target[..at], target[at..]) : (target, "");
        http.Request.Method = method;
        http.Request.Scheme = "http";
        http.Request.Host = new HostString("localhost");
        http.Request.Path = PathOf(path);
        http.Request.QueryString = new QueryString(query);
        http.Connection.RemoteIpAddress = call.Address;
        var bytes = json is null ? [] : Encoding.UTF8.GetBytes(json);
        http.Features.Set<IHttpRequestBodyDetectionFeature>(new BodyDetection(bytes.Length > 0));
        if (bytes.Length == 0) return http;
        http.Request.Body = new MemoryStream(bytes);
        http.Request.ContentType = "application/json";
        http.Request.ContentLength = bytes.Length;
        return http;
    }

    // As the HTTP server does it: everything is unescaped but the slash, which would split the path.
    private static PathString PathOf(string path) =>
        new(Uri.UnescapeDataString(path.Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase)));

    private sealed record BodyDetection(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}

/// <summary>Where members' calls enter the pipeline.</summary>
public static class MemberGatewayPipeline
{
    /// <summary>Lets members' calls run through everything that follows.</summary>
    public static IApplicationBuilder UseMemberCalls(this IApplicationBuilder app) => app.Use(next =>
    {
        app.ApplicationServices.GetRequiredService<MemberGateway>().Attach(next);
        return next;
    });
}
