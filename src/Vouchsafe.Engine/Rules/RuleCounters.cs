using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Engine.Rules.Conditions;

namespace Vouchsafe.Engine.Rules;

/// <summary>Which counters an evaluation will read.</summary>
public static class RuleCounters
{
    /// <summary>
    /// The keys of all counters that the rules of these redeemables read, for <see cref="EvaluationContext.Counters"/>. The same keys
    /// come back in the wishes.
    /// </summary>
    public static IReadOnlyCollection<string> Needed(IReadOnlyCollection<Redeemable> redeemables, EvaluationContext context, DateTimeOffset now) =>
        redeemables.All(redeemable => redeemable.Rules.Count == 0) ? [] : [.. redeemables
            .SelectMany(redeemable => redeemable.Rules.SelectMany(rule => rule.Nodes()).Select(node => (redeemable, node)))
            .Select(pair => (pair.node.Condition as CounterCondition)?.Key(new RuleFacts(pair.redeemable, null, context, now)))
            .OfType<string>().Distinct()];

    /// <summary>
    /// What a redemption of the past would have added to the counters of a rule, had the redeemable had it then: by key, the same
    /// keys as <see cref="Needed"/>. A rule that is given to something in use counts the uses before it too.
    /// </summary>
    public static IReadOnlyDictionary<string, long> Of(ValidationRule rule, PastUse use, TimeZoneInfo timeZone, DayOfWeek firstDayOfWeek)
    {
        var redeemable = new Redeemable { Kind = RedeemableKind.Voucher, Id = use.RedeemableId, ResourceId = use.RedeemableId, CampaignId = use.CampaignId };
        var context = new EvaluationContext
        {
            TimeZone = timeZone, FirstDayOfWeek = firstDayOfWeek, ApiKeyId = use.ApiKeyId, UserId = use.UserId, Customer = use.CustomerId is { } id ? new Customers.CustomerSnapshot { Id = id } : null,
        };
        var facts = new RuleFacts(redeemable, null, context, use.At);
        var added = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var condition in rule.Nodes().Select(node => node.Condition).OfType<CounterCondition>())
            if (condition.Key(facts) is { } key)
                added[key] = condition.Past(use);
        return added;
    }

    /// <summary>Whether a rule counts anything.</summary>
    public static bool HasAny(ValidationRule rule) => rule.Nodes().Any(node => node.Condition is CounterCondition);
}

/// <summary>A redemption that was made and not rolled back.</summary>
/// <param name="RedeemableId">Resource id of the voucher or tier.</param>
/// <param name="CampaignId">Its campaign.</param>
/// <param name="CustomerId">Who made it; null: nobody was named.</param>
/// <param name="ApiKeyId">The key that was used; null: a user made it.</param>
/// <param name="At">When.</param>
public sealed record PastUse(string RedeemableId, string? CampaignId, string? CustomerId, string? ApiKeyId, DateTimeOffset At)
{
    /// <summary>The user who made it; null: a key was used.</summary>
    public string? UserId { get; init; }

    /// <summary>The order before any discount, minor units.</summary>
    public long OrderAmount { get; init; }

    /// <summary>What it took off, minor units.</summary>
    public long Discount { get; init; }

    /// <summary>Credits it spent, minor units.</summary>
    public long Credits { get; init; }
}
