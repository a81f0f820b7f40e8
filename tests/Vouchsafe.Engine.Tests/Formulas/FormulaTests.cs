using Vouchsafe.Engine.Customers;
using Vouchsafe.Engine.Formulas;

namespace Vouchsafe.Engine.Tests.Formulas;

public class FormulaTests
{
    private const string Metadata = """{"visits":11,"day":5,"city":"New York","value":75.55,"tiny":74.44,"vip":true,"tag":"store_1_sms"}""";

    private static readonly EvaluationContext Context = new()
    {
        Customer = new CustomerSnapshot { Metadata = Given.Json(Metadata), Birthdate = new DateOnly(1990, 3, 12) },
        RedemptionMetadata = Given.Json("""{"rate":8}"""),
    };

    private static Gen<string> Texts(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static Formula Parse(string text)
    {
        Assert.True(Formula.TryParse(text, out var formula, out var problem), problem);
        return formula!;
    }

    // 999.99 is the static value: it shows that a formula could not be computed.
    private static decimal Value(string text)
    {
        var order = Given.Cart(Given.Item("a", 600, 2), Given.Item("b", 1000)) with { Metadata = Given.Json(Metadata) };
        var result = Given.Evaluate(order, Context, Given.Code("C", new AmountOff(99999) { Formula = Parse(text), Effect = DiscountEffect.ApplyToOrder }));
        return ((AmountOff)result.Results[0].Discount!).Amount / 100m;
    }

    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) x 3", 9)]
    [InlineData("10 ÷ 4", 2.5)]
    [InlineData("10 % 4", 2)]
    [InlineData("8 - 2 - 1", 5)]
    [InlineData("-2 + 5", 3)]
    [InlineData("MIN(3;2;5) + MAX(1;4)", 6)]
    [InlineData("POW(3;2)", 9)]
    [InlineData("ORDER_AMOUNT", 22)]
    [InlineData("ORDER_ITEMS_QUANTITY + ORDER_UNITS_QUANTITY", 5)]
    [InlineData("CHEAPEST_ORDER_ITEM_PRICE + MOST_EXPENSIVE_ORDER_ITEM_AMOUNT", 16)]
    [InlineData("IF(ORDER_AMOUNT > 20;15;5)", 15)]
    [InlineData("IF(ORDER_AMOUNT > 22;15;5)", 5)]
    [InlineData("IF(CUSTOMER_METADATA(\"visits\") > 10 AND ORDER_METADATA(\"day\") = 5;20;3)", 20)]
    [InlineData("IF(CUSTOMER_METADATA(\"visits\") > 11 OR ORDER_METADATA(\"day\") = 4;20;3)", 3)]
    [InlineData("SWITCH(ORDER_METADATA(\"city\");SWITCH_CASE(\"Boston\";10) SWITCH_CASE(\"New York\";15);5)", 15)]
    [InlineData("SWITCH(\"Lyon\";SWITCH_CASE(\"Boston\";10);5)", 5)]
    [InlineData("ROUND(CUSTOMER_METADATA(\"value\");1)", 75.6)]
    [InlineData("ROUND(CUSTOMER_METADATA(\"value\");0)", 76)]
    [InlineData("ROUND(CUSTOMER_METADATA(\"value\");-1)", 80)]
    [InlineData("FLOOR(CUSTOMER_METADATA(\"value\");1)", 75.5)]
    [InlineData("FLOOR(CUSTOMER_METADATA(\"value\");-1)", 70)]
    [InlineData("CEIL(CUSTOMER_METADATA(\"tiny\");1)", 74.5)]
    [InlineData("CEIL(CUSTOMER_METADATA(\"tiny\");-1)", 80)]
    [InlineData("DEFAULT_TO(REDEMPTION_METADATA(\"none\") / 2;5)", 5)]
    [InlineData("DEFAULT_TO(REDEMPTION_METADATA(\"rate\") / 2;5)", 4)]
    [InlineData("IF(CUSTOMER_METADATA(\"tag\") startsWith \"store_\" AND CUSTOMER_METADATA(\"tag\") endsWith \"_sms\";1;2)", 1)]
    [InlineData("IF(CUSTOMER_METADATA(\"city\") IN_ARRAY \"Boston,New York\";1;2)", 1)]
    [InlineData("IF(NOT_IN_ARRAY(CUSTOMER_METADATA(\"city\");\"Boston\";\"Lyon\");1;2)", 1)]
    [InlineData("IF(CUSTOMER_METADATA(\"city\") isNot \"Boston\";1;2)", 1)]
    [InlineData("MONTH(TODAY) + DAY_OF_MONTH(CUSTOMER_BIRTHDATE)", 15)]
    [InlineData("YEARS_SINCE(CUSTOMER_BIRTHDATE)", 35)] // the birthday is tomorrow
    [InlineData("DAYS_UNTIL(DATE(\"2026-03-14\"))", 3)]
    [InlineData("IF(IS_AFTER(NOW;DATE_TIME(\"2026-03-11T11:59:00Z\"));1;2)", 1)]
    public void Value_IsWhatTheFormulaSays(string text, double expected) => Assert.Equal((decimal)expected, Value(text));

    [Theory]
    [InlineData("CUSTOMER_METADATA(\"none\")")]
    [InlineData("1 + CUSTOMER_METADATA(\"city\")")]
    [InlineData("1 / 0")]
    [InlineData("5 % 0")]
    [InlineData("POW(10;400)")]
    [InlineData("9999999999999 * 9999999999999")]
    [InlineData("IF(CUSTOMER_METADATA(\"none\") > 1;2;3)")]
    [InlineData("IF(5;2;3)")]
    [InlineData("ORDER_ITEM_METADATA(\"size\")")]
    [InlineData("\"text\"")]
    public void Value_ThatCannotBeComputed_FallsBackToTheStaticOne(string text) => Assert.Equal(999.99m, Value(text));

    [Theory]
    [InlineData("")]
    [InlineData("1 +")]
    [InlineData("(1")]
    [InlineData("1)")]
    [InlineData("UNKNOWN(1)")]
    [InlineData("MIN(1,2)")]
    [InlineData("IF(1 > 2;3)")]
    [InlineData("CUSTOMER_METADATA(age)")]
    [InlineData("\"open")]
    [InlineData("1.2.3")]
    [InlineData("SWITCH(1;SWITCH_CASE(1);2)")]
    public void Text_Malformed_IsRefusedWithAProblem(string text)
    {
        Assert.False(Formula.TryParse(text, out var formula, out var problem));
        Assert.Null(formula);
        Assert.NotNull(problem);
        var definition = new DiscountDefinition { Type = "AMOUNT", AmountOff = 1, AmountOffFormula = text };
        Assert.Equal("discount.amount_off_formula", Assert.Single(definition.Check()).Field);
    }

    [Fact]
    public void Text_TooDeepOrTooLong_IsRefused()
    {
        Assert.False(Formula.TryParse(new string('(', 1000) + "1" + new string(')', 1000), out _, out _));
        Assert.False(Formula.TryParse("1" + new string(' ', Formula.LongestText), out _, out _));
        Assert.False(Formula.TryParse(string.Concat(Enumerable.Repeat("-", 500)) + "1", out _, out _));
    }

    [Fact]
    public void Text_WhateverItIs_NeverThrows() =>
        Texts("1", "2.5", "+", "-", "*", "/", "(", ")", ";", "IF", "MIN", "SWITCH", "SWITCH_CASE", "AND", "OR", ">", "=", "\"a\"", "\"",
                "ORDER_AMOUNT", "ORDER_METADATA", "x", "TODAY", "POW", "%", " ", "é")
            .Array[0, 14].Select(parts => string.Join(" ", parts)).Sample(text =>
            {
                if (Formula.TryParse(text, out var formula, out var problem))
                    Given.Evaluate(Given.Order(1000), Context, Given.Code("C", new AmountOff(1) { Formula = formula }));
                return formula is null == problem is not null;
            });

    [Fact]
    public void ItemFormula_IsComputedForEachLine()
    {
        var discount = new AmountOff(100) { Formula = Parse("ORDER_ITEM_PRICE * 0.01 + 1"), Effect = DiscountEffect.ApplyToItems };
        var evaluation = Given.Evaluate(Given.Cart(Given.Item("a", 600), Given.Item("b", 1000)), Given.Code("C", discount));
        Assert.Equal([106L, 110L], evaluation.Order!.Items.Select(item => item.DiscountAmount));
        Assert.True(evaluation.Results[0].Discount!.IsDynamic);
    }

    [Fact]
    public void PriceFormulas_OfTargets_GiveNewUnitPrices()
    {
        var fall = Parse("IF(ORDER_AMOUNT > 300;ORDER_ITEM_PRICE * 0.8;ORDER_ITEM_PRICE)");
        var free = Parse("IF(ORDER_AMOUNT > 400;0;20)");
        var rule = Given.Only(
            Given.Product("a") with { Price = 99900, PriceFormula = fall },
            Given.Product("c") with { Price = 2000, PriceFormula = free },
            Given.Product("e") with { Price = 99900, PriceFormula = fall });
        var cart = Given.Cart(Given.Item("a", 6500), Given.Item("c", 2000), Given.Item("e", 11000, 2), Given.Item("z", 12000));
        var evaluation = Given.Evaluate(cart, Given.Code("C", new FixedAmount(99900) { Effect = DiscountEffect.ApplyToItems }).With(rule));
        Assert.Equal([1300L, 2000L, 4400L, 0L], evaluation.Order!.Items.Select(item => item.DiscountAmount));
    }

    [Theory]
    [InlineData(7, 2)]
    [InlineData(2, 1)]
    public void UnitFormula_GivesTheNumberOfFreeUnits(long inCart, long free)
    {
        var units = new FreeUnits(1, "cup", DiscountEffect.AddNewItems)
        {
            Formula = Parse("IF(ORDER_UNITS_QUANTITY > 5;FLOOR(ORDER_UNITS_QUANTITY / 3;0);1)"), Item = new OrderItem { ProductId = "cup", StoredPrice = 500 },
        };
        var order = Given.Evaluate(Given.Cart(Given.Item("tea", 1000, inCart)), Given.Code("C", new UnitOff([units]))).Order!;
        Assert.Equal((free, free * 500), (order.Items[1].DiscountQuantity, order.TotalDiscountAmount));
    }

    [Fact]
    public void PercentFormula_IsClampedToWhatAPercentageCanBe() =>
        Assert.Equal(0, Given.Evaluate(Given.Order(1000), Given.Code("C", new PercentOff(5) { Formula = Parse("50 * 3") })).Order!.TotalAmount);
}
