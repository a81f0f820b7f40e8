using System.Text.Json;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Resources;

/// <summary>The lists of the shop that people page through: complete, in order, each entry once, and open to every role.</summary>
public sealed class BrowsingTests
{
    [Theory]
    [InlineData(MemberRole.Owner)]
    [InlineData(MemberRole.Administrator)]
    [InlineData(MemberRole.Editor)]
    [InlineData(MemberRole.Viewer)]
    [InlineData(MemberRole.Security)]
    public async Task EveryRole_MayBrowse_AndNobodyFromOutside(MemberRole role)
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, role);
        foreach (var list in (string[])["redemptions", "customers", "products", "campaigns", "product-collections", "validation-rules", "choices"])
        {
            Assert.Empty((await seat.ReadAsync(list)).GetProperty("data").EnumerateArray());
            Assert.Equal(HttpStatusCode.NotFound, (await server.Private().GetJsonAsync($"/dashboard/v1/projects/{seat.ProjectId}/{list}")).Status);
        }
    }

    [Theory]
    [InlineData("redemptions?cursor=nonsense")]
    [InlineData("redemptions?cursor=zzzz_zzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("redemptions?result=lost")]
    [InlineData("redemptions?limit=0")]
    [InlineData("redemptions?created_before=yesterday")]
    [InlineData("customers?cursor=nonsense")]
    [InlineData("customers?search=a&cursor=nonsense")]
    [InlineData("customers?search=a&cursor=eyJjb2x1bW4iOi0xLCJrZXkiOiIiLCJpZCI6IiJ9")]
    [InlineData("customers?created_after=yesterday")]
    [InlineData("products?search=a&cursor=1.2")]
    [InlineData("products?cursor=99999999999999999.v_1")]
    [InlineData("campaigns?campaign_type=COUPON")]
    [InlineData("campaigns?cursor=1")]
    [InlineData("product-collections?cursor=1")]
    [InlineData("validation-rules?cursor=1")]
    [InlineData("choices?kind=pet")]
    public async Task WhatCannotBeRead_IsRefusedByName(string target)
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);

        var (status, json) = await seat.GetAsync(target);

        Assert.Equal(400, status);
        Assert.Contains(target.Split('?', '&')[^1].Split('=')[0], json.GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redemptions_OfEachKind_AreMergedByTime_EachOnce()
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);
        var shop = server.Private();
        var code = await shop.AmountVoucherAsync();
        server.Clock.Stop();
        List<string> made = [];
        for (var i = 0; i < 3; i++)
        {
            made.Add((await shop.PostAsync($"/v1/vouchers/{code}/redemption", new { customer = new { source_id = "ada" }, order = new { amount = 1000 } })).Ok().Text("id")!);
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(HttpStatusCode.BadRequest, (await shop.PostAsync($"/v1/vouchers/{code}/redemption", new { order = new { amount = -1 } })).Status);
            made.Add((await shop.PostAsync($"/v1/redemptions/{made[^1]}/rollback", new { })).Ok().Text("id")!);
            server.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var all = await AllAsync(seat, "redemptions", "limit=2");

        Assert.Equal(made.AsEnumerable().Reverse(), all.Where(id => !id.StartsWith("rf_", StringComparison.Ordinal)));
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.Equal(made.Where(id => id.StartsWith("rr_", StringComparison.Ordinal)).Reverse(), await AllAsync(seat, "redemptions", "limit=1&result=rollback"));
        Assert.All(await AllAsync(seat, "redemptions", "result=succeeded"), id => Assert.StartsWith("r_", id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Redemptions_AreFoundByCode_CustomerCampaignAndTime()
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);
        var shop = server.Private();
        var campaign = (await shop.PostAsync("/v1/campaigns", new
        {
            name = "Spring", campaign_type = "DISCOUNT_COUPONS", type = "AUTO_UPDATE", voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 } },
        })).Ok().Text("id")!;
        (await shop.PostAsync($"/v1/campaigns/{campaign}/vouchers/SPRING-1", new { })).Ok();
        var plain = await shop.AmountVoucherAsync();
        (await shop.PostAsync("/v1/customers", new { source_id = "ada", email = "Ada@Shop.example" })).Ok();
        server.Clock.Stop();
        var first = (await shop.PostAsync("/v1/vouchers/SPRING-1/redemption", new { customer = new { source_id = "ada" }, order = new { amount = 1000 } })).Ok().Text("id")!;
        server.Clock.Advance(TimeSpan.FromHours(1));
        var noon = server.Clock.GetUtcNow();
        var second = (await shop.PostAsync($"/v1/vouchers/{plain}/redemption", new { customer = new { source_id = "ada" }, order = new { amount = 1000 } })).Ok().Text("id")!;
        var third = (await shop.PostAsync($"/v1/vouchers/{plain}/redemption", new { customer = new { source_id = "bob" }, order = new { amount = 1000 } })).Ok().Text("id")!;

        Assert.Equal([first], await AllAsync(seat, "redemptions", "voucher=SPRING-1"));
        Assert.Equal([second, first], await AllAsync(seat, "redemptions", "limit=1&customer=ada"));
        Assert.Equal([second, first], await AllAsync(seat, "redemptions", "customer=ada@shop.EXAMPLE"));
        Assert.Equal([second], await AllAsync(seat, "redemptions", $"customer=ada&voucher={plain}"));
        Assert.Equal([first], await AllAsync(seat, "redemptions", $"campaign_id={campaign}"));
        Assert.Equal([first], await AllAsync(seat, "redemptions", $"created_before={noon:yyyy-MM-ddTHH:mm:ss.fffZ}"));
        Assert.Equal(new[] { second, third }.Order(), (await AllAsync(seat, "redemptions", $"created_after={noon:yyyy-MM-ddTHH:mm:ss.fffZ}")).Order());
        Assert.Empty(await AllAsync(seat, "redemptions", "customer=nobody"));
        Assert.Empty(await AllAsync(seat, "redemptions", "voucher=NO-SUCH"));
        Assert.Empty(await AllAsync(seat, "redemptions", "created_after=2999-01-01T00:00:00Z"));
        Assert.Equal(3, (await AllAsync(seat, "redemptions", "created_after=1900-01-01T00:00:00Z")).Count);
    }

    [Fact]
    public async Task ARareRedemption_IsFoundBehindAFlood_AndTheAnswerSaysHowFarItLooked()
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);
        var shop = server.Private();
        var tier = await shop.TierAsync();
        var campaign = await server.ReadAsync(async db => (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.FirstAsync(db.PromotionTiers)).CampaignId);
        var needle = (await shop.PostAsync($"/v1/promotions/tiers/{tier}/redemption", new { order = new { amount = 1000 } })).Ok().Text("id")!;
        await server.ChangeAsync(db =>
        {
            var at = server.Clock.GetUtcNow().AddMinutes(1);
            for (var i = 0; i < Browsing.LongestStretch; i++)
                db.Redemptions.Add(new() { Id = Ids.New(IdPrefix.Redemption, at), ProjectId = seat.ProjectId, Kind = RedemptionKind.Success, Channel = "API", CreatedAt = at });
            return Task.CompletedTask;
        });

        var page = await seat.ReadAsync($"redemptions?campaign_id={campaign}");

        Assert.Empty(page.GetProperty("data").EnumerateArray());
        Assert.Equal(JsonValueKind.String, page.GetProperty("looked_back_to").ValueKind);
        Assert.Equal([needle], await AllAsync(seat, "redemptions", $"campaign_id={campaign}"));
    }

    [Fact]
    public async Task Customers_AreFoundByHowSourceIdEmailOrNameBegins_EachOnce()
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);
        var shop = server.Private();
        foreach (var (source, name, email) in ((string, string?, string?)[])
            [("ada-1", "Ada Lovelace", "ada@shop.example"), ("x-1", "ADAM", null), ("x-2", null, "Adele@shop.example"), ("ad", "Zoe", null), ("x-3", "Bea", "bea@ada.example"), ("Ada-2", "Ada", null)])
            (await shop.PostAsync("/v1/customers", new { source_id = source, name, email })).Ok();

        Assert.Equal(6, (await AllAsync(seat, "customers", "limit=4", "source_id")).Count);
        foreach (var limit in (int[])[1, 2, 3, 5])
        {
            var found = await AllAsync(seat, "customers", $"search=ad&limit={limit}", "source_id");
            Assert.Equal(["Ada-2", "ad", "ada-1", "x-1", "x-2"], found.Order(StringComparer.Ordinal));
        }

        Assert.Equal(["ada-1"], await AllAsync(seat, "customers", "search=ADA%20LOVE", "source_id"));
        Assert.Empty(await AllAsync(seat, "customers", "search=ad&created_after=2999-01-01T00:00:00Z", "source_id"));
    }

    [Fact]
    public async Task Customers_AreFoundByAnyWordOfTheirName_AndOfSeveralByAll()
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);
        var shop = server.Private();
        foreach (var (source, name) in ((string, string)[])
            [("ada", "Ada Lovelace"), ("maria", "Maria del Carmen García"), ("garcia", "GARCÍA"), ("shaun", "Shaun O'Neill"), ("many", "First second third fourth fifth sixth"), ("plus", "Bjarne C++")])
            (await shop.PostAsync("/v1/customers", new { source_id = source, name })).Ok();

        foreach (var (search, expected) in ((string, string[])[])
        [
            ("garcí", ["garcia", "maria"]), ("Lovelace", ["ada"]), ("lovelace ada", ["ada"]), ("ada, love", ["ada"]), ("neill", ["shaun"]), ("o'n", ["shaun"]), ("shaun o'neill", ["shaun"]),
            ("sixth", ["many"]), ("first sixth", ["many"]), ("c++", ["plus"]), ("ada garcía", []), ("ovelace", []), ("--", []),
        ])
        foreach (var limit in (int[])[1, 5])
            Assert.Equal((search, string.Join(',', expected)), (search, string.Join(',', (await AllAsync(seat, "customers", $"search={Uri.EscapeDataString(search)}&limit={limit}", "source_id")).Order(StringComparer.Ordinal))));

        // A redemption writes customers too.
        var code = await shop.AmountVoucherAsync();
        (await shop.PostAsync($"/v1/vouchers/{code}/redemption", new { customer = new { source_id = "ada", name = "Ada King" }, order = new { amount = 1000 } })).Ok();
        Assert.Equal(["ada"], await AllAsync(seat, "customers", "search=king", "source_id"));
        Assert.Empty(await AllAsync(seat, "customers", "search=lovelace", "source_id"));
    }

    [Fact]
    public async Task Products_AreFoundByHowSourceIdOrNameBegins_WithTheirVariantsCounted()
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);
        var shop = server.Private();
        var long64 = new string('ö', 63) + "😀" + new string('x', 1000);
        foreach (var (source, name) in ((string, string)[])[("tea.1", "Green tea"), ("tea.2", "Black tea"), ("cup", "Teacup"), ("cake", "Cake"), ("long", long64)])
            (await shop.PostAsync("/v1/products", new { source_id = source, name })).Ok();
        (await shop.PostAsync("/v1/products/tea.1/skus", new { sku = "100 g" })).Ok();
        (await shop.PostAsync("/v1/products/tea.1/skus", new { sku = "200 g" })).Ok();
        (await shop.DeleteAsync("/v1/products/cake")).Dispose();

        Assert.Equal(["cup", "long", "tea.1", "tea.2"], (await AllAsync(seat, "products", "limit=1", "source_id")).Order());
        Assert.Equal(["tea.1", "tea.2", "cup"], await AllAsync(seat, "products", "search=tea&limit=1", "source_id"));
        Assert.Equal(["long"], await AllAsync(seat, "products", $"search={Uri.EscapeDataString(long64[..70])}", "source_id"));
        var page = await seat.ReadAsync("products?search=tea.1");
        Assert.Equal(2, Assert.Single(page.GetProperty("data").EnumerateArray()).GetProperty("skus").GetInt32());
    }

    [Fact]
    public async Task Campaigns_AreFoundByNameAndType_AndTheirCodesCountedUpToABound()
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);
        var shop = server.Private();
        await shop.TierAsync();
        var id = (await shop.PostAsync("/v1/campaigns", new
        {
            name = "Autumn sale", campaign_type = "DISCOUNT_COUPONS", type = "AUTO_UPDATE", voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 } },
        })).Ok().Text("id")!;
        (await shop.PostAsync($"/v1/campaigns/{id}/vouchers/ONE", new { })).Ok();

        Assert.Equal(2, (await AllAsync(seat, "campaigns", "limit=1")).Count);
        Assert.Equal([id], await AllAsync(seat, "campaigns", "search=SALE"));
        Assert.Equal([id], await AllAsync(seat, "campaigns", "campaign_type=DISCOUNT_COUPONS&limit=1"));
        Assert.Empty(await AllAsync(seat, "campaigns", "campaign_type=PROMOTION&search=sale"));
        var found = await seat.ReadAsync("campaigns?search=sale");
        Assert.Equal(1, found.GetProperty("data")[0].GetProperty("vouchers_count").GetInt64());
    }

    [Fact]
    public async Task WorkOnACampaign_IsItsOwn_AndUnfinished()
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);
        await server.ChangeAsync(db =>
        {
            foreach (var (id, campaign, status) in ((string, string, AsyncActionStatus)[])[("aa_1", "camp_1", AsyncActionStatus.Done), ("aa_2", "camp_1", AsyncActionStatus.InProgress), ("aa_3", "camp_2", AsyncActionStatus.InProgress)])
                db.AsyncActions.Add(new()
                {
                    Id = id, ProjectId = seat.ProjectId, Type = "CAMPAIGN.VOUCHERS_GENERATE", Status = status, ResourceId = campaign, RequestJson = "{}", Total = 4, Processed = 1,
                    LeaseUntil = server.Clock.GetUtcNow().AddDays(1), CreatedAt = server.Clock.GetUtcNow(),
                });
            return Task.CompletedTask;
        });

        var work = Assert.Single((await seat.ReadAsync("campaigns/camp_1/work")).GetProperty("data").EnumerateArray());

        Assert.Equal(("aa_2", 25), (work.GetProperty("id").GetString(), work.GetProperty("progress").GetInt32()));
    }

    [Fact]
    public async Task ProductCollections_AreListedWithHowManyTheyHold()
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);
        var shop = server.Private();
        var tea = (await shop.PostAsync("/v1/products", new { name = "Tea" })).Ok().Text("id")!;
        (await shop.PostAsync("/v1/product-collections", new { name = "Drinks", type = "STATIC", products = new[] { new { id = tea, @object = "product" } } })).Ok();
        (await shop.PostAsync("/v1/product-collections", new
        {
            name = "Dear things", type = "AUTO_UPDATE", filter = new Dictionary<string, object> { ["junction"] = "AND", ["price"] = new { conditions = new Dictionary<string, int[]> { ["$more_than"] = [1000] } } },
        })).Ok();

        Assert.Equal(["Dear things", "Drinks"], (await AllAsync(seat, "product-collections", "limit=1", "name")).Order());
        Assert.Equal(["Drinks"], await AllAsync(seat, "product-collections", "search=RINK", "name"));
        Assert.Equal(1, (await seat.ReadAsync("product-collections?search=drinks")).GetProperty("data")[0].GetProperty("items").GetInt32());
    }

    [Fact]
    public async Task ValidationRules_AreFoundByName_WithHowMuchEachIsAssignedTo()
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);
        var shop = server.Private();
        var small = await shop.MinimumAsync(100);
        var large = await shop.RuleAsync(new
        {
            name = "Large BASKETS",
            rules = new Dictionary<string, object> { ["1"] = new { name = "order.amount", conditions = new Dictionary<string, object> { ["$more_than"] = new[] { 9000 } } }, ["logic"] = "1" },
        });
        await shop.AmountVoucherAsync(rule: large);

        Assert.Equal(new[] { small, large }.Order(), (await AllAsync(seat, "validation-rules", "limit=1")).Order());
        Assert.Equal([large], await AllAsync(seat, "validation-rules", "search=basket"));
        Assert.Empty(await AllAsync(seat, "validation-rules", "search=unheard"));
        var found = (await seat.ReadAsync("validation-rules?search=baskets")).GetProperty("data")[0];
        Assert.Equal(1, found.GetProperty("assignments_count").GetInt32());
        Assert.Equal(9000, found.GetProperty("rules").GetProperty("1").GetProperty("conditions").EnumerateObject().Single().Value[0].GetInt32());
    }

    [Fact]
    public async Task Choices_AreFoundByBeginningPartOrId()
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);
        var shop = server.Private();
        var tea = (await shop.PostAsync("/v1/products", new { name = "Green tea", source_id = "t-1" })).Ok().Text("id")!;
        (await shop.PostAsync($"/v1/products/{tea}/skus", new { sku = "Tea, 100 g", source_id = "t-1-100" })).Ok();
        (await shop.PostAsync("/v1/product-collections", new { name = "Teatime", type = "STATIC", products = Array.Empty<object>() })).Ok();
        var rule = await shop.MinimumAsync(100);
        await shop.TierAsync();

        Assert.Equal(["product", "sku", "products_collection"], await FoundAsync("text=TEA", "kind"));
        Assert.Equal(["product", "sku"], await FoundAsync("text=t-1", "kind"));
        Assert.Equal(["product"], await FoundAsync($"text={tea}", "kind"));
        Assert.Equal(["product", "products_collection"], await FoundAsync("kind=item", "kind"));
        Assert.Equal([rule], await FoundAsync("kind=validation_rules&text=MIN", "id"));
        Assert.Single(await FoundAsync("kind=campaign&text=promo", "id"));
        Assert.Empty(await FoundAsync("kind=segment&text=promo", "id"));

        async Task<List<string>> FoundAsync(string query, string member) =>
            [.. (await seat.ReadAsync("choices?" + query)).GetProperty("data").EnumerateArray().Select(c => c.GetProperty(member).GetString()!)];
    }

    private static async Task<List<string>> AllAsync(MemberSeat seat, string list, string query, string member = "id")
    {
        List<string> found = [];
        string? cursor = null;
        for (var pages = 1; ; pages++)
        {
            var page = await seat.ReadAsync($"{list}?{query}{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}");
            found.AddRange(page.GetProperty("data").EnumerateArray().Select(v => v.GetProperty(member).GetString()!));
            if (page.GetProperty("next").ValueKind == JsonValueKind.Null) return found;
            cursor = page.GetProperty("next").GetString();
            Assert.True(pages < 50, "The list does not end.");
        }
    }
}
