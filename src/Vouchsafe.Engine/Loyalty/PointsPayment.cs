using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Engine.Loyalty;

/// <summary>
/// Spends the points of a loyalty card. Points pay in whole exchanges: the documentation's example takes 2,300 points for
/// 450.00 where 100 points pay 20.00, so the last exchange is taken whole although it pays more than is due.
/// </summary>
internal static class PointsPayment
{
    /// <summary>Why the card cannot pay; null when it can.</summary>
    public static Reason? Check(PointsBenefit card, string code, OrderState? order) => card.Reward switch
    {
        CoinReward coin => CheckCoin(coin, card, code, order),
        PricedReward priced => priced.Points > card.Available ? Reasons.LoyaltyCardPointsExceeded(code) : null,
        _ => Reasons.MissingReward(),
    };

    /// <summary>Spends the price of the reward, or as many whole exchanges as were asked for, the card has and the order needs. Returns the points spent.</summary>
    public static long Pay(PointsBenefit card, OrderState? order)
    {
        if (card.Reward is PricedReward priced)
            return priced.Points;
        if (card.Reward is not CoinReward coin || order is null)
            return 0;
        var affordable = Math.Min(card.RequestedPoints ?? card.Available, card.Available) / coin.Points;
        var needed = order.Due / coin.Amount + (order.Due % coin.Amount == 0 ? 0 : 1);
        var exchanges = Math.Min(affordable, needed);
        // All of what is needed pays all that is due; less than that cannot overflow, being below it.
        order.DiscountOrder(exchanges == needed ? order.Due : exchanges * coin.Amount);
        return exchanges * coin.Points;
    }

    private static Reason? CheckCoin(CoinReward coin, PointsBenefit card, string code, OrderState? order)
    {
        if (card.RequestedPoints > card.Available || card.Available < coin.Points)
            return Reasons.LoyaltyCardPointsExceeded(code);
        if (card.RequestedPoints < coin.Points)
            return Reasons.TooFewPoints(coin.Points);
        if (order is null)
            return Reasons.MissingOrder("LOYALTY_CARD");
        return order.AmountKnown ? null : Reasons.MissingAmount("LOYALTY_CARD");
    }
}
