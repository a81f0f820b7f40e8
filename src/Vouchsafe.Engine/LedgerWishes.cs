using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Engine;

/// <summary>Turns an applicable result into what the ledger must count.</summary>
internal static class LedgerWishes
{
    public static IEnumerable<CounterWish> For(RedeemableResult result)
    {
        var redeemable = result.Redeemable;
        var id = redeemable.ResourceId ?? redeemable.Id;
        yield return new CounterWish(id, CounterKind.Uses, 1, redeemable.Usage.Quantity);
        if (result.Credits is > 0 and var credits)
            yield return new CounterWish(id, CounterKind.Credits, -credits, null);
        foreach (var counter in result.Counters.GroupBy(read => read.Key))
            yield return new CounterWish(id, CounterKind.Rule, counter.First().Delta, counter.Min(read => read.Limit)) { Key = counter.Key };
    }
}
