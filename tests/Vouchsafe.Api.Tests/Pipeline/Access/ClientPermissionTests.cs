using System.Net.Http.Json;
using System.Text;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Pipeline.Access;

/// <summary>What a page may do beyond validating is off until the project switches it on.</summary>
public sealed class ClientPermissionTests(ProbedServer shared) : IClassFixture<ProbedServer>
{
    private readonly TestServer _server = shared.Server;

    public static TheoryData<string, string, string, string, ClientPermissions> Operations => new()
    {
        { "POST", "/client/v1/redeem?code=CODE", """{"order":{"amount":1000},"customer":{"source_id":"ann"}}""", "client_redeem_enabled", ClientPermissions.Redeem },
        { "POST", "/client/v1/redemptions", """{"redeemables":[{"object":"voucher","id":"CODE"}],"order":{"amount":1000}}""", "client_redeem_enabled", ClientPermissions.Redeem },
        { "GET", "/client/v1/vouchers", "", "client_list_vouchers_enabled", ClientPermissions.ListVouchers },
        { "POST", "/client/v1/publish", """{"voucher":"CODE","customer":{"source_id":"ben"}}""", "client_publish_enabled", ClientPermissions.Publish },
        { "POST", "/client/v1/customers", """{"source_id":"new-CODE"}""", "client_create_customer_enabled", ClientPermissions.CreateCustomer },
        { "POST", "/client/v1/events", """{"event":"seen","customer":{"source_id":"event-CODE"}}""", "client_loyalty_events_enabled", ClientPermissions.TrackEvents },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Off_Is403ThatNamesTheSetting_AndNothingHappened_EvenIfAllOthersAreOn(string method, string path, string body, string setting, ClientPermissions permission)
    {
        var code = await NewVoucherAsync();
        await _server.ChangeProjectAsync(p => p.ClientPermissions = ClientPermissions.All & ~permission);
        var before = await Footprint.OfAsync(_server);
        using var answer = await SendAsync(method, path, body, code);
        var error = await TestServer.JsonAsync(answer);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("forbidden", error.GetProperty("key").GetString());
        Assert.Contains($"({setting})", error.GetProperty("details").GetString());
        Assert.Equal(before, await Footprint.OfAsync(_server));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task On_ItWorks_WithAllOthersOff(string method, string path, string body, string setting, ClientPermissions permission)
    {
        var code = await NewVoucherAsync();
        await _server.ChangeProjectAsync(p => p.ClientPermissions = permission);
        using var answer = await SendAsync(method, path, body, code);
        Assert.True(answer.IsSuccessStatusCode, $"{setting}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    [Fact]
    public async Task ValidatingAndListingTiers_NeedNoPermission()
    {
        var code = await NewVoucherAsync();
        await _server.ChangeProjectAsync(p => p.ClientPermissions = ClientPermissions.None);
        (string, string, string)[] open =
        [
            ("GET", "/client/v1/validate?code=CODE&amount=1000", ""),
            ("POST", "/client/v1/validations", """{"redeemables":[{"object":"voucher","id":"CODE"}],"order":{"amount":1000}}"""),
            ("GET", "/client/v1/promotions/tiers", ""),
            ("GET", "/client/v1/promotions/validation?amount=1000", ""),
            ("GET", "/client/v1/consents", ""),
        ];
        foreach (var (method, path, body) in open)
        {
            using var answer = await SendAsync(method, path, body, code);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{method} {path}: {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task ANewProject_HasAllOff()
    {
        await using var server = await TestServer.StartAsync([("Bootstrap:ClientPermissions", null)]);
        Assert.Equal(ClientPermissions.None, await server.ReadAsync(db => Task.FromResult(db.Projects.First(p => p.IsSandbox).ClientPermissions)));
    }

    private async Task<string> NewVoucherAsync()
    {
        var code = "PERM-" + Guid.NewGuid().ToString("N")[..12];
        using var made = await _server.Private().PostAsJsonAsync($"/v1/vouchers/{code}", new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 } });
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        return code;
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, string body, string code)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("CODE", code, StringComparison.Ordinal));
        if (body.Length > 0) request.Content = new StringContent(body.Replace("CODE", code, StringComparison.Ordinal), Encoding.UTF8, "application/json");
        return _server.Client().SendAsync(request);
    }
}
