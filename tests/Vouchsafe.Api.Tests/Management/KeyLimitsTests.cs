using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Tests.Management;

/// <summary>What a key may be limited to (addresses, a role, scopes) is enforced on every call, and on tokens made with it.</summary>
public sealed class KeyLimitsTests(KeyLimitsTests.BehindAProxy shared) : IClassFixture<KeyLimitsTests.BehindAProxy>
{
    /// <summary>A server that believes this machine's X-Forwarded-For, so that calls may come from anywhere.</summary>
    public sealed class BehindAProxy : IAsyncLifetime
    {
        private TestServer? _server;

        internal TestServer Server => _server ?? throw new InvalidOperationException("The server was not started.");

        /// <inheritdoc />
        public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync([("Network:TrustedProxies", "127.0.0.1")]);

        /// <inheritdoc />
        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }

    private readonly TestServer _server = shared.Server;

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("203.0.113.0/24", "203.0.113.255", true)]
    [InlineData("203.0.113.0/24", "203.0.114.0", false)]
    [InlineData("2001:db8::7", "2001:db8::7", true)]
    [InlineData("2001:db8::7", "2001:db8:0:0:0:0:0:8", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "203.0.113.7", false)]
    [InlineData("10.0.0.0/8, 192.168.1.1", "192.168.1.1", true)]
    public async Task Addresses_DecideOnPrivateCalls_OnTokensMadeWithTheKey_AndOnMakingThem(string entries, string from, bool allowed)
    {
        var project = await _server.CreateProjectAsync();
        var key = await AddAsync(project, new { name = "Listed", kind = "server_side" });
        var program = From(from, ("X-App-Id", key.Id), ("X-App-Token", key.Secret));
        var bearer = From(from, ("Authorization", "Bearer " + await program.TokenAsync("api")));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(program));

        (await _server.Management().PutAsync(key.Path, new { ip_whitelist = new[] { entries } })).Ok();

        var expected = allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
        Assert.Equal(expected, await AskAsync(program));
        Assert.Equal(expected, await AskAsync(bearer));
        Assert.Equal(expected, (await program.AskTokenAsync("api")).StatusCode);
        Assert.Equal(allowed ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, (await program.GetAsync("/v1/vouchers/NONE")).StatusCode);
        (await _server.Management().PutAsync(key.Path, new { ip_whitelist = Array.Empty<string>() })).Ok();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(program));
    }

    [Fact]
    public async Task Addresses_OfAClientSideKey_AreEnforcedToo()
    {
        var project = await _server.CreateProjectAsync();
        var key = await AddAsync(project, new { name = "Kiosk", kind = "client_side", ip_whitelist = new[] { "203.0.113.7" } });
        (string, string)[] headers = [("X-Client-Application-Id", key.Id), ("X-Client-Token", key.Secret), ("Origin", TestServer.Origin)];
        Assert.Equal(HttpStatusCode.OK, (await From("203.0.113.7", headers).GetAsync("/client/v1/promotions/tiers")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await From("203.0.113.8", headers).GetAsync("/client/v1/promotions/tiers")).StatusCode);
    }

    [Fact]
    public async Task Scope_OpensItsOwnOperationsAndNoOther_OnKeysAndTokens_OfTheWholePrivateChannel()
    {
        var project = await _server.CreateProjectAsync();
        var all = _server.ServerOf(project);
        var operations = Operations(Channel.Private).ToList();
        foreach (var scope in operations.Select(o => o.Scope).Append("exports").Distinct())
        {
            var key = await AddAsync(project, new { name = scope, kind = "server_side", scopes = new[] { scope } });
            var caller = _server.ServerWith(key.Id, key.Secret);
            var bearer = _server.With(("Authorization", "Bearer " + await all.TokenAsync(scope)));
            foreach (var (method, path, needed) in operations)
            {
                foreach (var program in new[] { caller, bearer }) await ExpectAsync(program, method, path, scope == needed, needed, $"{scope}: {method} {path}");
            }
            Assert.Equal(HttpStatusCode.NoContent, (await _server.Management().DeleteJsonAsync(key.Path)).Status);
        }
    }

    [Fact]
    public async Task Scope_OpensItsOwnOperationsAndNoOther_OnTheWholePublicChannel()
    {
        var project = await _server.CreateProjectAsync(new
        {
            name = "Scopes", case_sensitive_codes = true, timezone = "UTC", currency = "EUR", client_trusted_domains = new[] { "shop.example" },
            client_redeem_enabled = true, client_publish_enabled = true, client_list_vouchers_enabled = true, client_create_customer_enabled = true,
            client_loyalty_events_enabled = true, client_set_voucher_expiration_date_enabled = true,
        });
        var operations = Operations(Channel.Client).ToList();
        foreach (var scope in operations.Select(o => o.Scope).Distinct())
        {
            var key = await AddAsync(project, new { name = scope, kind = "client_side", scopes = new[] { scope } });
            var caller = _server.With(("X-Client-Application-Id", key.Id), ("X-Client-Token", key.Secret), ("Origin", TestServer.Origin));
            var bearer = _server.With(("Authorization", "Bearer " + await _server.ServerOf(project).TokenAsync(scope)), ("Origin", TestServer.Origin));
            foreach (var (method, path, needed) in operations)
            {
                foreach (var program in new[] { caller, bearer }) await ExpectAsync(program, method, path, scope == needed, needed, $"{scope}: {method} {path}");
            }
        }
    }

    [Theory]
    [InlineData("api", true, false)]
    [InlineData("client_api", false, true)]
    [InlineData("api client_api", true, true)]
    public async Task WideScope_OpensItsOwnApiOnly(string scope, bool server, bool client)
    {
        var project = await _server.CreateProjectAsync();
        var bearer = _server.With(("Authorization", "Bearer " + await _server.ServerOf(project).TokenAsync(scope)), ("Origin", TestServer.Origin));
        Assert.Equal(server ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await bearer.GetAsync("/v1/vouchers")).StatusCode);
        Assert.Equal(client ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await bearer.GetAsync("/client/v1/promotions/tiers")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await bearer.GetAsync("/management/v1/projects")).StatusCode);
    }

    [Theory]
    [InlineData("ADMIN", true, true, true)]
    [InlineData("USER", true, true, true)]
    [InlineData("VIEWER", false, false, false)]
    [InlineData("MERCHANT", false, true, false)]
    public async Task Role_DecidesOnWritingUsingAndStacking_OnKeysAndTheirTokens(string role, bool creates, bool redeems, bool stacks)
    {
        var project = await _server.CreateProjectAsync();
        var owner = _server.ServerOf(project);
        var (one, other) = (await owner.AmountVoucherAsync(), await owner.AmountVoucherAsync());
        var key = await AddAsync(project, new { name = role, kind = "server_side", role });
        var program = _server.ServerWith(key.Id, key.Secret);
        foreach (var caller in new[] { program, _server.With(("Authorization", "Bearer " + await program.TokenAsync("api"))) })
        {
            Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/v1/vouchers/" + one)).StatusCode);
            Assert.Equal(Expected(creates), (await caller.PostAsync("/v1/customers", new { source_id = "c" })).Status);
            Assert.Equal(Expected(creates), (await caller.GetAsync($"/v1/publications/create?voucher={await owner.AmountVoucherAsync()}&customer[source_id]=c")).StatusCode);
            Assert.Equal(Expected(redeems), (await caller.PostAsync($"/v1/vouchers/{one}/validate", new { order = new { amount = 1_000 } })).Status);
            Assert.Equal(Expected(redeems), (await caller.PostAsync($"/v1/vouchers/{one}/redemption", new { order = new { amount = 1_000 } })).Status);
            foreach (var path in new[] { "/v1/validations", "/v1/redemptions" })
            {
                Assert.Equal(Expected(redeems), (await caller.PostAsync(path, Use(one))).Status);
                Assert.Equal(Expected(stacks), (await caller.PostAsync(path, Use(one, other))).Status);
            }
        }
        Assert.Equal(redeems ? stacks ? 6 : 4 : 0, (await owner.GetJsonAsync($"/v1/vouchers/{one}")).Number("redemption.redeemed_quantity"));

        static HttpStatusCode Expected(bool allowed) => allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
        static object Use(params string[] codes) => new { redeemables = codes.Select(id => new { @object = "voucher", id }), order = new { amount = 10_000 } };
    }

    [Fact]
    public async Task RoleAndScopes_ChangeAtOnce_ForTokensMadeBeforeToo()
    {
        var project = await _server.CreateProjectAsync();
        var key = await AddAsync(project, new { name = "Narrowed", kind = "server_side" });
        var bearer = _server.With(("Authorization", "Bearer " + await _server.ServerWith(key.Id, key.Secret).TokenAsync("vouchers customers")));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(bearer));
        (await _server.Management().PutAsync(key.Path, new { scopes = new[] { "customers" } })).Ok();
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(bearer));
        Assert.Equal(HttpStatusCode.OK, (await bearer.GetAsync("/v1/customers")).StatusCode);
        (await _server.Management().PutAsync(key.Path, new { scopes = (string[]?)null, role = "VIEWER" })).Ok();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(bearer));
        Assert.Equal(HttpStatusCode.Forbidden, (await bearer.PostAsync("/v1/customers", new { source_id = "c" })).Status);
    }

    private static async Task ExpectAsync(HttpClient caller, string method, string path, bool open, string needed, string what)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await caller.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var refused = text.Contains($"The scope {needed} is needed", StringComparison.Ordinal);
        Assert.True(refused == !open, $"{what} answered {(int)answer.StatusCode} {text}");
        Assert.True(!refused || answer.StatusCode == HttpStatusCode.Forbidden, what);
        Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private IEnumerable<(string Method, string Path, string Scope)> Operations(Channel channel) =>
        from endpoint in _server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().Distinct()
        let operation = endpoint.Metadata.GetMetadata<Operation>()
        where operation is { Scope: not null } && operation.Channel == channel
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select (method, System.Text.RegularExpressions.Regex.Replace(endpoint.RoutePattern.RawText!, @"\{[^}]+\}", "x"), operation.Scope);

    private readonly record struct Added(string Path, string Id, string Secret);

    private async Task<Added> AddAsync(System.Text.Json.JsonElement project, object fields)
    {
        var keys = ManagementCalls.Path(project) + "/keys";
        var key = (await _server.Management().PostAsync(keys, fields)).Ok();
        return new Added($"{keys}/{key.Text("id")}", key.Text("id")!, key.Text("secret")!);
    }

    private HttpClient From(string address, params (string, string)[] headers) => _server.With([.. headers, ("X-Forwarded-For", address)]);

    private static async Task<HttpStatusCode> AskAsync(HttpClient program)
    {
        using var answer = await program.GetAsync("/v1/vouchers");
        return answer.StatusCode;
    }
}
