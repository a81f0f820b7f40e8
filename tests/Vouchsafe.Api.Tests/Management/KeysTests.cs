using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Management;
using Vouchsafe.Api.Pipeline.Credentials;

namespace Vouchsafe.Api.Tests.Management;

/// <summary>The life of a key: made, seen, replaced, blocked, deleted, and dead with the answer.</summary>
public sealed class KeysTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    [Fact]
    public async Task Create_GivesSeveralNamedKeysOfBothKinds_EachOpensItsChannelOnly()
    {
        var project = await _server.CreateProjectAsync();
        var (till, warehouse, page) = (await AddAsync(project, new { name = "Till", kind = "server_side" }),
            await AddAsync(project, new { name = "Warehouse", kind = "server_side" }), await AddAsync(project, new { name = "Page", kind = "client_side" }));

        Assert.Equal(HttpStatusCode.OK, await AskAsync(Server(till)));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Server(warehouse)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(Server(page)));
        var browser = _server.With(("X-Client-Application-Id", Id(page)), ("X-Client-Token", Secret(page)), ("Origin", TestServer.Origin));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/client/v1/promotions/tiers")).StatusCode);
        var names = (await ListAsync(project)).Select(k => k.GetProperty("name").GetString());
        Assert.Equal(["Client-side key", "Page", "Server-side key", "Till", "Warehouse"], names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"kind":"server_side"}""", "name")]
    [InlineData("""{"name":"","kind":"server_side"}""", "name")]
    [InlineData("""{"name":"x"}""", "kind")]
    [InlineData("""{"name":"x","kind":"management"}""", "kind")]
    [InlineData("""{"name":"x","kind":"server_side","role":"OWNER"}""", "role")]
    [InlineData("""{"name":"x","kind":"client_side","role":"VIEWER"}""", "role")]
    [InlineData("""{"name":"x","kind":"server_side","role":"VIEWER","scopes":["vouchers"]}""", "role")]
    [InlineData("""{"name":"x","kind":"server_side","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"x","kind":"server_side","scopes":["everything"]}""", "scopes")]
    [InlineData("""{"name":"x","kind":"client_side","scopes":["vouchers"]}""", "scopes")]
    [InlineData("""{"name":"x","kind":"server_side","ip_whitelist":["10.0.0.1/8"]}""", "ip_whitelist")]
    [InlineData("""{"name":"x","kind":"server_side","ip_whitelist":["example.com"]}""", "ip_whitelist")]
    [InlineData("""{"name":"x","kind":"server_side","ip_whitelist":["010.0.0.1"]}""", "ip_whitelist")]
    [InlineData("""{"name":"x","kind":"server_side","ip_whitelist":[""]}""", "ip_whitelist")]
    [InlineData("""{"name":"x","kind":"server_side","blocked":null}""", "blocked")]
    public async Task Create_WithABadField_Is400NamesItAndMakesNothing(string json, string field)
    {
        var project = await _server.CreateProjectAsync();
        using var answer = await _server.Management().PostAsync(Keys(project), new StringContent(json, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(field, (await TestServer.JsonAsync(answer)).GetProperty("details").GetString());
        Assert.Equal(2, (await ListAsync(project)).Count);
    }

    [Fact]
    public async Task Update_ChangesNameAndAddresses_AndABadOneChangesNothing()
    {
        var project = await _server.CreateProjectAsync();
        var key = await AddAsync(project, new { name = "Old", kind = "server_side" });
        (await _server.Management().PutAsync(Key(project, key), new { name = "New", ip_whitelist = new[] { "10.1.0.0/16", "2001:DB8::/32" } })).Ok();
        var bad = await _server.Management().PutAsync(Key(project, key), new { name = "Newer", ip_whitelist = new[] { "nonsense" } });
        var read = (await _server.Management().GetJsonAsync(Key(project, key))).Ok();
        Assert.Equal(HttpStatusCode.BadRequest, bad.Status);
        Assert.Equal("New", read.Text("name"));
        Assert.Equal(["10.1.0.0/16", "2001:db8::/32"], read["ip_whitelist"].EnumerateArray().Select(e => e.GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.Management().PutAsync(Key(project, key), new { kind = "client_side" })).Status);
    }

    [Fact]
    public async Task Secrets_AreShownFor14DaysOfAFirstKey_15MinutesOfAFurtherOne_AndThenErased()
    {
        await using var server = await TestServer.StartAsync();
        server.Clock.Stop();
        var project = await server.CreateProjectAsync();
        var first = project.GetProperty("server_side_key").GetProperty("app_id").GetString()!;
        var further = (await server.Management().PostAsync(Keys(project), new { name = "Further", kind = "server_side" })).Ok().Text("id")!;

        await ShownAsync(TimeSpan.FromMinutes(14.9), [first, further]);
        await ShownAsync(TimeSpan.FromMinutes(0.2), [first]);
        Assert.False(await IsKeptAsync(further));
        await ShownAsync(TimeSpan.FromDays(13.9), [first]);
        await ShownAsync(TimeSpan.FromDays(0.2), []);
        Assert.False(await IsKeptAsync(first));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server.ServerOf(project)));
        var again = (await server.Management().PostAsync($"{Keys(project)}/{first}/regenerate", new { })).Ok();
        await ShownAsync(TimeSpan.FromMinutes(14.9), [first]);
        await ShownAsync(TimeSpan.FromMinutes(0.2), []);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server.ServerWith(first, again.Text("secret")!)));

        async Task ShownAsync(TimeSpan after, string[] expected)
        {
            server.Clock.Advance(after);
            var keys = (await server.Management().GetJsonAsync(Keys(project))).Ok()["data"].EnumerateArray().Where(k => k.GetProperty("kind").GetString() == "server_side");
            Assert.Equal(expected.Order(), keys.Where(k => k.TryGetProperty("secret", out _)).Select(k => k.GetProperty("id").GetString()!).Order());
            await server.Services.GetRequiredService<Housekeeping>().RunAsync(default);
        }

        Task<bool> IsKeptAsync(string id) => server.ReadAsync(db => db.ApiKeys.AnyAsync(k => k.Id == id && k.ProtectedSecret != null));
    }

    [Fact]
    public async Task Secrets_OfTheSandbox_AreShownForEver()
    {
        await using var server = await TestServer.StartAsync();
        var sandbox = (await server.Management().GetJsonAsync("/management/v1/projects")).Ok()["data.0"];
        server.Clock.Advance(TimeSpan.FromDays(1_000));
        await server.Services.GetRequiredService<Housekeeping>().RunAsync(default);
        var keys = (await server.Management().GetJsonAsync(Keys(sandbox))).Ok()["data"].EnumerateArray().ToList();
        Assert.Equal([TestServer.AppToken, TestServer.ClientToken], keys.Select(k => k.GetProperty("secret").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Secrets_AreNowhereInTheDatabaseInClear()
    {
        await using var server = await TestServer.StartAsync();
        var project = await server.CreateProjectAsync();
        var further = (await server.Management().PostAsync(Keys(project), new { name = "Further", kind = "server_side" })).Ok();
        var rotated = (await server.Management().PostAsync($"{Keys(project)}/{further.Text("id")}/rotate", new { overlap_seconds = 60 })).Ok();
        string[] secrets =
        [
            TestServer.AppToken, TestServer.ClientToken, TestServer.ManagementToken, further.Text("secret")!, rotated.Text("secret")!,
            project.GetProperty("server_side_key").GetProperty("app_token").GetString()!, project.GetProperty("client_side_key").GetProperty("app_token").GetString()!,
            project.GetProperty("webhook_token").GetString()!, await server.ServerOf(project).TokenAsync("api"),
        ];
        var files = Directory.GetFiles(server.DatabaseDirectory, "vouchsafe.db*");
        Assert.Contains(files, f => f.EndsWith("-wal", StringComparison.Ordinal));
        var content = string.Concat(files.Select(ReadShared));
        Assert.Contains(further.Text("id")!, content);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, content));
    }

    [Fact]
    public async Task Regenerate_KillsTheOldSecretAtOnce()
    {
        var project = await _server.CreateProjectAsync();
        var old = _server.ServerOf(project);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(old));
        var renewed = (await _server.Management().PostAsync($"{Keys(project)}/{ServerKeyId(project)}/regenerate", new { })).Ok();
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(old));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Server(renewed)));
    }

    [Fact]
    public async Task Rotate_LetsBothSecretsWorkUntilTheChosenTime_ThenTheNewOneOnly()
    {
        await using var server = await TestServer.StartAsync();
        server.Clock.Stop();
        var project = await server.CreateProjectAsync();
        var id = ServerKeyId(project);
        var old = server.ServerOf(project);
        var rotated = (await server.Management().PostAsync($"{Keys(project)}/{id}/rotate", new { overlap_seconds = 3_600 })).Ok();
        var fresh = server.ServerWith(id, rotated.Text("secret")!);
        Assert.Equal(server.Clock.GetUtcNow().AddHours(1), rotated["previous_secret_valid_until"].GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        server.Clock.Advance(TimeSpan.FromSeconds(3_599));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await AskAsync(old), await AskAsync(fresh)));
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await AskAsync(old), await AskAsync(fresh)));
        await server.Services.GetRequiredService<Housekeeping>().RunAsync(default);
        Assert.True(await server.ReadAsync(db => db.ApiKeys.AnyAsync(k => k.Id == id && k.PreviousSecretHash == null)));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await AskAsync(old), await AskAsync(fresh)));
    }

    [Fact]
    public async Task Rotate_WhileCallsRun_FailsNone()
    {
        var project = await _server.CreateProjectAsync();
        var id = ServerKeyId(project);
        var current = _server.ServerOf(project);
        using var stop = new CancellationTokenSource();
        var failures = 0;
        var callers = Enumerable.Range(0, 4).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
                if (await AskAsync(Volatile.Read(ref current)) != HttpStatusCode.OK) Interlocked.Increment(ref failures);
        }).ToList();
        for (var i = 0; i < 20; i++)
        {
            var rotated = (await _server.Management().PostAsync($"{Keys(project)}/{id}/rotate", new { overlap_seconds = 600 })).Ok();
            var old = Interlocked.Exchange(ref current, _server.ServerWith(id, rotated.Text("secret")!));
            // Only one earlier secret lives on: calls that began with it must have ended before the next rotation.
            Assert.Equal(HttpStatusCode.OK, await AskAsync(old));
            await Task.Delay(50);
        }
        await stop.CancelAsync();
        await Task.WhenAll(callers);
        Assert.Equal(0, failures);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"overlap_seconds":0}""")]
    [InlineData("""{"overlap_seconds":-1}""")]
    [InlineData("""{"overlap_seconds":2592001}""")]
    [InlineData("""{"overlap_seconds":"60"}""")]
    public async Task Rotate_WithoutAProperOverlap_Is400AndTheSecretStays(string json)
    {
        var project = await _server.CreateProjectAsync();
        using var answer = await _server.Management().PostAsync($"{Keys(project)}/{ServerKeyId(project)}/rotate", new StringContent(json, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(_server.ServerOf(project)));
    }

    [Fact]
    public async Task Block_ClosesTheKeyAtOnce_AndUnblockingOpensIt()
    {
        var project = await _server.CreateProjectAsync();
        var shop = _server.ServerOf(project);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(shop));
        (await _server.Management().PutAsync($"{Keys(project)}/{ServerKeyId(project)}", new { blocked = true })).Ok();
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(shop));
        (await _server.Management().PutAsync($"{Keys(project)}/{ServerKeyId(project)}", new { blocked = false })).Ok();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(shop));
    }

    [Fact]
    public async Task Delete_ClosesTheKeyAtOnceForGood_AndOthersStay()
    {
        var project = await _server.CreateProjectAsync();
        var key = await AddAsync(project, new { name = "Short-lived", kind = "server_side" });
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Server(key)));
        Assert.Equal(HttpStatusCode.NoContent, (await _server.Management().DeleteJsonAsync(Key(project, key))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(Server(key)));
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Management().DeleteJsonAsync(Key(project, key))).Status);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(_server.ServerOf(project)));
    }

    [Fact]
    public async Task KeyUse_IsShown_ExactToTheMinute()
    {
        var project = await _server.CreateProjectAsync();
        var key = await AddAsync(project, new { name = "Used", kind = "server_side" });
        Assert.Equal(JsonValueKind.Null, (await _server.Management().GetJsonAsync(Key(project, key)))["last_used_at"].ValueKind);
        var before = _server.Clock.GetUtcNow();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Server(key)));
        await _server.Services.GetRequiredService<KeyUse>().FlushAsync(default);
        var used = (await _server.Management().GetJsonAsync(Key(project, key)))["last_used_at"].GetDateTimeOffset();
        Assert.InRange(used, before.AddSeconds(-1), before.AddMinutes(1));
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PUT", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/regenerate")]
    [InlineData("POST", "/rotate")]
    public async Task KeyOfAnotherProject_IsNotFoundLikeAnUnknownOne_AndUntouched(string method, string below)
    {
        var (mine, theirs) = (await _server.CreateProjectAsync(), await _server.CreateProjectAsync());
        const string Unknown = "99999999-9999-4999-8999-999999999999";
        var (foreign, unknown) = (await TryAsync(ServerKeyId(theirs)), await TryAsync(Unknown));
        Assert.StartsWith("404", foreign);
        Assert.Equal(unknown.Replace(Unknown, "ID"), foreign.Replace(ServerKeyId(theirs), "ID"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(_server.ServerOf(theirs)));

        async Task<string> TryAsync(string id)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"{Keys(mine)}/{id}{below}");
            if (method != "GET") request.Content = new StringContent("""{"blocked":true,"overlap_seconds":60}""", Encoding.UTF8, "application/json");
            using var answer = await _server.Management().SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            return $"{(int)answer.StatusCode} {System.Text.RegularExpressions.Regex.Replace(text, "v-[0-9a-f]{18}", "v-")}";
        }
    }

    [Fact]
    public async Task ManagementKey_IsNoKeyOfAProject_AndCannotBeReachedThere()
    {
        var sandbox = (await _server.Management().GetJsonAsync("/management/v1/projects")).Ok()["data.0"];
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Management().DeleteJsonAsync($"{Keys(sandbox)}/{TestServer.ManagementId}")).Status);
        Assert.DoesNotContain(await ListAsync(sandbox), k => Id(k) == TestServer.ManagementId);
    }

    private static string Keys(JsonElement project) => ManagementCalls.Path(project) + "/keys";

    private static string Key(JsonElement project, JsonElement key) => $"{Keys(project)}/{Id(key)}";

    private static string Id(JsonElement key) => key.GetProperty("id").GetString()!;

    private static string Secret(JsonElement key) => key.GetProperty("secret").GetString()!;

    private static string ServerKeyId(JsonElement project) => project.GetProperty("server_side_key").GetProperty("app_id").GetString()!;

    private HttpClient Server(JsonElement key) => _server.ServerWith(Id(key), Secret(key));

    private HttpClient Server(Calls.Answer key) => Server(key.Body);

    private async Task<JsonElement> AddAsync(JsonElement project, object fields) => (await _server.Management().PostAsync(Keys(project), fields)).Ok().Body;

    private async Task<IReadOnlyList<JsonElement>> ListAsync(JsonElement project) =>
        [.. (await _server.Management().GetJsonAsync(Keys(project))).Ok()["data"].EnumerateArray()];

    private static async Task<HttpStatusCode> AskAsync(HttpClient program)
    {
        using var answer = await program.GetAsync("/v1/vouchers");
        return answer.StatusCode;
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Encoding.Latin1.GetString(bytes);
    }
}
