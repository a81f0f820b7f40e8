using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Engine.Rules.Operators;

namespace Vouchsafe.Engine.Rules;

/// <summary>Lines that a product condition matched, for its sub-rules.</summary>
/// <param name="Lines">The matched lines.</param>
/// <param name="Every">True when each of them must satisfy a sub-rule, false when one is enough.</param>
internal sealed record MatchedLines(IReadOnlyList<OrderLine> Lines, bool Every);

/// <summary>
/// Everything a rule may read, at the redeemable's place in the stack, after its own discount was tried: amounts "before" come from the
/// lines' before-step values, the amount "after" from the running total.
/// </summary>
internal sealed record RuleFacts(Redeemable Redeemable, OrderState? Order, EvaluationContext Context, DateTimeOffset Now)
{
    /// <summary>Credits the redeemable spends.</summary>
    public long Credits { get; init; }

    /// <summary>What earlier redeemables of this request already add to counters.</summary>
    public IReadOnlyDictionary<string, long> Pending { get; init; } = new Dictionary<string, long>();

    /// <summary>Lines an outer condition matched; null outside of one.</summary>
    public MatchedLines? Scope { get; init; }

    /// <summary>How explanations call a line.</summary>
    public static string NameOf(OrderLine line) => line.Source.SkuId ?? line.Source.ProductId ?? line.Source.SourceId ?? "";

    /// <summary>What was found on some lines, by their numbers in the order.</summary>
    public IReadOnlyList<LineFinding> Explain(IEnumerable<OrderLine> lines, Func<OrderLine, string> actual, Func<OrderLine, bool> holds) =>
        [.. lines.Select(line => new LineFinding(IndexOf(line), actual(line), holds(line)))];

    private int IndexOf(OrderLine line)
    {
        for (var i = 0; i < Order!.Lines.Count; i++)
            if (ReferenceEquals(Order.Lines[i], line))
                return i;
        return -1;
    }

    public ProjectClock Clock => new(Now, Context.TimeZone);

    /// <summary>The lines a condition looks at: those of the outer condition, or all lines that were there before this redeemable.</summary>
    public IReadOnlyList<OrderLine> Lines => Scope?.Lines ?? (Order is null ? [] : [.. Order.Lines.Take(Order.LinesBefore)]);
}
