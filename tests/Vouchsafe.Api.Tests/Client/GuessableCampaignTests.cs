using System.Net.Http.Json;

namespace Vouchsafe.Api.Tests.Client;

/// <summary>Codes that a botnet would hit are warned about when their campaign is made; codes of money are long from the start.</summary>
public sealed class GuessableCampaignTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Header = "Vouchsafe-Warning";
    private const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private readonly TestServer _server = shared.Server;

    private async Task<string?> WarningAsync(object? codeConfig, long count, string type = "DISCOUNT_COUPONS", string? mode = null)
    {
        var voucher = type == "GIFT_VOUCHERS"
            ? (object)new { type = "GIFT_VOUCHER", gift = new { amount = 1_000 }, code_config = codeConfig }
            : new { type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = 100 }, code_config = codeConfig };
        using var answer = await _server.Private().PostAsJsonAsync("/v1/campaigns", new
        {
            name = "Campaign " + Guid.NewGuid(), campaign_type = type, type = mode ?? "STATIC", vouchers_count = count, active = false, voucher,
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return answer.Headers.TryGetValues(Header, out var values) ? values.Single() : null;
    }

    [Fact]
    public async Task ShortCodes_AreWarnedAbout_WithTheOdds()
    {
        // 1,000 of 36^6 codes, 1.7 million guesses an hour: 40,800,000 * 1,000 / 2,176,782,336 hits a day.
        Assert.Equal("guessable-codes; hits-per-day=18.743; days-per-hit=0.053", await WarningAsync(new { length = 6, charset = Capitals }, 1_000));
    }

    [Theory]
    [InlineData(8, 10)]
    [InlineData(12, 1_000)]
    public async Task LongCodes_AreNot(int length, int count) => Assert.Null(await WarningAsync(new { length, charset = Capitals + "abcdefghijklmnopqrstuvwxyz" }, count));

    [Fact]
    public async Task PrefixAndPattern_AddNothingToTheOdds()
    {
        Assert.NotNull(await WarningAsync(new { prefix = "SPRING-SALE-2026-", length = 4 }, 10));
        Assert.NotNull(await WarningAsync(new { pattern = "GIFT-CARD-####-2026" }, 10));
    }

    [Fact]
    public async Task TheOneCodeOfAStandaloneCampaign_IsMeantToBeKnown() => Assert.Null(await WarningAsync(null, 1, mode: "STANDALONE"));

    [Fact]
    public async Task GiftCards_HaveTwelveRandomCharactersByDefault_AndNeedNoWarning()
    {
        Assert.Null(await WarningAsync(null, 100, "GIFT_VOUCHERS"));
        Assert.NotNull(await WarningAsync(new { length = 6 }, 100, "GIFT_VOUCHERS"));
        using var made = await _server.Private().PostAsJsonAsync("/v1/vouchers", new { type = "GIFT_VOUCHER", gift = new { amount = 1_000 }, code_config = new { prefix = "G-" } });
        var code = (await TestServer.JsonAsync(made)).GetProperty("code").GetString()!;
        Assert.StartsWith("G-", code);
        Assert.True(code.Length >= "G-".Length + 12, code);
    }
}
