using System.Text.Json.Serialization;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Api.Resources.Redeemables;

/// <summary>Why a redeemable holds or does not: every rule with every condition, what it wanted and what it found. For the private channel only.</summary>
internal sealed record ExplanationWire
{
    public string Object => "explanation";
    /// <summary>Key of the refusal; absent if the redeemable holds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Key { get; init; }
    /// <summary>The refusal in words, as they are without an author's message.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Message { get; init; }
    public required IReadOnlyList<RuleWire> Rules { get; init; }

    /// <summary>One validation rule.</summary>
    internal sealed record RuleWire(string Id, bool Holds, IReadOnlyList<ConditionWire> Conditions)
    {
        public string Object => "validation_rule";
    }

    /// <summary>One condition of it.</summary>
    internal sealed record ConditionWire
    {
        public required string Path { get; init; }
        public required string Name { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Property { get; init; }
        public required bool Holds { get; init; }
        public required bool Judged { get; init; }
        public required string Expected { get; init; }
        public required string Actual { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<ItemWire>? Items { get; init; }
    }

    /// <summary>What it found on one line of the order.</summary>
    internal sealed record ItemWire(
        int Index, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id, string Actual, bool Holds);

    /// <summary>The explanation of a verdict that was asked for its reasons; null for every other.</summary>
    internal static ExplanationWire? From(EvaluationRun run, RedeemableResult result) => !run.Context.Explain ? null : new ExplanationWire
    {
        Key = result.Reason?.Key,
        Message = result.Reason?.Message,
        Rules = [.. result.Explanations.Select(rule => new RuleWire(rule.RuleId, rule.Holds, [.. rule.Findings.Select(f => From(f, run.Order))]))],
    };

    private static ConditionWire From(RuleFinding finding, OrderSnapshot? order) => new()
    {
        Path = finding.Path,
        Name = finding.Name,
        Property = finding.Property,
        Holds = finding.Holds,
        Judged = finding.IsJudged,
        Expected = finding.Expected,
        Actual = finding.IsJudged ? finding.Actual : "",
        Items = finding.Lines.Count == 0 ? null : [.. finding.Lines.Select(l => new ItemWire(l.Index, IdOf(order, l.Index), l.Actual, l.Holds))],
    };

    private static string? IdOf(OrderSnapshot? order, int index) =>
        order is not null && index < order.Items.Count ? order.Items[index] is var item ? item.SkuId ?? item.ProductId ?? item.SourceId : null : null;
}
