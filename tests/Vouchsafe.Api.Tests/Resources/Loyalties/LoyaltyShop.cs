using Vouchsafe.Api.Tests.Infrastructure;

namespace Vouchsafe.Api.Tests.Resources.Loyalties;

/// <summary>Programs, cards and rewards as tests need them.</summary>
internal static class LoyaltyShop
{
    /// <summary>Makes a loyalty program; returns its id.</summary>
    internal static async Task<string> ProgramAsync(this HttpClient shop, long points = 0) => (await shop.PostAsync("/v1/campaigns", new
    {
        name = Calls.Fresh("points"), campaign_type = "LOYALTY_PROGRAM", type = "AUTO_UPDATE", voucher = new { type = "LOYALTY_CARD", loyalty_card = new { points } },
    })).Ok().Text("id")!;

    /// <summary>Has a customer join; returns the card's code.</summary>
    internal static async Task<string> JoinAsync(this HttpClient shop, string program, string customer) =>
        (await shop.PostAsync($"/v1/loyalties/{program}/members", new { customer = new { source_id = customer } })).Ok().Text("code")!;

    /// <summary>Makes a reward of the program that pays with points; returns its id.</summary>
    internal static async Task<string> CoinAsync(this HttpClient shop, string program, decimal exchangeRatio, long pointsRatio)
    {
        var reward = (await shop.PostAsync("/v1/rewards", new
        {
            name = "Pay with points", type = "COIN", parameters = new { coin = new { exchange_ratio = exchangeRatio, points_ratio = pointsRatio } },
        })).Ok().Text("id")!;
        (await shop.PostAsync($"/v1/rewards/{reward}/assignments", new { campaign = program })).Ok();
        return reward;
    }

    /// <summary>Makes a reward of the program that is a coupon of a campaign; returns its id.</summary>
    internal static async Task<string> PrizeAsync(this HttpClient shop, string program, string campaign, long points)
    {
        var reward = (await shop.PostAsync("/v1/rewards", new { name = "Coupon", type = "CAMPAIGN", parameters = new { campaign = new { id = campaign } } })).Ok().Text("id")!;
        (await shop.PostAsync($"/v1/rewards/{reward}/assignments", new { campaign = program, parameters = new { loyalty = new { points } } })).Ok();
        return reward;
    }

    /// <summary>Makes a campaign of coupons; returns its id once its codes are there.</summary>
    internal static async Task<string> CouponsAsync(this HttpClient shop, string type, int count)
    {
        var id = (await shop.PostAsync("/v1/campaigns", new
        {
            name = Calls.Fresh("prizes"), campaign_type = "DISCOUNT_COUPONS", type, vouchers_count = count,
            voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "PERCENT", percent_off = 50, effect = "APPLY_TO_ORDER" } },
        })).Ok().Text("id")!;
        for (var looks = 0; looks < 600 && (await shop.GetJsonAsync($"/v1/campaigns/{id}")).Text("vouchers_generation_status") != "DONE"; looks++) await Task.Delay(100);
        return id;
    }

    internal static async Task<long> BalanceAsync(this HttpClient shop, string card) => (await shop.GetJsonAsync($"/v1/loyalties/members/{card}")).Ok().Number("loyalty_card.balance");

    /// <summary>Waits until a card has a balance; the last one seen is returned.</summary>
    internal static async Task<long> SettledBalanceAsync(this HttpClient shop, string card, long expected)
    {
        for (var looks = 0; looks < 600; looks++)
        {
            if (await shop.BalanceAsync(card) == expected) break;
            await Task.Delay(100);
        }

        return await shop.BalanceAsync(card);
    }
}
