using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Tests.Management;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.OAuth;

/// <summary>Tokens: made, looked at, revoked, and dead when their time, their key or their project is.</summary>
public sealed class TokensTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Inactive = """{"active":false}""";
    private readonly TestServer _server = shared.Server;

    [Fact]
    public async Task Token_HasTheDocumentedForm_AndOpensTheApi()
    {
        var project = await _server.CreateProjectAsync();
        var program = _server.ServerOf(project);
        using var answer = await program.AskTokenAsync("vouchers customers");
        var token = await TestServer.JsonAsync(answer);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(ServerKeyId(project), token.GetProperty("client_id").GetString());
        Assert.Equal(900, token.GetProperty("expires_in").GetInt64());
        Assert.Equal("Bearer", token.GetProperty("token_type").GetString());
        Assert.Equal(["customers", "vouchers"], token.GetProperty("scope").GetString()!.Split(' ').Order());
        Assert.InRange(token.GetProperty("expires_at").GetInt64() - _server.Clock.GetUtcNow().ToUnixTimeSeconds(), 895, 901);
        Assert.True(token.GetProperty("access_token").GetString()!.Length >= 40);
        Assert.False(token.TryGetProperty("active", out _));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Bearer(token.GetProperty("access_token").GetString()!)));
    }

    [Theory]
    [InlineData("client_credentials", "", "invalid_scope")]
    [InlineData("client_credentials", "vouchers,campaigns", "invalid_scope")]
    [InlineData("client_credentials", "everything", "invalid_scope")]
    [InlineData("client_credentials", "API", "invalid_scope")]
    [InlineData("password", "api", "invalid_grant_type")]
    [InlineData("", "api", "invalid_grant_type")]
    public async Task Token_WithABadForm_Is400AndMakesNone(string grantType, string scope, string key)
    {
        var project = await _server.CreateProjectAsync();
        using var answer = await _server.ServerOf(project).FormAsync("/v1/oauth/token", ("grant_type", grantType), ("scope", scope));
        var body = await TestServer.JsonAsync(answer);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(key, body.GetProperty("key").GetString());
        if (scope.Contains(',', StringComparison.Ordinal)) Assert.Equal("Invalid scope: vouchers,campaigns", body.GetProperty("message").GetString());
        Assert.Equal(0, await CountAsync(project));
    }

    [Theory]
    [InlineData("application/json", """{"grant_type":"client_credentials","scope":"api"}""", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", "grant_type=client_credentials&scope=api&scope=client_api", HttpStatusCode.BadRequest)]
    [InlineData("application/x-www-form-urlencoded", "grant_type=client_credentials&grant_type=client_credentials&scope=api", HttpStatusCode.BadRequest)]
    [InlineData("application/x-www-form-urlencoded", "grant_type=client_credentials&scope=api%00", HttpStatusCode.BadRequest)]
    [InlineData("application/x-www-form-urlencoded", "grant_type=client_credentials", HttpStatusCode.BadRequest)]
    public async Task Token_WithAnUnreadableBody_Is4xxAndMakesNone(string contentType, string body, HttpStatusCode expected)
    {
        var project = await _server.CreateProjectAsync();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var answer = await _server.ServerOf(project).PostAsync("/v1/oauth/token", content);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(0, await CountAsync(project));
    }

    [Fact]
    public async Task Token_CannotBeWiderThanItsKey()
    {
        var project = await _server.CreateProjectAsync();
        var key = (await _server.Management().PostAsync(Keys(project), new { name = "Narrow", kind = "server_side", scopes = new[] { "vouchers" } })).Ok();
        var program = _server.ServerWith(key.Text("id")!, key.Text("secret")!);
        foreach (var scope in new[] { "api", "client_api", "customers", "vouchers customers" })
            Assert.Equal(HttpStatusCode.BadRequest, (await program.AskTokenAsync(scope)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await program.AskTokenAsync("vouchers")).StatusCode);
    }

    [Fact]
    public async Task Token_MakesNoToken_AndNeitherDoesAPublishableKey()
    {
        var project = await _server.CreateProjectAsync();
        var token = await _server.ServerOf(project).TokenAsync("api client_api");
        var page = project.GetProperty("client_side_key");
        foreach (var caller in new[] { Bearer(token), _server.ServerWith(page.GetProperty("app_id").GetString()!, page.GetProperty("app_token").GetString()!), _server.PageOf(project, TestServer.Origin) })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await caller.AskTokenAsync("api")).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await caller.FormAsync("/v1/oauth/introspect", ("access_token", token))).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await caller.FormAsync("/v1/oauth/token/revoke", ("access_token", token))).StatusCode);
        }
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Bearer(token)));
    }

    [Fact]
    public async Task Token_Lives900Seconds()
    {
        await using var server = await TestServer.StartAsync();
        server.Clock.Stop();
        var program = server.Private();
        var token = await program.TokenAsync("api");
        var bearer = server.With(("Authorization", "Bearer " + token));
        server.Clock.Advance(TimeSpan.FromMilliseconds(899_999));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(bearer));
        Assert.Equal(1, (await IntrospectAsync(program, token)).GetProperty("expires_in").GetInt32());
        server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(bearer));
        Assert.Equal(Inactive, (await IntrospectAsync(program, token)).GetRawText());
    }

    [Fact]
    public async Task Tokens_AreAtMostAThousandAProject_EvenWhenAskedForAtOnce()
    {
        await using var server = await TestServer.StartAsync();
        var (full, other) = (await server.CreateProjectAsync(), await server.CreateProjectAsync());
        var id = full.GetProperty("id").GetString()!;
        var program = server.ServerOf(full);
        var first = await program.TokenAsync("api");
        await server.ChangeAsync(db =>
        {
            for (var i = 0; i < 997; i++)
                db.OAuthTokens.Add(new OAuthToken
                {
                    Hash = [.. BitConverter.GetBytes(i), .. new byte[28]], ProjectId = id, KeyId = ServerKeyId(full), Scopes = "api",
                    CreatedAt = server.Clock.GetUtcNow(), ExpiresAt = server.Clock.GetUtcNow().AddSeconds(600),
                });
            return Task.CompletedTask;
        });

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => program.AskTokenAsync("api")));

        Assert.Equal(2, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        var refusals = answers.Where(a => a.StatusCode != HttpStatusCode.OK).ToList();
        foreach (var refusal in refusals)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refusal.StatusCode);
            Assert.InRange(refusal.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 500, 600);
            Assert.Equal("too_many_requests", (await TestServer.JsonAsync(refusal)).GetProperty("key").GetString());
        }
        Assert.Equal(1_000, await server.ReadAsync(db => db.OAuthTokens.CountAsync(t => t.ProjectId == id)));
        Assert.Equal(HttpStatusCode.OK, (await server.ServerOf(other).AskTokenAsync("api")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await program.FormAsync("/v1/oauth/token/revoke", ("access_token", first))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await program.AskTokenAsync("api")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await program.AskTokenAsync("api")).StatusCode);
        server.Clock.Advance(TimeSpan.FromSeconds(601));
        Assert.Equal(HttpStatusCode.OK, (await program.AskTokenAsync("api")).StatusCode);
    }

    [Fact]
    public async Task Token_OfADeletedKey_IsDeadAtOnce()
    {
        var project = await _server.CreateProjectAsync();
        var (path, program, token) = await AddAsync(project);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Bearer(token)));
        Assert.Equal(HttpStatusCode.NoContent, (await _server.Management().DeleteJsonAsync(path)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(Bearer(token)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.AskTokenAsync("api")).StatusCode);
        Assert.Equal(Inactive, (await IntrospectAsync(_server.ServerOf(project), token)).GetRawText());
    }

    [Fact]
    public async Task Token_OfABlockedKey_IsDeadAtOnce_AndLivesAgainWithIt()
    {
        var project = await _server.CreateProjectAsync();
        var (path, program, token) = await AddAsync(project);
        (await _server.Management().PutAsync(path, new { blocked = true })).Ok();
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(Bearer(token)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.AskTokenAsync("api")).StatusCode);
        Assert.Equal(Inactive, (await IntrospectAsync(_server.ServerOf(project), token)).GetRawText());
        (await _server.Management().PutAsync(path, new { blocked = false })).Ok();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Bearer(token)));
    }

    [Theory]
    [InlineData("/regenerate")]
    [InlineData("/rotate")]
    public async Task Token_LivesOn_WhenItsKeyGetsANewSecret(string how)
    {
        var project = await _server.CreateProjectAsync();
        var (path, _, token) = await AddAsync(project);
        (await _server.Management().PostAsync(path + how, new { overlap_seconds = 1 })).Ok();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Bearer(token)));
        Assert.True((await IntrospectAsync(_server.ServerOf(project), token)).GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Introspection_OfALiveToken_ShowsWhatItIs()
    {
        var project = await _server.CreateProjectAsync();
        var program = _server.ServerOf(project);
        var token = await program.TokenAsync("vouchers");
        var shown = await IntrospectAsync(program, token);
        Assert.True(shown.GetProperty("active").GetBoolean());
        Assert.Equal((token, ServerKeyId(project), "vouchers", "Bearer"),
            (shown.GetProperty("access_token").GetString(), shown.GetProperty("client_id").GetString(), shown.GetProperty("scope").GetString(), shown.GetProperty("token_type").GetString()));
    }

    [Fact]
    public async Task Introspection_OfAnyOtherToken_IsTheSameBytes()
    {
        await using var server = await TestServer.StartAsync();
        var (mine, theirs) = (await server.CreateProjectAsync(), await server.CreateProjectAsync());
        var program = server.ServerOf(mine);
        var revoked = await program.TokenAsync("api");
        Assert.Equal(HttpStatusCode.NoContent, (await program.FormAsync("/v1/oauth/token/revoke", ("access_token", revoked))).StatusCode);
        var expired = await program.TokenAsync("api");
        server.Clock.Advance(TimeSpan.FromSeconds(901));
        var foreign = await server.ServerOf(theirs).TokenAsync("api");
        foreach (var token in new[] { revoked, expired, foreign, "unknown", new string('x', 10_000), "%", "\u00e9", TestServer.AppToken })
        {
            using var answer = await program.FormAsync("/v1/oauth/introspect", ("access_token", token));
            Assert.Equal((HttpStatusCode.OK, Inactive), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
            Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        }
        Assert.True((await IntrospectAsync(server.ServerOf(theirs), foreign)).GetProperty("active").GetBoolean());
    }

    [Theory]
    [InlineData("/v1/oauth/introspect")]
    [InlineData("/v1/oauth/token/revoke")]
    public async Task WithoutAToken_Is400(string path)
    {
        using var answer = await _server.Private().FormAsync(path, ("token", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("missing_parameters", (await TestServer.JsonAsync(answer)).GetProperty("key").GetString());
    }

    [Fact]
    public async Task Revocation_Is204AndImmediate_AndTheSecondTimeAnEmpty404()
    {
        var program = _server.Private();
        var token = await program.TokenAsync("api");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Bearer(token)));
        using var first = await program.FormAsync("/v1/oauth/token/revoke", ("access_token", token));
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(Bearer(token)));
        using var second = await program.FormAsync("/v1/oauth/token/revoke", ("access_token", token));
        Assert.Equal((HttpStatusCode.NotFound, ""), (second.StatusCode, await second.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Revocation_OfAForeignToken_Is404LikeAnUnknownOne_AndTheTokenLives()
    {
        var (mine, theirs) = (await _server.CreateProjectAsync(), await _server.CreateProjectAsync());
        var foreign = await _server.ServerOf(theirs).TokenAsync("api");
        foreach (var token in new[] { foreign, "unknown" })
        {
            using var answer = await _server.ServerOf(mine).FormAsync("/v1/oauth/token/revoke", ("access_token", token));
            Assert.Equal((HttpStatusCode.NotFound, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Bearer(foreign)));
    }

    [Fact]
    public async Task Token_OnThePublicChannel_ObeysItsWhitelistPermissionsAndLimit()
    {
        await using var server = await TestServer.StartAsync([("Limits:Client:Requests", "3")]);
        server.Clock.Stop();
        await server.ChangeProjectAsync(p => p.ClientPermissions = ClientPermissions.None);
        var token = await server.Private().TokenAsync("client_api");
        HttpClient Page(string origin) => server.With(("Authorization", "Bearer " + token), ("Origin", origin));
        Assert.Equal(HttpStatusCode.OK, (await Page(TestServer.Origin).GetAsync("/client/v1/promotions/tiers")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Page("https://foreign.example").GetAsync("/client/v1/promotions/tiers")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Page(TestServer.Origin).GetAsync("/client/v1/vouchers?customer=x")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Page(TestServer.Origin).GetAsync("/client/v1/promotions/tiers")).StatusCode);
    }

    [Fact]
    public async Task Token_IsStoredAsItsHashOnly()
    {
        var token = await _server.Private().TokenAsync("api");
        var hash = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(token));
        Assert.True(await _server.ReadAsync(db => db.OAuthTokens.AnyAsync(t => t.Hash == hash)));
    }

    private static string Keys(JsonElement project) => ManagementCalls.Path(project) + "/keys";

    private static string ServerKeyId(JsonElement project) => project.GetProperty("server_side_key").GetProperty("app_id").GetString()!;

    private HttpClient Bearer(string token) => _server.With(("Authorization", "Bearer " + token));

    private async Task<(string Path, HttpClient Program, string Token)> AddAsync(JsonElement project)
    {
        var key = (await _server.Management().PostAsync(Keys(project), new { name = "Maker", kind = "server_side" })).Ok();
        var program = _server.ServerWith(key.Text("id")!, key.Text("secret")!);
        return ($"{Keys(project)}/{key.Text("id")}", program, await program.TokenAsync("api"));
    }

    private Task<int> CountAsync(JsonElement project)
    {
        var id = project.GetProperty("id").GetString();
        return _server.ReadAsync(db => db.OAuthTokens.CountAsync(t => t.ProjectId == id));
    }

    private static async Task<JsonElement> IntrospectAsync(HttpClient program, string token)
    {
        using var answer = await program.FormAsync("/v1/oauth/introspect", ("access_token", token));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await TestServer.JsonAsync(answer);
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient program)
    {
        using var answer = await program.GetAsync("/v1/vouchers");
        return answer.StatusCode;
    }
}
