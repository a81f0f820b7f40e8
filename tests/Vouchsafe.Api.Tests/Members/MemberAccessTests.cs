using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Tests.Members;

/// <summary>What a member may do is decided below the pages, for calls that no page would make as well.</summary>
public sealed class MemberAccessTests : IAsyncLifetime
{
    private const string Voucher = """{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":100}}""";
    private const string Order = """{"redeemables":[{"object":"voucher","id":"WELCOME-10"}],"order":{"amount":1000}""";

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(MemberRole.Viewer)]
    [InlineData(MemberRole.Security)]
    public async Task WhoOnlyLooks_ChangesNothing_AlsoByCallingDirectly(MemberRole role)
    {
        var member = await MemberSeat.TakeAsync(_server, role);
        var before = await Footprint.OfAsync(_server);

        Assert.Equal(200, (await member.SendAsync("GET", "/v1/vouchers/WELCOME-10")).Status);
        Assert.Equal(403, (await member.SendAsync("POST", "/v1/vouchers/NEW-1", Voucher)).Status);
        Assert.Equal(403, (await member.SendAsync("PUT", "/v1/vouchers/WELCOME-10", """{"active":false}""")).Status);
        Assert.Equal(403, (await member.SendAsync("DELETE", "/v1/vouchers/WELCOME-10")).Status);
        Assert.Equal(403, (await member.SendAsync("POST", "/v1/vouchers/WELCOME-10/disable")).Status);
        Assert.Equal(403, (await member.SendAsync("POST", "/v1/redemptions", Order + "}")).Status);
        Assert.Equal(before, await Footprint.OfAsync(_server));
    }

    [Theory]
    [InlineData(MemberRole.Owner, true)]
    [InlineData(MemberRole.Administrator, true)]
    [InlineData(MemberRole.Editor, true)]
    [InlineData(MemberRole.Viewer, false)]
    [InlineData(MemberRole.Security, false)]
    public async Task AValidationThatHolds_IsForThoseWhoMayRedeem(MemberRole role, bool isPermitted)
    {
        var member = await MemberSeat.TakeAsync(_server, role);

        Assert.Equal(200, (await member.SendAsync("POST", "/v1/validations", Order + "}")).Status);
        var held = await member.SendAsync("POST", "/v1/validations", Order + ""","session":{"type":"LOCK","ttl":1,"ttl_unit":"MINUTES"}}""");

        Assert.Equal(isPermitted ? 200 : 403, held.Status);
        Assert.Equal(isPermitted ? 1 : 0, await _server.ReadAsync(db => db.ValidationLocks.CountAsync()));
    }

    [Theory]
    [InlineData(MemberRole.Owner, true)]
    [InlineData(MemberRole.Administrator, true)]
    [InlineData(MemberRole.Security, true)]
    [InlineData(MemberRole.Editor, false)]
    [InlineData(MemberRole.Viewer, false)]
    public async Task SecretsOfKeys_AreShownToTheirGuardsOnly(MemberRole role, bool isShown)
    {
        var member = await MemberSeat.TakeAsync(_server, role);

        var (status, keys) = await member.SendAsync("GET", $"/management/v1/projects/{member.ProjectId}/keys");

        Assert.Equal(200, status);
        Assert.All(keys.GetProperty("data").EnumerateArray(), key => Assert.Equal(isShown, key.TryGetProperty("secret", out _)));
        var (_, project) = await member.SendAsync("GET", $"/management/v1/projects/{member.ProjectId}");
        Assert.Equal(isShown, project.GetProperty("webhook_token").ValueKind == JsonValueKind.String);
    }

    [Fact]
    public async Task AnOwnerOfOneProject_IsNobodyInAnother()
    {
        var made = await _server.Management().PostAsync("/management/v1/projects", new { name = "Other", timezone = "UTC", currency = "EUR", dial_code = "48", cluster_id = "eu1", case_sensitive_codes = true, api_version = "v2018-08-01" });
        var other = made.Ok().Text("id")!;
        var owner = await MemberSeat.TakeAsync(_server, MemberRole.Owner);

        Assert.Equal(403, (await owner.SendAsync("GET", $"/management/v1/projects/{other}")).Status);
        Assert.Equal(403, (await owner.SendAsync("DELETE", $"/management/v1/projects/{other}")).Status);
        Assert.Equal(403, (await owner.SendAsync("GET", $"/dashboard/v1/projects/{other}/refusals")).Status);
        Assert.Equal(403, (await owner.SendAsync("GET", "/management/v1/projects")).Status);
    }

    [Theory]
    [InlineData("GET", "/client/v1/promotions/tiers")]
    [InlineData("POST", "/v1/oauth/token")]
    public async Task ThePublicChannelAndTokens_AreNotForMembers(string verb, string target)
    {
        var owner = await MemberSeat.TakeAsync(_server, MemberRole.Owner);

        Assert.Equal(401, (await owner.SendAsync(verb, target)).Status);
    }

    [Fact]
    public async Task OnceTheSignInHasEnded_NothingIsPermittedAnyMore()
    {
        _server.Clock.Stop();
        var owner = await MemberSeat.TakeAsync(_server, MemberRole.Owner);
        Assert.Equal(200, (await owner.SendAsync("GET", "/v1/vouchers")).Status);

        await _server.ChangeAsync(async db => (await db.SignIns.SingleAsync(s => s.Id == owner.SignInId)).EndedAt = _server.Clock.GetUtcNow());
        _server.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(401, (await owner.SendAsync("GET", "/v1/vouchers")).Status);
    }
}
