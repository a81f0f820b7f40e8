using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Members;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Tests.Members;

/// <summary>
/// Every operation that writes, taken from the server's own routes so that none is forgotten: for a viewer it does nothing,
/// neither through the dashboard nor with the dashboard's cookie from outside.
/// </summary>
public sealed partial class ViewerWritesNothingTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await MemberTools.StartWithAdminAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(MemberRole.Viewer)]
    [InlineData(null)]
    public async Task ThroughTheDashboard_EveryWritingOperationIsRefused(MemberRole? role)
    {
        var call = await _server.MemberAsync(role);
        var before = await Footprint.OfAsync(_server);

        foreach (var (method, path, operation) in Writes(call))
        {
            var status = (int)(await _server.AsAsync(call, method, path, new { })).Status;
            // 401: the channel is none of the members'.
            var isRefused = status == 403 || status == 401 && operation.Channel is Channel.Client or Channel.OAuth;
            Assert.True(isRefused, $"{method} {path}: {status}");
        }

        Assert.Equal(before, await Footprint.OfAsync(_server));
    }

    [Fact]
    public async Task WithTheCookieFromOutside_EveryWritingOperationIsRefused()
    {
        using var visitor = new Visitor(_server);
        await visitor.SignInAsync(); // the cookie of whoever runs the server: it is no credential of the API, however much its holder may
        var cookie = visitor.Jar.GetCookieHeader(new Uri(_server.Address));
        Assert.Contains("vouchsafe=", cookie, StringComparison.Ordinal);
        var call = await _server.MemberAsync(MemberRole.Viewer);
        using var client = _server.With(("Cookie", cookie), ("Origin", TestServer.Origin));
        var before = await Footprint.OfAsync(_server);

        foreach (var (method, path, operation) in Writes(call))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json") };
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode == (operation.Channel is Channel.Dashboard ? 404 : 401), $"{method} {path}: {(int)answer.StatusCode}");
        }

        Assert.Equal(before, await Footprint.OfAsync(_server));
    }

    private List<(string Method, string Path, Operation Operation)> Writes(MemberCall call)
    {
        List<(string, string, Operation)> writes = [..
            from endpoint in _server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().Distinct()
            let operation = endpoint.Metadata.GetMetadata<Operation>()
            where operation is not null && operation.Channel is not Channel.Open && !IsCalculation(operation) && endpoint.Metadata.GetMetadata<MemberAccess>()?.Action is not MemberAction.OwnAccount
            let path = "/" + Parameter().Replace(endpoint.RoutePattern.RawText!.TrimStart('/').Replace("{projectId}", call.ProjectId, StringComparison.Ordinal), "x")
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            where method != "GET"
            select (method, path, operation)];
        Assert.True(writes.Count > 100, $"{writes.Count}");
        return writes;
    }

    // What stores nothing is asked for with a POST, too.
    private static bool IsCalculation(Operation operation) => operation.Id == "test-origin" || operation.ReadsByPost ||
        operation is { Channel: Channel.Private, Scope: { } scope } && ScopeNames.TryParse(scope, out var known) && known is Scope.Qualifications or Scope.Validations;

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
