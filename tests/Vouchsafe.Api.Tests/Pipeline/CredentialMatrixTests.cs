using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Tests.Pipeline;

/// <summary>Every endpoint that exists, with every wrong credential.</summary>
public sealed class CredentialMatrixTests(ProbedServer shared) : IClassFixture<ProbedServer>
{
    private readonly TestServer _server = shared.Server;

    private static readonly (string, string)[] AppPair = [("X-App-Id", TestServer.AppId), ("X-App-Token", TestServer.AppToken)];
    private static readonly (string, string)[] ClientPair = [("X-Client-Application-Id", TestServer.ClientId), ("X-Client-Token", TestServer.ClientToken)];
    private static readonly (string, string)[] ManagementPair = [("X-Management-Id", TestServer.ManagementId), ("X-Management-Token", TestServer.ManagementToken)];

    [Fact]
    public async Task EveryEndpoint_WithEveryWrongCredential_IsTheSame401()
    {
        var endpoints = Endpoints().ToList();
        Assert.NotEmpty(endpoints);
        using var client = _server.With();
        foreach (var (method, path, channel) in endpoints)
        {
            foreach (var (name, headers) in WrongCredentials(channel))
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                foreach (var (header, value) in headers.Append(("Origin", TestServer.Origin))) request.Headers.TryAddWithoutValidation(header, value);
                using var answer = await client.SendAsync(request);
                var body = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path} with {name}: {(int)answer.StatusCode} {body}");
                Assert.Equal("""{"code":401,"key":"unauthorized","message":"Unauthorized","request_id":"v-"}""", WithoutRequestId(body));
            }
        }
    }

    [Fact]
    public async Task EveryPath_WithAVerbItLacks_Is405AndNamesTheVerbs()
    {
        foreach (var group in Endpoints().GroupBy(e => (e.Path, e.Channel)))
        {
            using var client = _server.With([.. RightCredential(group.Key.Channel), ("Origin", TestServer.Origin)]);
            using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Patch, group.Key.Path));
            var body = await TestServer.JsonAsync(answer);
            Assert.True(answer.StatusCode == HttpStatusCode.MethodNotAllowed, $"PATCH {group.Key.Path}: {(int)answer.StatusCode}");
            Assert.StartsWith("PATCH is not supported by this endpoint. Did you mean ", body.GetProperty("details").GetString());
        }
    }

    [Theory]
    [InlineData("/v1/no-such-thing")]
    [InlineData("/client/v1/no-such-thing")]
    [InlineData("/management/v1/no-such-thing")]
    [InlineData("/v1")]
    public async Task UnknownPath_WithoutCredentials_Is401First(string path)
    {
        using var answer = await _server.With().GetAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("/v1/no-such-thing", Channel.Private)]
    [InlineData("/client/v1/no-such-thing", Channel.Client)]
    [InlineData("/management/v1/no-such-thing", Channel.Management)]
    [InlineData("/no-such-thing", Channel.Open)]
    internal async Task UnknownPath_WithCredentials_Is404InTheErrorShape(string path, Channel channel)
    {
        using var answer = await _server.With([.. RightCredential(channel), ("Origin", TestServer.Origin)]).GetAsync(path);
        var body = await TestServer.JsonAsync(answer);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("not_found", body.GetProperty("key").GetString());
        Assert.StartsWith("v-", body.GetProperty("request_id").GetString());
    }

    [Fact]
    public async Task EveryPath_WithEveryOtherVerb_ReachesNoHandler()
    {
        var endpoints = Endpoints().ToList();
        var patterns = endpoints.ToLookup(e => e.Method, e => e.Path.Split('/'));
        // A path of the table may match a pattern with a parameter beside its own.
        bool IsKnown(string path, string verb) => patterns[verb.ToUpperInvariant()].Any(p =>
            path.Split('/') is var parts && p.Length == parts.Length && p.Zip(parts).All(pair => pair.First == pair.Second || pair.First == "x"));
        foreach (var group in endpoints.GroupBy(e => (e.Path, e.Channel)))
        {
            using var client = _server.With([.. RightCredential(group.Key.Channel), ("Origin", TestServer.Origin)]);
            foreach (var verb in new[] { "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "QUERY", "get" })
            {
                if (IsKnown(group.Key.Path, verb)) continue;
                using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(verb), group.Key.Path));
                Assert.True(answer.StatusCode == HttpStatusCode.MethodNotAllowed, $"{verb} {group.Key.Path}: {(int)answer.StatusCode}");
                Assert.NotEmpty(answer.Content.Headers.Allow);
            }
        }
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("X-HTTP-Method", "DELETE")]
    [InlineData("X-Method-Override", "DELETE")]
    public async Task MethodOverride_IsIgnored(string header, string verb)
    {
        using var client = _server.With([.. AppPair, (header, verb)]);
        using var answer = await client.PostAsync("/v1/vouchers/WELCOME-10", new StringContent("{}", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode); // a creation without a type, and nothing else
        Assert.Equal(HttpStatusCode.OK, (await _server.Private().GetAsync("/v1/vouchers/WELCOME-10")).StatusCode);
    }

    [Fact]
    public async Task TextPlainPost_WithoutKeys_Is401AndHasNoEffect_OnEveryEndpoint()
    {
        var before = await RowsAsync();
        var calls = shared.Probe.Calls;
        foreach (var (method, path, _) in Endpoints().Where(e => e.Method is "POST" or "PUT"))
        {
            // What a foreign page may send without a preflight.
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            {
                Content = new StringContent("""{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":100},"name":"x","source_id":"x"}""", Encoding.UTF8, "text/plain"),
            };
            using var answer = await _server.With(("Origin", "https://evil.example"), ("Cookie", "session=1")).SendAsync(request);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path}: {(int)answer.StatusCode}");
        }
        Assert.Equal(before, await RowsAsync());
        Assert.Equal(calls, shared.Probe.Calls);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json-but-not-quite")]
    public async Task BodyThatIsNotJson_WithKeys_Is415AndHasNoEffect(string contentType)
    {
        var before = await RowsAsync();
        var content = new ByteArrayContent("""{"source_id":"not-json"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var answer = await _server.Private().PostAsync("/v1/customers", content);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal(before, await RowsAsync());
    }

    [Theory]
    [InlineData("X-App-Token")]
    [InlineData("X-App-Id")]
    [InlineData("x-app-token")]
    public async Task CredentialHeader_SentTwice_Is401_EvenWithTheRightValueInEither(string doubled)
    {
        foreach (var other in new[] { "", "wrong", doubled.EndsWith("id", StringComparison.OrdinalIgnoreCase) ? TestServer.AppId : TestServer.AppToken })
        {
            Assert.Equal("401", await RawStatusAsync($"X-App-Id: {TestServer.AppId}\r\nX-App-Token: {TestServer.AppToken}\r\n{doubled}: {other}\r\n"));
            Assert.Equal("401", await RawStatusAsync($"{doubled}: {other}\r\nX-App-Id: {TestServer.AppId}\r\nX-App-Token: {TestServer.AppToken}\r\n"));
        }
        Assert.Equal("200", await RawStatusAsync($"X-App-Id: {TestServer.AppId}\r\nX-App-Token: {TestServer.AppToken}\r\n"));
    }

    [Fact]
    public async Task AuthorizationHeader_SentTwiceOrOfAnotherScheme_Is401()
    {
        using var answer = await _server.Private().PostAsync("/v1/oauth/token",
            new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials"), KeyValuePair.Create("scope", "api")]));
        var token = (await TestServer.JsonAsync(answer)).GetProperty("access_token").GetString();
        Assert.Equal("200", await RawStatusAsync($"Authorization: Bearer {token}\r\n"));
        Assert.Equal("200", await RawStatusAsync($"Authorization: bearer {token}\r\n"));
        foreach (var headers in new[]
        {
            $"Authorization: Bearer {token}\r\nAuthorization: Bearer {token}\r\n", $"Authorization: Bearer {token}, Bearer {token}\r\n",
            $"Authorization: Basic {token}\r\n", $"Authorization: {token}\r\n", "Authorization: Bearer\r\n", $"Authorization: Bearer {token}x\r\n",
            $"Authorization: Bearer {token}\r\nX-App-Id: {TestServer.AppId}\r\n",
            $"Authorization: Basic x\r\nX-App-Id: {TestServer.AppId}\r\nX-App-Token: {TestServer.AppToken}\r\n",
        })
            Assert.True(await RawStatusAsync(headers) == "401", headers);
    }

    [Theory]
    [InlineData("/V1/vouchers")]
    [InlineData("/v1/vouchers/")]
    [InlineData("/v1//vouchers")]
    [InlineData("/client/v1/../../v1/vouchers")]
    [InlineData("/client/%2e%2e/v1/vouchers")]
    [InlineData("/%76%31/vouchers")]
    public async Task PrivatePath_InAnySpelling_NeverOpensToPublishableKeys(string path)
    {
        var headers = $"X-Client-Application-Id: {TestServer.ClientId}\r\nX-Client-Token: {TestServer.ClientToken}\r\nOrigin: {TestServer.Origin}\r\n";
        Assert.Contains(await RawStatusAsync(headers, path), new[] { "401", "404" });
    }

    /// <summary>The status of a GET whose header lines go out exactly as written.</summary>
    private async Task<string> RawStatusAsync(string headers, string path = "/v1/vouchers")
    {
        var address = new Uri(_server.Address);
        using var connection = new System.Net.Sockets.TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n{headers}\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return (await reader.ReadLineAsync())!.Split(' ')[1];
    }

    /// <summary>How many rows every table has; tokens and marks of use apart.</summary>
    private Task<string> RowsAsync() => _server.ReadAsync(async db =>
    {
        var text = new StringBuilder();
        foreach (var type in db.Model.GetEntityTypes().OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            var sql = $"SELECT count(*) AS \"Value\" FROM \"{type.GetTableName()}\"";
            text.Append(type.GetTableName()).Append(' ').Append(await db.Database.SqlQueryRaw<long>(sql).SingleAsync()).AppendLine();
        }
        return text.ToString();
    });

    private IEnumerable<(string Method, string Path, Channel Channel)> Endpoints() =>
        from endpoint in _server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().Distinct()
        let operation = endpoint.Metadata.GetMetadata<Operation>()
        where operation is not null && operation.Channel is not (Channel.Open or Channel.Dashboard)
        let path = "/" + System.Text.RegularExpressions.Regex.Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), @"\{[^}]+\}", "x")
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select (method, path, operation.Channel);

    /// <summary>Members' calls come from within; from outside no credentials whatever find the dashboard's operations.</summary>
    [Fact]
    public async Task WhatBelongsToTheDashboard_StandsNowhereForCallersFromOutside()
    {
        var operations = (
            from endpoint in _server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().Distinct()
            where endpoint.Metadata.GetMetadata<Operation>()?.Channel == Channel.Dashboard
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            select (Method: method, Path: "/" + System.Text.RegularExpressions.Regex.Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), @"\{[^}]+\}", "x"))).ToList();
        Assert.NotEmpty(operations);
        using var client = _server.With();

        foreach (var (method, path) in operations)
            foreach (var pair in new[] { [], AppPair, ClientPair, ManagementPair })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                foreach (var (name, value) in pair) request.Headers.Add(name, value);
                using var answer = await client.SendAsync(request);
                Assert.True((int)answer.StatusCode == 404, $"{method} {path}: {(int)answer.StatusCode}");
            }
    }

    private static IEnumerable<(string Name, (string, string)[] Headers)> WrongCredentials(Channel channel)
    {
        var row = ChannelTable.Row(channel);
        var (id, secret) = (row.IdHeader!, row.SecretHeader!);
        var right = RightCredential(channel);
        var (rightId, rightSecret) = (right[0].Item2, right[1].Item2);
        yield return ("nothing", []);
        yield return ("only the id", [(id, rightId)]);
        yield return ("only the secret", [(secret, rightSecret)]);
        yield return ("an unknown id", [(id, "99999999-9999-4999-8999-999999999999"), (secret, rightSecret)]);
        yield return ("an id that is no id", [(id, "x"), (secret, rightSecret)]);
        yield return ("a wrong secret", [(id, rightId), (secret, "wrong")]);
        yield return ("a very long secret", [(id, rightId), (secret, rightSecret + new string('x', 4_000))]);
        yield return ("id and secret swapped", [(id, rightSecret), (secret, rightId)]);
        yield return ("two secrets", [(id, rightId), (secret, rightSecret), (secret, rightSecret)]);
        yield return ("two secrets in one line", [(id, rightId), (secret, rightSecret + ", " + rightSecret)]);
        yield return ("two ids", [(id, rightId), (id, rightId), (secret, rightSecret)]);
        yield return ("a bearer token nobody issued", [("Authorization", "Bearer " + new string('a', 43))]);
        if (row.BearerScopes) yield return ("a bearer token beside the pair", [(id, rightId), (secret, rightSecret), ("Authorization", "Bearer x")]);
        foreach (var (name, pair) in new[] { ("the private pair", AppPair), ("the public pair", ClientPair), ("the management pair", ManagementPair) })
        {
            if (pair == right) continue;
            yield return (name, pair);
            // The other channel's key under this channel's header names.
            yield return (name + " renamed", [(id, pair[0].Item2), (secret, pair[1].Item2)]);
        }
    }

    private static (string, string)[] RightCredential(Channel channel) => channel switch
    {
        Channel.Client => ClientPair,
        Channel.Management => ManagementPair,
        Channel.Private or Channel.OAuth => AppPair,
        Channel.Dashboard or Channel.Open => [],
    };

    private static string WithoutRequestId(string body) => System.Text.RegularExpressions.Regex.Replace(body, "\"v-[0-9a-f]{18}\"", "\"v-\"");
}
