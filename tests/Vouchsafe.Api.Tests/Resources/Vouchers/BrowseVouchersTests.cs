using System.Text.Json;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Tests.Records;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Tests.Resources.Vouchers;

/// <summary>The list that people page through: complete, in order, and bounded in what it reads.</summary>
public sealed class BrowseVouchersTests
{
    [Fact]
    public async Task Pages_GiveEachVoucherOnce_NewestFirst()
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);
        // Made in one moment, as the codes of a campaign are: their order is any, but the same on every page.
        server.Clock.Stop();
        for (var i = 0; i < 4; i++) await MakeAsync(server, $"OLD-{i}");
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 3; i++) await MakeAsync(server, $"NEW-{i}");

        var (codes, pages) = await AllAsync(seat, "limit=2");

        Assert.Equal(["NEW-0", "NEW-1", "NEW-2"], codes.Take(3).Order());
        Assert.Equal(["OLD-0", "OLD-1", "OLD-2", "OLD-3"], codes.Skip(3).Take(4).Order());
        Assert.True(pages > 3);
    }

    [Fact]
    public async Task ABeginningOfACode_FindsTheCodeItselfFirst_AndNothingElse()
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);
        foreach (var code in (string[])["AUT-20", "AUT-2", "AUT-200", "AUS-9", "AUU-1", "aut-2"]) await MakeAsync(server, code);

        var (codes, _) = await AllAsync(seat, "code=AUT-2&limit=1");

        Assert.Equal(["AUT-2", "AUT-20", "AUT-200"], codes);
    }

    [Fact]
    public async Task Conditions_AreAllHeeded()
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);
        await MakeAsync(server, "ON-1");
        await MakeAsync(server, "ON-2");
        (await server.Private().PostAsync("/v1/vouchers/ON-2/disable", new { })).Ok();
        (await server.Private().PostAsync("/v1/vouchers/CARD", new { type = "GIFT_VOUCHER", gift = new { amount = 1000 } })).Ok();

        Assert.Equal(["ON-2"], (await AllAsync(seat, "state=disabled")).Codes);
        Assert.Equal(["CARD"], (await AllAsync(seat, "type=GIFT_VOUCHER")).Codes);
        Assert.Equal(["ON-1"], (await AllAsync(seat, "code=ON-&state=active")).Codes);
        Assert.Empty((await AllAsync(seat, "code=ON-&type=GIFT_VOUCHER")).Codes);
        Assert.Empty((await AllAsync(seat, "created_after=2999-01-01T00:00:00Z")).Codes);
    }

    [Theory]
    [InlineData("cursor=nonsense")]
    [InlineData("cursor=99999999999999999.v_1")]
    [InlineData("state=lost")]
    [InlineData("type=COUPON")]
    [InlineData("limit=0")]
    [InlineData("created_after=yesterday")]
    public async Task WhatCannotBeRead_IsRefusedByName(string query)
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);

        var (status, json) = await seat.GetAsync("vouchers?" + query);

        Assert.Equal(400, status);
        Assert.Contains(query.Split('=')[0], json.GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASearchThatFindsNothing_SaysHowFarItLooked_AndGoesOnFromThere()
    {
        await using var server = await TestServer.StartAsync();
        var seat = await MemberSeat.TakeAsync(server, MemberRole.Viewer);
        await MakeAsync(server, "NEEDLE");
        (await server.Private().PostAsync("/v1/vouchers/NEEDLE/disable", new { })).Ok();
        await server.ChangeAsync(db =>
        {
            var project = seat.ProjectId;
            var now = server.Clock.GetUtcNow().AddMinutes(1);
            for (var i = 0; i < Browsing.LongestStretch; i++)
                db.Vouchers.Add(new() { Id = $"v_hay{i:D6}", ProjectId = project, Code = $"HAY{i}", CodeKey = $"HAY{i}", Type = Storage.Entities.VoucherType.Discount, DiscountJson = """{"type":"PERCENT","percent_off":5}""", CreatedAt = now });
            return Task.CompletedTask;
        });

        var first = await seat.ReadAsync("vouchers?state=disabled");
        Assert.Empty(first.GetProperty("data").EnumerateArray());
        Assert.Equal(JsonValueKind.String, first.GetProperty("looked_back_to").ValueKind);

        var second = await seat.ReadAsync("vouchers?state=disabled&cursor=" + Uri.EscapeDataString(first.GetProperty("next").GetString()!));
        Assert.Equal("NEEDLE", Assert.Single(second.GetProperty("data").EnumerateArray()).GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    private static async Task MakeAsync(TestServer server, string code) =>
        (await server.Private().PostAsync("/v1/vouchers", new { code, type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 500 } })).Ok();

    private static async Task<(List<string> Codes, int Pages)> AllAsync(MemberSeat seat, string query)
    {
        List<string> codes = [];
        string? cursor = null;
        for (var pages = 1; ; pages++)
        {
            var page = await seat.ReadAsync($"vouchers?{query}{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}");
            codes.AddRange(page.GetProperty("data").EnumerateArray().Select(v => v.GetProperty("code").GetString()!));
            if (page.GetProperty("next").ValueKind == JsonValueKind.Null) return (codes, pages);
            cursor = page.GetProperty("next").GetString();
            Assert.True(pages < 50, "The list does not end.");
        }
    }
}
