using Vouchsafe.Api.Members;
using Vouchsafe.Api.Tests.Members;
using Vouchsafe.Api.Tests.Money;
using Vouchsafe.Security;
using static Vouchsafe.Api.Tests.Money.MoneyServer;

namespace Vouchsafe.Api.Tests.Resources.ValidationRules;

/// <summary>Rules about who redeems: a member at the dashboard, or a program with a key.</summary>
public sealed class RedeemingUserTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private HttpClient Shop => _server.Private();

    private Task<Calls.Answer> ByAsync(MemberCall member, string code) => _server.AsAsync(member, "POST", "/v1/redemptions", Use(code));

    private Task<string> IsAsync(string name, string value) => Shop.RuleAsync(new
    {
        name = Calls.Fresh("who"),
        rules = new Dictionary<string, object> { ["1"] = new { name, conditions = new Dictionary<string, object> { ["$is"] = new[] { value } } }, ["logic"] = "1" },
    });

    [Fact]
    public async Task TheRedeemingUser_IsTheMemberByTheirLogin_AndNoKey()
    {
        var (login, other) = (Calls.Fresh("ann") + "@shop.example", Calls.Fresh("bob") + "@shop.example");
        var code = await Shop.VoucherAsync(quantity: null, await IsAsync("redemption.user.login", login));
        Assert.Equal("redemption_rules_violated", (await Shop.PostAsync("/v1/redemptions", Use(code))).Text("key"));
        Assert.Equal("redemption_rules_violated", (await ByAsync(await _server.MemberAsync(MemberRole.Editor, other), code)).Text("key"));
        var made = (await ByAsync(await _server.MemberAsync(MemberRole.Editor, login), code)).Ok().Text("redemptions.0.id");
        var found = (await Shop.GetJsonAsync($"/v1/redemptions?filters[user_login][conditions][$is]={Uri.EscapeDataString(login)}")).Ok();
        Assert.Equal((1, made), (found.Number("total"), found.Text("redemptions.0.id")));
    }

    [Fact]
    public async Task TheRedeemingKey_IsNoMember()
    {
        var ann = await _server.MemberAsync(MemberRole.Editor);
        var code = await Shop.VoucherAsync(quantity: null, await IsAsync("redemption.api_key", TestServer.AppId));
        (await Shop.PostAsync("/v1/redemptions", Use(code))).Ok();
        Assert.Equal("redemption_rules_violated", (await ByAsync(ann, code)).Text("key"));
        var hers = await Shop.VoucherAsync(quantity: null, await IsAsync("redemption.api_key", ann.MemberId));
        Assert.Equal("redemption_rules_violated", (await ByAsync(ann, hers)).Text("key"));
    }

    [Fact]
    public async Task RedemptionsOfAUser_AreCounted_AlsoThoseBeforeTheRule_AndKeysAreNot()
    {
        var (ann, bob) = (await _server.MemberAsync(MemberRole.Editor), await _server.MemberAsync(MemberRole.Editor));
        var code = await Shop.VoucherAsync(quantity: null);
        (await ByAsync(ann, code)).Ok();
        var rule = await Shop.AtMostAsync("redemption.count.per_user", 1);
        (await Shop.PostAsync($"/v1/validation-rules/{rule}/assignments", new { related_object_type = "voucher", related_object_id = code })).Ok();
        Assert.Equal("redemption_rules_violated", (await ByAsync(ann, code)).Text("key"));
        (await ByAsync(bob, code)).Ok();
        Assert.Equal("redemption_rules_violated", (await ByAsync(bob, code)).Text("key"));
        for (var i = 0; i < 3; i++) (await Shop.PostAsync("/v1/redemptions", Use(code))).Ok();
    }

    [Fact]
    public async Task RedemptionsOfAKey_AreCounted_AndMembersAreNot()
    {
        var ann = await _server.MemberAsync(MemberRole.Editor);
        var code = await Shop.VoucherAsync(quantity: null, await Shop.AtMostAsync("redemption.count.per_api_key", 1));
        (await Shop.PostAsync("/v1/redemptions", Use(code))).Ok();
        Assert.Equal("redemption_rules_violated", (await Shop.PostAsync("/v1/redemptions", Use(code))).Text("key"));
        for (var i = 0; i < 2; i++) (await ByAsync(ann, code)).Ok();
    }
}
