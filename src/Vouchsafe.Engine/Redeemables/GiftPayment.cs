using Vouchsafe.Engine.Discounts.Calculators;
using Vouchsafe.Engine.Orders;

namespace Vouchsafe.Engine.Redeemables;

/// <summary>Pays for an order with the credits of a gift card.</summary>
internal static class GiftPayment
{
    private const string What = "GIFT_VOUCHER";

    /// <summary>Why the card cannot pay; null when it can.</summary>
    public static Reason? Check(GiftBenefit gift, string code, OrderState? order)
    {
        if (gift.Available == 0 || gift.RequestedCredits > gift.Available)
            return Reasons.GiftAmountExceeded(code);
        if (order is null)
            return Reasons.MissingOrder(What);
        return order.AmountKnown ? null : Reasons.MissingAmount(What);
    }

    /// <summary>Spends what was asked, or what the card has, but never more than is due. Returns the credits spent.</summary>
    public static long Pay(GiftBenefit gift, OrderState order) =>
        order.DiscountOrder(Math.Min(gift.RequestedCredits ?? gift.Available, gift.Available));

    /// <summary>Spends the same on the covered lines only, one after another until the credits are gone. Returns the credits spent.</summary>
    public static long PayItems(GiftBenefit gift, DiscountScope scope)
    {
        var purse = Math.Min(gift.RequestedCredits ?? gift.Available, gift.Available);
        var left = purse;
        var budget = new ItemBudget(scope, null);
        foreach (var line in scope.Coverage.Lines)
            left -= budget.TakeOff(line, Math.Min(left, line.Base(fromInitial: false)));
        return purse - left;
    }
}
