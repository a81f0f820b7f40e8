using Vouchsafe.Api.Tests.Infrastructure;

namespace Vouchsafe.Api.Tests.Resources.Referrals;

/// <summary>Codes that customers pass on: for friends, never for their owner.</summary>
public sealed class ReferralTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HttpClient _shop = shared.Server.Private();

    private async Task<string> ProgramAsync(int count = 0) => (await _shop.PostAsync("/v1/campaigns", new
    {
        name = Calls.Fresh("friends"), campaign_type = "REFERRAL_PROGRAM", type = "AUTO_UPDATE", vouchers_count = count, referral_program = new { conversion_event_type = "redemption" },
        voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "PERCENT", percent_off = 30, effect = "APPLY_TO_ORDER" }, is_referral_code = true },
    })).Ok().Text("name")!;

    private async Task<(string Code, string OwnerId)> CodeAsync(string owner)
    {
        var published = (await _shop.PostAsync("/v1/publications", new { campaign = new { name = await ProgramAsync() }, customer = new { source_id = owner } })).Ok();
        return (published.Text("voucher.code")!, published.Text("customer_id")!);
    }

    private Task<Calls.Answer> RedeemAsync(string code, object customer) =>
        _shop.PostAsync("/v1/redemptions", new { redeemables = new[] { new { @object = "voucher", id = code } }, order = new { amount = 10_000 }, customer });

    [Fact]
    public async Task TheOwner_CannotUseTheCode_ByAnyOfTheirNames()
    {
        var owner = Calls.Fresh("owner");
        var (code, ownerId) = await CodeAsync(owner);
        foreach (var name in new object[] { new { source_id = owner }, new { id = ownerId } })
        {
            var answer = await RedeemAsync(code, name);
            Assert.Equal((HttpStatusCode.BadRequest, "referrer_not_permitted_to_redeem"), (answer.Status, answer.Text("key")));
        }

        var tracked = await _shop.PostAsync($"/v1/vouchers/{code}/redemption", new { tracking_id = owner, order = new { amount = 10_000 } });
        Assert.Equal("referrer_not_permitted_to_redeem", tracked.Text("key"));
        Assert.Equal(0, (await _shop.GetJsonAsync($"/v1/vouchers/{code}")).Number("redemption.redeemed_quantity"));
    }

    [Fact]
    public async Task AFriend_UsesTheCodeInAStack_AndTheOrderNamesTheReferrer()
    {
        var (code, ownerId) = await CodeAsync(Calls.Fresh("owner"));
        var coupon = await _shop.AmountVoucherAsync(1_000);
        var use = new
        {
            redeemables = new[] { new { @object = "voucher", id = coupon }, new { @object = "voucher", id = code } }, order = new { amount = 11_000 }, customer = new { source_id = Calls.Fresh("friend") },
        };

        Assert.Equal(ownerId, (await _shop.PostAsync("/v1/validations", use)).Ok().Text("order.referrer_id"));
        var redeemed = (await _shop.PostAsync("/v1/redemptions", use)).Ok();

        Assert.Equal(ownerId, redeemed.Text("order.referrer_id"));
        Assert.Equal(7_000, redeemed.Number("order.total_amount"));
        Assert.Equal(ownerId, (await _shop.GetJsonAsync($"/v1/orders/{redeemed.Text("order.id")}")).Ok().Text("referrer_id"));
    }

    [Fact]
    public async Task AFriend_IsNamedOnce_AlsoByManyAtOnce_AndARefusedListLeavesNobodyBehind()
    {
        var (code, _) = await CodeAsync(Calls.Fresh("owner"));
        var (friend, newcomer) = (Calls.Fresh("friend"), Calls.Fresh("newcomer"));
        (await _shop.PostAsync("/v1/customers", new { source_id = friend })).Ok();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            _shop.PostAsync($"/v1/referrals/members/{code}/holders", new { holders = new[] { new { source_id = friend } } })));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Equal("holder_assignement_duplication", a.Text("key")));

        var refused = await _shop.PostAsync($"/v1/referrals/members/{code}/holders", new { holders = new[] { new { source_id = newcomer }, new { source_id = friend } } });
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _shop.GetJsonAsync($"/v1/customers/{newcomer}")).Status);
        Assert.Equal(2, (await _shop.GetJsonAsync($"/v1/referrals/members/{code}/holders")).Ok().Number("total"));
    }

    [Fact]
    public async Task TheReferrer_IsNoFriend_AndStays()
    {
        var owner = Calls.Fresh("owner");
        var (code, _) = await CodeAsync(owner);
        Assert.Equal(HttpStatusCode.Conflict, (await _shop.PostAsync($"/v1/referrals/members/{code}/holders", new { holders = new[] { new { source_id = owner } } })).Status);
        var referrer = (await _shop.GetJsonAsync($"/v1/referrals/members/{code}/holders")).Ok().Text("data.0.id");
        Assert.Equal(HttpStatusCode.Forbidden, (await _shop.DeleteJsonAsync($"/v1/referrals/members/{code}/holders/{referrer}")).Status);
    }

    [Fact]
    public async Task FriendsOfACodeThatNobodyHas_OrOfACouponThatIsNone_AreRefused()
    {
        var program = await ProgramAsync();
        var free = (await _shop.PostAsync($"/v1/campaigns/{program}/vouchers", new { })).Ok().Text("code");
        Assert.Equal("not_published", (await _shop.PostAsync($"/v1/referrals/members/{free}/holders", new { holders = new[] { new { source_id = "x" } } })).Text("key"));
        Assert.Equal("not_found", (await _shop.PostAsync($"/v1/referrals/members/{await _shop.AmountVoucherAsync()}/holders", new { holders = new[] { new { source_id = "x" } } })).Text("key"));
    }

    [Theory]
    [InlineData("custom_event", "conversion_event_type")]
    [InlineData("purchase", "conversion_event_type")]
    public async Task WhatAProgramCannotKeep_IsRefused(string conversion, string named)
    {
        var answer = await _shop.PostAsync("/v1/campaigns", new
        {
            name = Calls.Fresh("friends"), campaign_type = "REFERRAL_PROGRAM", referral_program = new { conversion_event_type = conversion },
            voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 } },
        });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(named, answer.Text("details"), StringComparison.Ordinal);
    }
}
