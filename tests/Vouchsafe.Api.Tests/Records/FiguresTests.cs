using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Records;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Tests.Records;

/// <summary>Overview and use: the figures are the redemptions, each counted once, whether the background has seen it or not.</summary>
public sealed class FiguresTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private MemberSeat _member = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _member = await MemberSeat.TakeAsync(_server, MemberRole.Viewer);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task ARedemption_StandsInTheOverviewAtOnce_AndStillOnceWhenTheBackgroundHasCountedIt()
    {
        _server.Clock.Stop();
        Assert.False((await _member.ReadAsync("overview")).GetProperty("has_redemptions").GetBoolean());
        await VoucherAsync("TEN", 1_000);
        await RedeemAsync("TEN");
        await RedeemAsync("TEN");
        await AssertTodayAsync(redemptions: 2, discount: 2_000);
        await Figures.CountAsync(default);
        await AssertTodayAsync(2, 2_000);

        _server.Clock.Advance(TimeSpan.FromMinutes(2));
        await RedeemAsync("TEN");
        await Figures.CountAsync(default);
        Assert.Equal(2, await _server.ReadAsync(db => db.RedemptionHours.SumAsync(h => h.Redemptions)));
        await Figures.CountAsync(default);
        Assert.Equal(2, await _server.ReadAsync(db => db.RedemptionHours.SumAsync(h => h.Redemptions)));
        var answer = await _member.ReadAsync("overview");
        Assert.Equal(3, answer.GetProperty("days").EnumerateArray().Sum(d => d.GetProperty("redemptions").GetInt64()));
        var top = Assert.Single(answer.GetProperty("top").EnumerateArray());
        Assert.Equal(("TEN", "voucher", 3L, 3_000L), (top.GetProperty("name").GetString(), top.GetProperty("kind").GetString(), top.GetProperty("redemptions").GetInt64(), top.GetProperty("discount_amount").GetInt64()));
    }

    [Fact]
    public async Task ARollback_TakesItsDiscountBack_AndAFailureCountsAsOne()
    {
        await VoucherAsync("ONCE", 700, quantity: 1);
        var redemption = await RedeemAsync("ONCE");
        await _server.Private().PostAsJsonAsync("/v1/vouchers/ONCE/redemption", new { order = new { amount = 5_000 } });
        await _server.Private().PostAsync($"/v1/redemptions/{redemption}/rollback", null);
        var today = await TodayAsync();
        Assert.Equal((1L, 1L, 1L, 0L), (Number(today, "redemptions"), Number(today, "failures"), Number(today, "rollbacks"), Number(today, "discount_amount")));
    }

    [Fact]
    public async Task AStack_CountsItsParts_AndNotItsParent()
    {
        await VoucherAsync("A1", 300);
        await VoucherAsync("B1", 200);
        using var answer = await _server.Private().PostAsJsonAsync("/v1/redemptions", new
        {
            redeemables = new[] { new { @object = "voucher", id = "A1" }, new { @object = "voucher", id = "B1" } }, order = new { amount = 5_000 },
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await AssertTodayAsync(2, 500);
    }

    [Fact]
    public async Task APortion_EndsWhereItMust_AndTheNextGoesOnThere()
    {
        await VoucherAsync("MANY", 100);
        for (var i = 0; i < 7; i++) await RedeemAsync("MANY");
        var until = _server.Clock.GetUtcNow().AddSeconds(1).ToUnixTimeMilliseconds();
        var (from, counted, rounds) = (0L, 0L, 0);
        while (from < until)
        {
            var count = await _server.ReadAsync(db => RedemptionCount.ReadAsync(db, _member.ProjectId, from, until, portion: 2, default));
            (from, counted, rounds) = (count.UpToMs, counted + count.Hours.Sum(h => h.Redemptions), rounds + 1);
        }
        Assert.Equal(7, counted);
        Assert.InRange(rounds, 2, 10);
    }

    [Fact]
    public async Task WhatIsLive_FollowsSwitchDatesAndBin()
    {
        var before = Live(await _member.ReadAsync("overview"));
        await VoucherAsync("L1", 100);
        await VoucherAsync("L2", 100);
        await VoucherAsync("L3", 100);
        await _server.Private().PostAsync("/v1/vouchers/L2/disable", null);
        await _server.Private().DeleteAsync("/v1/vouchers/L3");
        var after = Live(await _member.ReadAsync("overview"));
        Assert.Equal((before.Live + 1, before.Total + 2), after);
    }

    [Fact]
    public async Task TheCallsOfAKey_StandInUse_WithThePeakAndANotice()
    {
        await _server.ChangeProjectAsync(p => p.ServerRequestsPerMinute = 20);
        using var shop = _server.Private();
        for (var i = 0; i < 17; i++) await shop.GetAsync("/v1/vouchers");
        await _server.Services.GetRequiredService<KeyUse>().FlushAsync(default);
        var usage = await _member.ReadAsync("usage");
        Assert.Equal(17, usage.GetProperty("total").GetInt64());
        var key = Assert.Single(usage.GetProperty("keys").EnumerateArray());
        Assert.Equal((TestServer.AppId, "PRIVATE", 17L), (key.GetProperty("key_id").GetString(), key.GetProperty("channel").GetString(), key.GetProperty("calls").GetInt64()));
        Assert.Equal(17, usage.GetProperty("peaks").EnumerateArray().Max(p => p.GetInt64()));
        var notice = Assert.Single(usage.GetProperty("notices").EnumerateArray());
        Assert.Equal((85L, 20L), (Number(notice, "percent"), Number(notice, "limit")));
        Assert.Contains((await _member.ReadAsync("overview")).GetProperty("alerts").EnumerateArray(), a => a.GetProperty("key").GetString() == "usage");
        foreach (var period in new[] { "week", "month" }) Assert.Equal(17, (await _member.ReadAsync("usage?period=" + period)).GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task ALargeProject_IsCountedInTheBackground_AndMeanwhileSaysSo()
    {
        var counts = _server.Services.GetRequiredService<LiveCounts>();
        await _server.ChangeAsync(db =>
        {
            for (var i = 0; i <= LiveCounts.Bound; i++)
                db.Vouchers.Add(new Storage.Entities.Voucher
                {
                    Id = $"v_bulk{i}", ProjectId = _member.ProjectId, Code = $"BULK{i}", CodeKey = $"BULK{i}", Type = Storage.Entities.VoucherType.Discount, Active = i % 2 == 0, CreatedAt = _server.Clock.GetUtcNow(),
                });
            return Task.CompletedTask;
        });
        var count = new LiveCount(null, null, default);
        for (var i = 0; i < 600 && count.Total is null; i++)
        {
            count = await _server.ReadAsync(db => counts.VouchersAsync(db, _member.ProjectId, _server.Clock.GetUtcNow(), default));
            if (count.Total is null) await Task.Delay(50);
        }
        Assert.Equal(await _server.ReadAsync(db => db.Vouchers.LongCountAsync(v => v.DeletedAt == null)), count.Total);
        Assert.Equal(await _server.ReadAsync(db => db.Vouchers.LongCountAsync(v => v.Active && v.DeletedAt == null)), count.Live);
    }

    private FiguresBook Figures => _server.Services.GetRequiredService<FiguresBook>();

    private async Task AssertTodayAsync(long redemptions, long discount)
    {
        var today = await TodayAsync();
        Assert.Equal((redemptions, discount), (Number(today, "redemptions"), Number(today, "discount_amount")));
    }

    private async Task<JsonElement> TodayAsync() => (await _member.ReadAsync("overview")).GetProperty("days").EnumerateArray().Last();

    private static long Number(JsonElement json, string name) => json.GetProperty(name).GetInt64();

    private static (long? Live, long? Total) Live(JsonElement overview)
    {
        var vouchers = overview.GetProperty("live").GetProperty("vouchers");
        return (Number(vouchers, "live"), Number(vouchers, "total"));
    }

    private async Task VoucherAsync(string code, int amountOff, int? quantity = null)
    {
        using var answer = await _server.Private().PostAsJsonAsync($"/v1/vouchers/{code}", new
        {
            type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = amountOff }, redemption = new { quantity },
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> RedeemAsync(string code)
    {
        using var answer = await _server.Private().PostAsJsonAsync($"/v1/vouchers/{code}/redemption", new { order = new { amount = 5_000 } });
        var json = await TestServer.JsonAsync(answer);
        Assert.True(answer.IsSuccessStatusCode, json.ToString());
        return json.GetProperty("id").GetString()!;
    }
}
