using Vouchsafe.Engine.Customers;
using Vouchsafe.Engine.Formulas;

namespace Vouchsafe.Engine.Tests.Formulas;

/// <summary>Every operator, function and operand of the formula language, at its borders.</summary>
public class FormulaTableTests
{
    private const string Metadata = """{"n":5,"ten":10,"text":"abcdef","yes":true,"no":false,"born":"1990-03-11T12:00:00Z","list":[1]}""";

    private static readonly EvaluationContext Context = new()
    {
        Customer = new CustomerSnapshot { Metadata = Given.Json(Metadata), Birthdate = new DateOnly(1990, 3, 11) },
        RedemptionMetadata = Given.Json("""{"r":2}"""),
    };

    private static readonly Redeemable Code = Given.Code("C", new AmountOff(99999)) with
    {
        Metadata = Given.Json("""{"m":3}"""), PublicationMetadata = Given.Json("""{"p":4}"""), PublishCount = 6, Usage = new Usage(9, 2, 0),
        Availability = new Availability { StartDate = Given.Now.AddDays(-10), ExpirationDate = Given.Now.AddDays(20) },
    };

    // Cheapest: of two lines at 6.00 the one with less left. Most expensive: "b". "n" has no price and is neither.
    private static readonly OrderSnapshot Order = Given.Cart(
        Given.Item("a", 600, 2), Given.Item("b", 1000) with { Metadata = Given.Json("""{"s":8}"""), Product = Given.Json("""{"metadata":{"w":7}}""") },
        Given.Item("c", 600), new OrderItem { ProductId = "n" }) with { Metadata = Given.Json(Metadata) };

    private static decimal? Value(string text, OrderSnapshot? order = null)
    {
        Assert.True(Formula.TryParse(text, out var formula, out var problem), problem);
        var discount = new AmountOff(99999) { Formula = formula, Effect = DiscountEffect.ApplyToOrder };
        var result = Given.Evaluate((order ?? Order) with { Amount = 100_000_000 }, Context, Code with { Benefit = new DiscountBenefit(discount) }).Results[0].Discount!;
        return result.IsDynamic ? ((AmountOff)result).Amount / 100m : null;
    }

    [Theory]
    [InlineData("ORDER_AMOUNT", 1000000)]
    [InlineData("ORDER_ITEMS_QUANTITY", 4)]
    [InlineData("ORDER_UNITS_QUANTITY", 5)]
    [InlineData("ORDER_BUNDLE_QUANTITY", 1)]
    [InlineData("VOUCHER_REDEMPTION_QUANTITY", 9)]
    [InlineData("VOUCHER_REDEEMED_QUANTITY", 2)]
    [InlineData("VOUCHER_PUBLISH_COUNT", 6)]
    [InlineData("DAYS_SINCE(VOUCHER_START_DATE)", 10)]
    [InlineData("DAYS_UNTIL(VOUCHER_EXPIRATION_DATE)", 20)]
    [InlineData("DAYS_SINCE(PROMOTION_TIER_START_DATE)", 10)]
    [InlineData("DAYS_UNTIL(PROMOTION_TIER_EXPIRATION_DATE)", 20)]
    [InlineData("YEARS_SINCE(CUSTOMER_BIRTHDATE)", 36)] // the birthday is today
    [InlineData("CHEAPEST_ORDER_ITEM_PRICE", 6)]
    [InlineData("CHEAPEST_ORDER_ITEM_UNITS_QUANTITY", 1)]
    [InlineData("CHEAPEST_ORDER_ITEM_SUBTOTAL", 6)]
    [InlineData("MOST_EXPENSIVE_ORDER_ITEM_AMOUNT", 10)]
    [InlineData("MOST_EXPENSIVE_ORDER_ITEM_METADATA(\"s\")", 8)]
    [InlineData("MOST_EXPENSIVE_ORDER_ITEM_PRODUCT_METADATA(\"w\")", 7)]
    [InlineData("CUSTOMER_METADATA(\"n\") + ORDER_METADATA('ten')", 15)]
    [InlineData("REDEMPTION_METADATA(\"r\") * REDEEMABLE_METADATA(\"m\") * PUBLICATION_METADATA(\"p\")", 24)]
    public void Operand(string text, double expected) => Assert.Equal((decimal)expected, Value(text));

    [Theory]
    [InlineData("1 > 0", true)]
    [InlineData("1 > 1", false)]
    [InlineData("0 < 1", true)]
    [InlineData("1 < 1", false)]
    [InlineData("1 >= 1", true)]
    [InlineData("0 >= 1", false)]
    [InlineData("1 <= 1", true)]
    [InlineData("2 <= 1", false)]
    [InlineData("1 = 1", true)]
    [InlineData("1 = 2", false)]
    [InlineData("1 != 2", true)]
    [InlineData("1 != 1", false)]
    [InlineData("1 <> 2", true)]
    [InlineData("1 <> 1", false)]
    [InlineData("\"a\" < \"b\"", true)]
    [InlineData("\"a\" = \"A\"", false)]
    [InlineData("\"1\" = 1", false)]
    [InlineData("DATE(\"2026-01-01\") < DATE(\"2026-01-02\")", true)]
    [InlineData("1 is 1", true)]
    [InlineData("1 isNot 1", false)]
    [InlineData("IS_NOT(1;2)", true)]
    [InlineData("CUSTOMER_METADATA(\"text\") contains \"cde\"", true)]
    [InlineData("CONTAINS(CUSTOMER_METADATA(\"text\");\"x\")", false)]
    [InlineData("\"abc\" startsWith \"ab\"", true)]
    [InlineData("STARTS_WITH(\"abc\";\"b\")", false)]
    [InlineData("\"abc\" endsWith \"bc\"", true)]
    [InlineData("ENDS_WITH(\"abc\";\"b\")", false)]
    [InlineData("IN_ARRAY(3;1;2;3)", true)]
    [InlineData("IN_ARRAY(4;1;2;3)", false)]
    [InlineData("NOT_IN_ARRAY(4;1;2;3)", true)]
    [InlineData("NOT_IN_ARRAY(3;1;2;3)", false)]
    [InlineData("\"b\" IN_ARRAY \"a, b\"", true)]
    [InlineData("3 IN_ARRAY \"1, 3.0\"", true)]
    [InlineData("-3 IN_ARRAY \"1,3,-3\"", true)]
    [InlineData("3 IN_ARRAY \"1,33,x\"", false)]
    [InlineData("3 NOT_IN_ARRAY \"1,3\"", false)]
    [InlineData("\"B\" IN_ARRAY \"a,b\"", false)]
    [InlineData("IN_ARRAY(\"b\";\"a,b\";\"c\")", false)]
    [InlineData("DATE_IS(DATE_TIME(\"2026-01-01T23:00:00Z\");DATE(\"2026-01-01\"))", true)]
    [InlineData("DATE_IS(DATE(\"2026-01-02\");DATE(\"2026-01-01\"))", false)]
    [InlineData("DATE_IS_NOT(DATE(\"2026-01-02\");DATE(\"2026-01-01\"))", true)]
    [InlineData("DATE_IS_NOT(DATE(\"2026-01-01\");DATE(\"2026-01-01\"))", false)]
    [InlineData("IS_AFTER(DATE(\"2026-01-01\");DATE(\"2026-01-01\"))", false)]
    [InlineData("IS_BEFORE(DATE(\"2026-01-01\");DATE(\"2026-01-01\"))", false)]
    [InlineData("IS_BEFORE(DATE(\"2026-01-01\");DATE(\"2026-01-02\"))", true)]
    [InlineData("IS_AFTER(DATE(\"2026-01-01\");DATE(\"2026-01-02\"))", false)]
    [InlineData("CUSTOMER_METADATA(\"yes\") AND 1 = 1", true)]
    [InlineData("CUSTOMER_METADATA(\"no\") OR 1 = 2", false)]
    [InlineData("1 = 1 OR 1 = 1 AND 1 = 2", true)] // AND binds tighter
    [InlineData("CUSTOMER_METADATA(\"none\") > 1 OR 1 = 1", true)] // decided by one side
    [InlineData("1 = 1 OR CUSTOMER_METADATA(\"none\") > 1", true)]
    [InlineData("CUSTOMER_METADATA(\"none\") > 1 AND 1 = 2", false)]
    [InlineData("1 = 2 AND CUSTOMER_METADATA(\"none\") > 1", false)]
    public void Condition(string text, bool holds) => Assert.Equal(holds ? 1 : 2, Value($"IF({text};1;2)"));

    [Theory]
    [InlineData("CUSTOMER_METADATA(\"none\") = 1")]
    [InlineData("CUSTOMER_METADATA(\"none\") != 1")]
    [InlineData("1 = CUSTOMER_METADATA(\"none\")")]
    [InlineData("CUSTOMER_METADATA(\"none\") > 1 OR 1 = 2")]
    [InlineData("1 = 1 AND CUSTOMER_METADATA(\"none\") > 1")]
    [InlineData("1 AND 1 = 1")]
    [InlineData("0 OR 1 = 2")]
    [InlineData("\"a\" > 1")]
    [InlineData("CUSTOMER_METADATA(\"yes\") > CUSTOMER_METADATA(\"no\")")]
    [InlineData("1 contains 1")]
    [InlineData("IN_ARRAY(CUSTOMER_METADATA(\"none\");1)")]
    [InlineData("NOT_IN_ARRAY(1;CUSTOMER_METADATA(\"none\"))")]
    [InlineData("IS_AFTER(\"soon\";NOW)")]
    public void Condition_ThatCannotBeTold_MakesNoValue(string text) => Assert.Null(Value($"IF({text};1;2)"));

    [Theory]
    [InlineData("MIN(3;2;5)", 2)]
    [InlineData("MAX(3;2;5)", 5)]
    [InlineData("ROUND(2.5)", 3)]
    [InlineData("ROUND(2.45;1)", 2.5)]
    [InlineData("FLOOR(2.9)", 2)]
    [InlineData("CEIL(2.1)", 3)]
    [InlineData("ROUND(1234.5;-2)", 1200)]
    [InlineData("ROUND(4;10)", 4)]
    [InlineData("ROUND(4;0)", 4)]
    [InlineData("POW(10;4)", 10000)]
    [InlineData("7 % 4", 3)]
    [InlineData("2 X 3", 6)]
    [InlineData("2 * 3 - 8 / 4 + 1", 5)]
    [InlineData("--3", 3)]
    [InlineData("5 - -3", 8)]
    [InlineData("2*-3+7", 1)]
    [InlineData("1 / 0.00000001 / 100000000", 1)]
    [InlineData("DEFAULT_TO(CUSTOMER_METADATA(\"none\");CUSTOMER_METADATA(\"gone\");7)", 7)]
    [InlineData("SWITCH(1;SWITCH_CASE(2;20);SWITCH_CASE(1;10);5)", 10)]
    [InlineData("SWITCH(3;SWITCH_CASE(2;20) SWITCH_CASE(1;10);5)", 5)]
    [InlineData("YEAR(NOW) - MONTH(NOW) - DAY_OF_MONTH(NOW)", 2012)]
    [InlineData("MONTHS_SINCE(DATE(\"2025-03-11\"))", 12)]
    [InlineData("MONTHS_SINCE(DATE(\"2025-03-12\"))", 11)]
    [InlineData("MONTHS_UNTIL(DATE(\"2026-05-11\"))", 2)]
    [InlineData("MONTHS_UNTIL(DATE(\"2026-05-10\"))", 1)]
    [InlineData("DAYS_SINCE(CUSTOMER_METADATA(\"born\")) - DAYS_SINCE(CUSTOMER_BIRTHDATE)", 0)]
    [InlineData("10000000000000 - 9999999999999", 1)]
    [InlineData("1.5 + .5", 2)]
    [InlineData("IF(\"it's\" = \"it's\";1;2)", 1)]
    public void Number(string text, double expected) => Assert.Equal((decimal)expected, Value(text));

    [Theory]
    [InlineData("ROUND(\"a\")")]
    [InlineData("ROUND(4;\"a\")")]
    [InlineData("ROUND(4;11)")]
    [InlineData("MIN(1;\"a\")")]
    [InlineData("MAX(CUSTOMER_METADATA(\"none\");1)")]
    [InlineData("POW(-8;0.5)")]
    [InlineData("POW(10;13)")]
    [InlineData("1 / 0.000000001")]
    [InlineData("10000000000001")]
    [InlineData("IF(1;2;3)")]
    [InlineData("CUSTOMER_METADATA(\"list\")")]
    [InlineData("CUSTOMER_METADATA(\"yes\")")]
    [InlineData("SWITCH(CUSTOMER_METADATA(\"none\");SWITCH_CASE(1;2);3)")]
    [InlineData("DEFAULT_TO(CUSTOMER_METADATA(\"none\");CUSTOMER_METADATA(\"gone\"))")]
    [InlineData("DAYS_SINCE(1)")]
    [InlineData("ORDER_ITEM_PRICE")]
    public void Number_ThatCannotBeTold_IsNone(string text) => Assert.Null(Value(text));

    [Theory]
    [InlineData("1 @ 2", "unexpected '@' at position 3")]
    [InlineData("1 2", "unexpected input at position 3")]
    [InlineData("1 +", "a value is missing at position 4")]
    [InlineData("1 + \"open", "text at position 5 has no end")]
    [InlineData("1 + 1.2.3", "malformed number at position 5")]
    [InlineData("1 + 123456789012345678901", "malformed number at position 5")]
    [InlineData("2 * NAME", "unknown name 'NAME' at position 5")]
    [InlineData("POW(1)", "POW takes 2 to 2 arguments")]
    [InlineData("IN_ARRAY(1)", "IN_ARRAY takes 2 to 50 arguments")]
    [InlineData("(1", "')' is missing at position 3")]
    [InlineData("ORDER_METADATA(1)", "a metadata name in quotes is missing at position 16")]
    [InlineData("SWITCH(1;SWITCH_CASE(1);2)", "SWITCH_CASE takes 2 arguments")]
    public void Text_Malformed_SaysWhere(string text, string problem)
    {
        Assert.False(Formula.TryParse(text, out _, out var said));
        Assert.Equal(problem, said);
    }

    [Fact]
    public void Text_AtTheLongestAndDeepest_IsRead()
    {
        Assert.True(Formula.TryParse("1" + new string(' ', Formula.LongestText - 1), out _, out _));
        Assert.False(Formula.TryParse("1" + new string(' ', Formula.LongestText), out _, out var long1));
        Assert.Equal("must be at most 4000 characters long", long1);
        Assert.True(Formula.TryParse(new string('(', 40) + "1" + new string(')', 40), out _, out _));
        Assert.False(Formula.TryParse(new string('(', 41) + "1" + new string(')', 41), out _, out var deep));
        Assert.Equal("nested too deeply", deep);
        // Brackets side by side are not deep.
        Assert.True(Formula.TryParse(string.Join('+', Enumerable.Repeat("(1)", 200)), out _, out _));
    }

    [Theory]
    [InlineData("+", 50_100)]
    [InlineData("-", 0)]
    [InlineData("*", 100)]
    [InlineData(" AND ", 1)] // no number: the static value
    public void TheLongestChain_IsComputedOnASmallStack_AndALongerOneIsRefused(string sign, long minor)
    {
        var longest = "1" + string.Concat(Enumerable.Repeat(sign + "1", 500));
        Assert.True(Formula.TryParse(longest, out var formula, out _));
        var value = -1L;
        var thread = new Thread(() => value = ((AmountOff)Given.Evaluate(Given.Order(1_000_000), Given.Code("C", new AmountOff(1) { Formula = formula })).Results[0].Discount!).Amount, 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Equal(minor, value);
        Assert.False(Formula.TryParse(longest + sign + "1", out _, out var problem));
        Assert.Equal("must have at most 500 operators", problem);
    }

    [Fact]
    public void Formulas_AreEqualWhenTheirTextsAre()
    {
        var (one, same, other) = (Formula.Read("1 + 1")!, Formula.Read("1 + 1")!, Formula.Read("2")!);
        Assert.True(one.Equals(same) && one.Equals((object)same) && one.GetHashCode() == same.GetHashCode());
        Assert.False(one.Equals(other) || one.Equals(null) || one.Equals((object?)null));
        Assert.Null(Formula.Read("1 +"));
        Assert.Null(Formula.Read(null));
    }

    /// <summary>Whatever is written and whatever it reads: a value in range, or the static one. Nothing throws.</summary>
    [Fact]
    public void AnyFormulaOnAnything_StaysInRange()
    {
        string[] values = ["0", "1", "2.5", "9999999999999", "0.00000001", "ORDER_AMOUNT", "CUSTOMER_METADATA(\"x\")", "ORDER_METADATA(\"x\")", "NOW", "CUSTOMER_BIRTHDATE", "\"a\"", "CHEAPEST_ORDER_ITEM_PRICE"];
        string[] shapes = ["({0} + {1})", "({0} - {1})", "({0} * {1})", "({0} / {1})", "({0} % {1})", "POW({0};{1})", "ROUND({0};{1})", "FLOOR({0};{1})", "CEIL({0};{1})", "MIN({0};{1})", "IF({0} > {1};{1};{0})", "DAYS_SINCE({0})", "YEARS_SINCE({1})", "-{0}"];
        string[] data = ["null", "1e28", "-1e28", "79228162514264337593543950335", "1e-28", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00:00Z\"", "\"1\"", "true", "[1]"];
        var leaf = Gen.Int[0, values.Length - 1].Select(i => values[i]);
        Gen<string> Deeper(Gen<string> part) => Gen.Select(Gen.Int[0, shapes.Length - 1], part, part).Select((i, a, b) => string.Format(System.Globalization.CultureInfo.InvariantCulture, shapes[i], a, b));
        Gen.Select(Deeper(Deeper(Gen.OneOf(leaf, Deeper(leaf)))), Gen.Int[0, data.Length - 1], Gen.Long[0, 100_000], Gen.Int[0, 2]).Sample((text, i, amount, type) =>
        {
            Assert.True(Formula.TryParse(text, out var formula, out var problem), problem);
            var metadata = Given.Json($$"""{"x":{{data[i]}}}""");
            var context = Context with { Customer = Context.Customer! with { Metadata = metadata } };
            Discount discount = type switch { 0 => new AmountOff(1) { Formula = formula }, 1 => new PercentOff(1) { Formula = formula }, _ => new FixedAmount(1) { Formula = formula } };
            var evaluation = Given.Evaluate(Given.Order(amount) with { Metadata = metadata }, context, Given.Code("C", discount));
            return evaluation.Order!.TotalAmount >= 0 && evaluation.Order.TotalAmount <= amount && evaluation.Results[0].Discount switch
            {
                AmountOff off => off.Amount is >= 0 and <= Engine.Money.Minor.Max,
                PercentOff off => off.Percent is >= 0 and <= 100 && decimal.Round(off.Percent, 2) == off.Percent,
                FixedAmount price => price.Amount is >= 0 and <= Engine.Money.Minor.Max,
                _ => false,
            };
        }, iter: Tries.Of(5_000));
    }
}
