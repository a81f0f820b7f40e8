namespace Vouchsafe.Engine.Tests.Redeemables;

public class GiftCardTests
{
    [Theory]
    [InlineData(10000, 2500, 2500)]
    [InlineData(7500, 89000, 7500)]
    public void WithoutCredits_ACardPaysWhatItCan(long balance, long due, long paid)
    {
        var evaluation = Given.Evaluate(Given.Order(due), Given.Card("GC", balance));
        Assert.Equal(paid, evaluation.Results[0].Credits);
        Assert.Equal(due - paid, evaluation.Order!.TotalAmount);
        Assert.Contains(new CounterWish("v_GC", CounterKind.Credits, -paid, null), evaluation.Wishes);
    }

    [Fact]
    public void CreditsAskedFor_AreSpentAndNoMore()
    {
        var evaluation = Given.Evaluate(Given.Order(200000), Given.Card("GC", 32000, credits: 100));
        Assert.Equal(100, evaluation.Results[0].Credits);
        Assert.Equal(199900, evaluation.Order!.TotalAmount);
    }

    [Fact]
    public void CreditsAskedFor_AreNeverMoreThanIsDue() =>
        Assert.Equal(40, Given.Evaluate(Given.Order(40), Given.Card("GC", 32000, credits: 100)).Results[0].Credits);

    [Theory]
    [InlineData(100, 101L, 0)]
    [InlineData(0, null, 0)]
    [InlineData(100, null, 100)] // all of it held by locks
    [InlineData(100, 60L, 50)]
    public void MoreThanTheCardCanSpend_IsRefused(long balance, long? credits, long held)
    {
        var evaluation = Given.Evaluate(Given.Order(5000), Given.Card("GC", balance, credits, held));
        Assert.False(evaluation.Valid);
        Assert.Equal(new Reason(400, "gift_amount_exceeded", "gift amount exceeded", "GC"), evaluation.FirstReason);
        Assert.Empty(evaluation.Wishes);
    }

    [Fact]
    public void WithoutAnOrderOrAnAmount_ACardCannotPay()
    {
        Assert.Equal("missing_order", Given.Evaluate(null, Given.Card("GC", 100)).FirstReason?.Key);
        Assert.Equal("missing_amount", Given.Evaluate(new OrderSnapshot(), Given.Card("GC", 100)).FirstReason?.Key);
    }
}
