using System.Text;
using System.Text.Json;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Pipeline.Access;

/// <summary>"Your website URL" over the wire: who is let in, and that nothing happens for who is not.</summary>
public sealed class OriginListTests(ProbedServer shared) : IClassFixture<ProbedServer>
{
    private readonly TestServer _server = shared.Server;

    private Task ListAsync(params string[] entries) => _server.ChangeProjectAsync(p => (p.ClientTrustedDomains, p.OriginReportOnly) = ([.. entries], false));

    private Task<RawAnswer> AskAsync(string? origin, string request = "GET /client/v1/probe HTTP/1.1") => RawHttp.SendAsync(_server,
        [request, $"X-Client-Application-Id: {TestServer.ClientId}", $"X-Client-Token: {TestServer.ClientToken}", "Content-Length: 0", .. origin is null ? Array.Empty<string>() : ["Origin: " + OnTheWire(origin)]]);

    // Anything beyond ASCII goes out as UTF-8.
    private static string OnTheWire(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData(".yourdomain.com")]
    [InlineData("yourdomain.com")]
    [InlineData("*")]
    public async Task TheReferenceCases_HoldOverTheWire(string entry)
    {
        using var document = JsonDocument.Parse(SharedData.Read("data/origin-cases.json"));
        await ListAsync(entry);
        var wrong = new List<string>();
        foreach (var item in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            var origin = item.GetProperty("origin").GetString();
            var before = shared.Probe.Calls;
            var answer = await AskAsync(origin);
            var allowed = item.GetProperty(entry).GetBoolean();
            if (answer.Status != (allowed ? 200 : 403) || shared.Probe.Calls != before + (allowed ? 1 : 0)) wrong.Add($"{origin}: {answer.Status}");
            if (!allowed && answer["Access-Control-Allow-Origin"] is not null) wrong.Add($"{origin}: echoed");
        }
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("https://www.yourdomain.com", 200)]
    [InlineData("https://a.b.yourdomain.com", 200)]
    [InlineData("http://www.yourdomain.com:8080", 200)]
    [InlineData("www.yourdomain.com", 200)]
    [InlineData("https://yourdomain.com", 403)]
    [InlineData("https://evilyourdomain.com", 403)]
    [InlineData("https://www.yourdomain.com.evil.com", 403)]
    [InlineData("https://www.yourdomain.com@evil.com", 403)]
    [InlineData("https://evil.com@www.yourdomain.com", 403)]
    [InlineData("https://www.yourdomain.com/", 403)]
    [InlineData("null", 403)]
    [InlineData("", 403)]
    [InlineData(null, 403)]
    public async Task SubdomainEntry_LetsInSubdomainsOnly(string? origin, int status)
    {
        await ListAsync(".yourdomain.com");
        Assert.Equal(status, (await AskAsync(origin)).Status);
    }

    [Theory]
    [InlineData(null, 200)]
    [InlineData("null", 200)]
    [InlineData("https://anything.example", 200)]
    public async Task Star_LetsEverybodyIn(string? origin, int status)
    {
        await ListAsync("*");
        Assert.Equal(status, (await AskAsync(origin)).Status);
    }

    [Theory]
    [InlineData("https://barfoo.com", 403)]
    [InlineData("https://foo.com", 200)]
    [InlineData("https://bar.com", 200)]
    [InlineData("https://xn--bcher-kva.de", 200)]
    [InlineData("https://shop.example:8443", 200)]
    [InlineData("https://shop.example", 403)]
    [InlineData("capacitor://localhost", 200)]
    public async Task Entries_AreMatchedWhole(string origin, int status)
    {
        await ListAsync("foo.com", "bar.com", "xn--bcher-kva.de", "https://shop.example:8443", "capacitor://localhost");
        Assert.Equal(status, (await AskAsync(origin)).Status);
    }

    [Fact]
    public async Task AnEmptyList_LetsNobodyIn()
    {
        await ListAsync();
        Assert.Equal(403, (await AskAsync("https://shop.example")).Status);
        Assert.Equal(403, (await AskAsync(null)).Status);
    }

    [Fact]
    public async Task ARefusedOrigin_IsA403ThatSaysWhy_BeforeTheHandler_AndNothingHappened()
    {
        await ListAsync("shop.example");
        var before = await Footprint.OfAsync(_server);
        using var client = _server.Client("https://evil.example");
        (HttpMethod Method, string Path, string Body)[] calls =
        [
            (HttpMethod.Post, "/client/v1/redeem?code=WELCOME-10", """{"order":{"amount":1000},"customer":{"source_id":"mallory"}}"""),
            (HttpMethod.Post, "/client/v1/redemptions", """{"redeemables":[{"object":"voucher","id":"WELCOME-10"}],"order":{"amount":1000}}"""),
            (HttpMethod.Post, "/client/v1/publish", """{"voucher":"WELCOME-10","customer":{"source_id":"mallory"}}"""),
            (HttpMethod.Post, "/client/v1/customers", """{"source_id":"mallory"}"""),
            (HttpMethod.Post, "/client/v1/events", """{"event":"x","customer":{"source_id":"mallory"}}"""),
            (HttpMethod.Post, "/client/v1/redeem", "{ broken"),
        ];
        foreach (var (method, path, body) in calls)
        {
            using var answer = await client.SendAsync(new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
            var error = await TestServer.JsonAsync(answer);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Equal("forbidden", error.GetProperty("key").GetString());
            Assert.Contains("client_trusted_domains", error.GetProperty("details").GetString());
        }
        Assert.Equal(before, await Footprint.OfAsync(_server));
    }

    [Fact]
    public async Task ReportOnly_LetsIn_AndTheListOfRefusedOriginsShowsWhatItWouldHaveRefused()
    {
        await _server.ChangeProjectAsync(p => (p.ClientTrustedDomains, p.OriginReportOnly) = (["listed.example"], true));
        Assert.Equal(200, (await AskAsync("https://listed.example")).Status);
        Assert.Equal(200, (await AskAsync("https://new-shop.example")).Status);
        Assert.Equal(200, (await AskAsync("https://new-shop.example")).Status);
        await _server.ChangeProjectAsync(p => p.OriginReportOnly = false);
        Assert.Equal(403, (await AskAsync("https://other-shop.example")).Status);

        var project = (await _server.ReadAsync(db => Task.FromResult(db.Projects.First(p => p.IsSandbox)))).Id;
        var list = await TestServer.JsonAsync(await _server.Management().GetAsync($"/management/v1/projects/{project}/origins/refused"));
        // The other tests of this class fill the same list: with missing origins, broken ones, and one origin for several reasons.
        var entries = list.GetProperty("data").EnumerateArray().ToLookup(e => e.GetProperty("origin").GetString());
        var unlisted = Assert.Single(entries["https://new-shop.example"]);
        Assert.Equal(2, unlisted.GetProperty("count").GetInt64());
        Assert.Equal("NOT_LISTED", unlisted.GetProperty("reason").GetString());
        Assert.Equal(1, Assert.Single(entries["https://other-shop.example"]).GetProperty("count").GetInt64());
        Assert.Empty(entries["https://listed.example"]);
    }

    [Fact]
    public async Task TheOriginOfAnotherProject_OpensNothingHere()
    {
        await ListAsync("shop.example");
        await _server.ChangeAsync(db =>
        {
            db.Projects.Add(new Project { Id = "proj_other_list", Name = "Other", ClientTrustedDomains = ["other.example"], CreatedAt = DateTimeOffset.UnixEpoch });
            return Task.CompletedTask;
        });
        Assert.Equal(403, (await AskAsync("https://other.example")).Status);
    }
}

/// <summary>The list as it is given at the first start.</summary>
public sealed class OriginEntriesTests
{
    [Fact]
    public async Task Entries_AreSavedNormalised()
    {
        await using var server = await TestServer.StartAsync([("Bootstrap:WebsiteUrls", "BÜCHER.de, .YourDomain.COM; HTTPS://Shop.Example:443\nshop.example, SHOP.example")]);
        var saved = await server.ReadAsync(db => Task.FromResult(db.Projects.First(p => p.IsSandbox).ClientTrustedDomains));
        Assert.Equal(["xn--bcher-kva.de", ".yourdomain.com", "https://shop.example", "shop.example"], saved);
        using var answer = await server.Client("https://xn--bcher-kva.de").GetAsync("/client/v1/promotions/tiers");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(".com")]
    [InlineData(".co.uk")]
    [InlineData("*.yourdomain.com")]
    [InlineData("your*.com")]
    [InlineData("https://shop.example/path")]
    public async Task EntriesThatWouldLetStrangersIn_KeepTheServerFromStarting(string entry)
    {
        var error = await Assert.ThrowsAsync<Vouchsafe.Api.Pipeline.SettingsException>(() => TestServer.StartAsync([("Bootstrap:WebsiteUrls", entry)]));
        Assert.StartsWith("Bootstrap:WebsiteUrls: ", error.Message);
    }
}
