using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine.Tests.Rules;

public class RuleWritingTests
{
    private static Gen<string> Texts(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    [Theory]
    [InlineData("""{"rules":{"1":{"name":"order.colour","conditions":{"$is":[1]}}}}""", "rules.1.name")]
    [InlineData("""{"rules":{"1":{"conditions":{"$is":[1]}}}}""", "rules.1.name")]
    [InlineData("""{"rules":{"1":{"name":"order.amount","conditions":{"$about":[1]}}}}""", "rules.1.conditions.$about")]
    [InlineData("""{"rules":{"1":{"name":"order.amount","conditions":{}}}}""", "rules.1.conditions")]
    [InlineData("""{"rules":{"1":{"name":"order.amount","conditions":{"$more_than":["much"]}}}}""", "rules.1.conditions.$more_than")]
    [InlineData("""{"rules":{"1":{"name":"order.amount","conditions":{"$more_than":[1,2]}}}}""", "rules.1.conditions.$more_than")]
    [InlineData("""{"rules":{"1":{"name":"custom_event.metadata","conditions":{"$is":[1]}}}}""", "rules.1.property")]
    [InlineData("""{"rules":{"1":{"name":"order.metadata","property":"d","conditions":{"$dow":[7]}}}}""", "rules.1.conditions.$dow")]
    [InlineData("""{"rules":{"1":{"name":"order.metadata","property":"d","conditions":{"$timeframe_daily_hours":["8;9"]}}}}""", "rules.1.conditions.$timeframe_daily_hours")]
    [InlineData("""{"rules":{"one":{"name":"order.amount","conditions":{"$is":[1]}}}}""", "rules.one")]
    [InlineData("""{"rules":{"1":{"name":"order.amount","conditions":{"$is":[1]}},"logic":"1 and 2"}}""", "rules.logic")]
    [InlineData("""{"rules":{"1":{"name":"order.amount","conditions":{"$is":[1]}},"logic":"(1"}}""", "rules.logic")]
    [InlineData("""{"rules":{"1":{"name":"order.amount","conditions":{"$is":[1]}},"logic":"1 1"}}""", "rules.logic")]
    [InlineData("""{"rules":[]}""", "rules")]
    [InlineData("""{"rules":{"1":{"name":"order.items.any","conditions":{"$is":[7]}}}}""", "rules.1.conditions.$is")]
    [InlineData("""{"rules":{"1":{"name":"order.items.any","conditions":{"$more_than":["p"]}}}}""", "rules.1.conditions.$more_than")]
    [InlineData("""{"rules":{"1":{"name":"redemption.count.per_customer","conditions":{"$less_than":[1.5]}}}}""", "rules.1.conditions")]
    [InlineData("""{"applicable_to":{"included":[{"object":"shelf","id":"x"}]}}""", "applicable_to.included[0]")]
    [InlineData("""{"applicable_to":{"included":[{"object":"product","id":"x","effect":"APPLY"}]}}""", "applicable_to.included[0].effect")]
    [InlineData("""{"applicable_to":{"included":[{"object":"product","id":"x","quantity_limit":0}]}}""", "applicable_to.included[0].quantity_limit")]
    [InlineData("""{"applicable_to":{"included":[{"object":"product","id":"x","price_formula":"1 +"}]}}""", "applicable_to.included[0].price_formula")]
    [InlineData("""{"applicable_to":{"included":[],"included_all":"yes"}}""", "applicable_to.included_all")]
    [InlineData("""{"bundle_rules":{"1":{"name":"order.amount","conditions":{"$is":[{"id":"a","object":"product"}]}}}}""", "bundle_rules.1.name")]
    [InlineData("""{"bundle_rules":{"1":{"name":"order.items.any"},"limit":1}}""", "bundle_rules.1.conditions.$is")]
    [InlineData("""{"bundle_rules":{"limit":101}}""", "bundle_rules.limit")]
    [InlineData("""{"error":{"message":5}}""", "error.message")]
    public void Rule_WhatIsNotUnderstood_IsRefusedAndNamed(string definition, string field)
    {
        var (rule, errors) = ValidationRule.Parse("val_1", Given.Json(definition));
        Assert.Null(rule);
        Assert.Equal(field, Assert.Single(errors).Field);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"rules":{}}""")]
    [InlineData("""{"rules":{"logic":""},"bundle_rules":{},"applicable_to":null,"error":null}""")]
    public void Rule_WithoutConditions_AlwaysHolds(string definition) =>
        Assert.True(Given.Evaluate(Given.Order(1), Given.Code("C", new AmountOff(1)).With(Given.Rule(definition))).Valid);

    [Fact]
    public void Rule_NestedTooDeeply_IsRefused()
    {
        var json = """{"name":"order.items.any","conditions":{"$is":["a"]}}""";
        for (var i = 0; i < 8; i++)
            json = $$$"""{"name":"order.items.any","conditions":{"$is":["a"]},"rules":{"1":{{{json}}}}}""";
        Assert.NotEmpty(ValidationRule.Parse("v", Given.Json($$$"""{"rules":{"1":{{{json}}}}}""")).Errors);
    }

    [Fact]
    public void Rule_WhateverTheLogic_NeverThrows() =>
        Texts("1", "2", "3", "and", "or", "AND", "(", ")", "not", "1.1", "((((", "").Array[0, 12].Sample(parts =>
        {
            var text = string.Join(" ", parts);
            var (rule, errors) = ValidationRule.Parse("v", Given.Json($$$"""{"rules":{"1":{"name":"order.amount","conditions":{"$more_than":[1]}},"2":{"name":"order.amount","conditions":{"$less_than":[9]}},"logic":"{{{text}}}"}}"""));
            return rule is null == errors.Count > 0;
        });
}
