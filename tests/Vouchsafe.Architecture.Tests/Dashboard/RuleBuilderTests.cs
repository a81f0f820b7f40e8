using System.Text.Json.Nodes;
using Vouchsafe.Dashboard.Pages.Rules;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Architecture.Tests.Dashboard;

/// <summary>The rule builder's tree beside the rule language: it offers all of it, and loses nothing of what it reads.</summary>
public sealed class RuleBuilderTests
{
    [Fact]
    public void EveryConditionAndOperatorOfTheEngine_HasWords()
    {
        var offered = RuleLanguage.Conditions.Select(c => c.Name).ToHashSet();
        var operators = RuleLanguage.Operators.Concat(RuleLanguage.ItemOperators).ToHashSet();

        Assert.Equal(offered.Order(), RuleWords.Conditions.Keys.Order());
        Assert.Equal(operators.Order(), RuleWords.Operators.Keys.Order());
    }

    [Theory]
    [InlineData("""{"1":{"name":"order.amount","conditions":{"$more_than_or_equal":[10000]}},"logic":"1"}""")]
    [InlineData("""{"1":{"name":"order.amount","conditions":{"$more_than":[1]}},"2":{"name":"order.items.count","conditions":{"$is":[2]}},"3":{"name":"customer.segment","conditions":{"$is":["seg_1"]}},"logic":"1 and (2 or 3)"}""")]
    [InlineData("""{"7":{"name":"order.metadata","property":"channel","conditions":{"$is_not":["a","b"]},"error":{"message":"No.","code":5},"note":"kept"},"logic":"7"}""")]
    [InlineData("""{"1":{"name":"order.items.any","conditions":{"$is":[{"id":"prod_1","object":"product","source_id":"x","more":true}]},"rules":{"1":{"name":"order.items.aggregated_quantity","conditions":{"$more_than_or_equal":[2]}},"logic":"1"}},"logic":"1"}""")]
    [InlineData("""{"1":{"name":"order.amount","conditions":{"$more_than":[1]}},"2":{"name":"order.items.count","conditions":{"$is":[2]}},"logic":"1"}""")]
    public void WhatIsReadAndWrittenAgain_IsTheSame(string json)
    {
        var rules = JsonNode.Parse(json)!.AsObject();

        var tree = RuleDraftReader.Read(rules, out var cause);

        Assert.True(tree is not null, cause);
        Assert.True(JsonNode.DeepEquals(rules, RuleDraftWriter.Write(tree)), RuleDraftWriter.Write(tree).ToJsonString());
    }

    [Theory]
    [InlineData("""{"1":{"name":"order.amount"},"2":{"name":"order.items.count"},"logic":"1 and 2 or 1"}""")]
    [InlineData("""{"1":{"name":"order.amount"},"logic":"1 and 2"}""")]
    [InlineData("""{"1":["order.amount"]}""")]
    public void WhatATreeCannotShow_IsLeftToTheJsonWithACause(string json)
    {
        Assert.Null(RuleDraftReader.Read(JsonNode.Parse(json)!.AsObject(), out var cause));
        Assert.NotNull(cause);
    }

    [Fact]
    public void ANewCondition_TakesANumberThatNoOtherHas()
    {
        var tree = RuleDraftReader.Read(JsonNode.Parse("""{"4":{"name":"order.amount","conditions":{"$more_than":[1]}},"logic":"4"}""")!.AsObject(), out _)!;
        tree.Parts.Add(new RuleGroupDraft { IsAny = true, Parts = { ConditionDraft.New(), ConditionDraft.New() } });

        Assert.Equal("4 and (5 or 6)", (string?)RuleDraftWriter.Write(tree)["logic"]);
    }

    [Fact]
    public void TheJsonOfADocument_ComesBackAsItWas()
    {
        const string Json = """{"rules":{"1":{"name":"order.amount","conditions":{"$more_than":[1]}},"logic":"1"},"bundle_rules":{"limit":2,"1":{"name":"order.items.any"}},"applicable_to":{"included":[],"excluded":[],"included_all":true},"error":{"message":"No."}}""";
        var document = RuleDocument.Of(null);

        Assert.Null(document.TakeJson(Json));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Json), JsonNode.Parse(document.ToJson())), document.ToJson());
        Assert.NotNull(document.TakeJson("""{"rulez":{}}"""));
    }
}
