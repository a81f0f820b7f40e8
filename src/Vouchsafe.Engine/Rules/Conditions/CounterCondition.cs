using System.Globalization;
using Vouchsafe.Engine.Rules.Operators;

namespace Vouchsafe.Engine.Rules.Conditions;

/// <summary>Over which time a counter runs.</summary>
internal enum CounterPeriod
{
    Ever,
    Day,
    Week,
    Month,
}

/// <summary>
/// A budget or redemption count. The redemption being made counts: the value judged is the counter, what earlier redeemables of the
/// request add, and what this one adds. The verdict advises; the wish that comes of it lets the ledger enforce the same limit.
/// </summary>
internal sealed class CounterCondition(Func<RuleFacts, CounterOwner> owner, string measure, CounterPeriod period, Func<RuleFacts, long> delta)
    : Condition(RuleFamily.Redemption)
{
    public const string Redemptions = "redemptions";
    public const string Orders = "orders";
    public const string Discounted = "discounted";
    public const string Gift = "gift";

    /// <summary>What it counts.</summary>
    public string Measure => measure;

    public override string? Check(IReadOnlyList<Comparison> comparisons) =>
        base.Check(comparisons)
        ?? (comparisons.All(one => one.Operands.All(operand => operand.AsNumber() is { } number && number >= 0 && number == decimal.Truncate(number)))
            ? null
            : "needs whole numbers of 0 or more");

    public override ConditionOutcome Judge(RuleNode node, RuleFacts facts)
    {
        var whose = owner(facts);
        if (whose.Missing != MissingFact.None)
            return ConditionOutcome.Lacking(whose.Missing);
        var added = delta(facts);
        if (Key(facts) is not { } key)
            return ConditionOutcome.Of(RuleValue.Of((decimal)added), node.Comparisons, facts);

        var counted = facts.Context.Counters.GetValueOrDefault(key);
        var value = RuleValue.Of((decimal)counted + facts.Pending.GetValueOrDefault(key) + added);
        return ConditionOutcome.Of(value, node.Comparisons, facts) with { Counter = new CounterRead(key, added, Limit(node.Comparisons)) };
    }

    /// <summary>The counter's key; null when it belongs to nobody yet (a customer who is not stored), whose count is zero.</summary>
    public string? Key(RuleFacts facts) => owner(facts).Path is { } path ? $"{path}/{measure}{Suffix(facts)}" : null;

    /// <summary>What a redemption of the past adds.</summary>
    public long Past(PastUse use) => measure switch
    {
        Orders => use.OrderAmount,
        Discounted => use.Discount,
        Gift => use.Credits,
        _ => 1,
    };

    private string Suffix(RuleFacts facts)
    {
        var today = DateOnly.FromDateTime(facts.Clock.ToLocal(facts.Now));
        return period switch
        {
            CounterPeriod.Ever => "",
            CounterPeriod.Day => "/day/" + Iso(today),
            CounterPeriod.Week => "/week/" + Iso(today.AddDays(-(((int)today.DayOfWeek - (int)facts.Context.FirstDayOfWeek + 7) % 7))),
            CounterPeriod.Month => "/month/" + today.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        };
    }

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long? Limit(IReadOnlyList<Comparison> comparisons)
    {
        long? limit = null;
        foreach (var one in comparisons)
        {
            var bound = one.Name switch
            {
                "$less_than" => one.Operands[0].AsNumber() - 1,
                "$less_than_or_equal" => one.Operands[0].AsNumber(),
                "$is" or "$in" => one.Operands.Max(operand => operand.AsNumber()),
                _ => null,
            };
            if (bound is { } most)
                limit = (long)Math.Clamp(Math.Min(most, limit ?? most), -1, Money.Minor.Max);
        }

        return limit;
    }
}

/// <summary>Whose counter it is.</summary>
/// <param name="Path">The first part of the key; null when the owner is not stored yet.</param>
/// <param name="Missing">What the request lacks to know the owner.</param>
internal readonly record struct CounterOwner(string? Path, MissingFact Missing = MissingFact.None);
