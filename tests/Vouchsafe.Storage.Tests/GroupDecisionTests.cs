using CsCheck;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Storage.Tests;

public class GroupDecisionTests
{
    private static LedgerIntent Move(string owner, long delta, long? limit = null) =>
        new() { Changes = [new(owner, CounterKind.Uses, delta, limit)] };

    private static GroupVerdict Decide(long value, long? ceiling, params LedgerIntent[] group) => GroupDecision.Decide(
        new Dictionary<CounterKey, CounterState> { [new("a", CounterKind.Uses)] = new(value, ceiling) }, new HashSet<string> { "cust_here" }, group);

    [Fact]
    public void Decide_OfACustomerWhoIsGone_IsStaleAndMovesNothing_AndOthersDo()
    {
        LedgerIntent Of(params string[] customers) => new() { Changes = [new("a", CounterKind.Uses, 1)], Customers = customers };

        var verdict = Decide(1, null, Of("cust_here"), Of("cust_gone"), Of("cust_here", "cust_gone"), Of());

        Assert.Equal([false, true, true, false], verdict.Outcomes.Select(o => o is LedgerOutcome.Stale));
        Assert.Equal(3, verdict.Changed[new("a", CounterKind.Uses)].Value);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void Decide_WithAnExpectedValue_HoldsOnlyWhileTheCounterHasIt(long expected, bool accepted)
    {
        var look = new LedgerIntent { Changes = [new("a", CounterKind.Uses, 0) { Expected = expected }, new("b", CounterKind.Uses, 1)] };
        var verdict = Decide(3, null, look);
        Assert.Equal(accepted, verdict.Outcomes[0] is LedgerOutcome.Accepted);
        Assert.Equal(accepted, verdict.Changed.ContainsKey(new("b", CounterKind.Uses)));
    }

    [Fact]
    public void Merge_OfOneCounter_AddsUpAndKeepsTheTighterLimitAndWhatIsExpected() => Assert.Equal(
        [new CounterChange("a", CounterKind.Uses, 3, 5) { Expected = 2 }, new CounterChange("b", CounterKind.Uses, 1)],
        CounterChange.Merge([new("a", CounterKind.Uses, 1, 9), new("b", CounterKind.Uses, 1), new("a", CounterKind.Uses, 2, 5) { Expected = 2 }]));

    [Fact]
    public void Decide_AtTheCeiling_RefusesTheNextAndLeavesTheValue()
    {
        var verdict = Decide(8, 10, Move("a", 1), Move("a", 1), Move("a", 1));

        Assert.Equal([9L], Assert.IsType<LedgerOutcome.Accepted>(verdict.Outcomes[0]).Values);
        Assert.Equal([10L], Assert.IsType<LedgerOutcome.Accepted>(verdict.Outcomes[1]).Values);
        Assert.Equal(10, Assert.IsType<LedgerOutcome.Refused>(verdict.Outcomes[2]).Value);
        Assert.Equal(new CounterState(10, 10), verdict.Changed[new("a", CounterKind.Uses)]);
    }

    [Fact]
    public void Decide_TheLowerOfCeilingAndLimitCounts()
    {
        Assert.IsType<LedgerOutcome.Refused>(Decide(3, 10, Move("a", 1, limit: 3)).Outcomes[0]);
        Assert.IsType<LedgerOutcome.Refused>(Decide(10, 10, Move("a", 1, limit: 99)).Outcomes[0]);
    }

    [Fact]
    public void Decide_BelowZero_IsRefused() =>
        Assert.Equal(5, Assert.IsType<LedgerOutcome.Refused>(Decide(5, null, Move("a", -6)).Outcomes[0]).Value);

    [Fact]
    public void Decide_AboveALoweredCeiling_StillGoesDown() =>
        Assert.IsType<LedgerOutcome.Accepted>(Decide(20, 10, Move("a", -1)).Outcomes[0]);

    [Fact]
    public void Decide_OneChangeRefused_AppliesNoneOfTheIntent()
    {
        var both = new LedgerIntent { Changes = [new("b", CounterKind.Uses, 5), new("a", CounterKind.Uses, 1)] };

        var verdict = Decide(10, 10, both, Move("b", 0));

        Assert.IsType<LedgerOutcome.Refused>(verdict.Outcomes[0]);
        Assert.Equal([0L], Assert.IsType<LedgerOutcome.Accepted>(verdict.Outcomes[1]).Values);
    }

    [Fact]
    public void Decide_ValuesNearTheEndsOfTheirType_AreRefusedNotWrapped()
    {
        Assert.IsType<LedgerOutcome.Refused>(Decide(long.MaxValue, null, Move("a", 1)).Outcomes[0]);
        Assert.IsType<LedgerOutcome.Refused>(Decide(0, null, Move("a", long.MinValue)).Outcomes[0]);
    }

    [Fact]
    public void Decide_NewCeiling_HoldsForTheChangeThatBringsIt()
    {
        var lower = new LedgerIntent { Changes = [new("a", CounterKind.Uses, 0) { NewCeiling = new Ceiling(4) }] };

        var verdict = Decide(5, 10, lower, Move("a", 1));

        Assert.IsType<LedgerOutcome.Accepted>(verdict.Outcomes[0]);
        Assert.IsType<LedgerOutcome.Refused>(verdict.Outcomes[1]);
    }

    [Fact]
    public void Keys_AreSortedAndDistinct()
    {
        var keys = GroupDecision.Keys([Move("b", 1), Move("a", 1), Move("b", 1)]);

        Assert.Equal([new("a", CounterKind.Uses), new("b", CounterKind.Uses)], keys);
    }

    /// <summary>Any group gives what its intents give one by one.</summary>
    [Fact]
    public void Decide_AGroup_EqualsItsIntentsOneByOne()
    {
        var change = Gen.Select(Gen.Int[0, 2].Select(i => "abc"[i].ToString()), Gen.Long[-5, 5], Gen.Long[0, 8].Nullable(), (o, d, l) => new CounterChange(o, CounterKind.Uses, d, l));
        var intent = change.Array[1, 3].Select(c => new LedgerIntent { Changes = [.. c.DistinctBy(x => x.Owner)] });
        intent.Array[0, 12].Sample(group =>
        {
            var start = new Dictionary<CounterKey, CounterState>
            {
                [new("a", CounterKind.Uses)] = new(2, 6), [new("b", CounterKind.Uses)] = new(0, null), [new("c", CounterKind.Uses)] = new(3, 3),
            };
            var together = GroupDecision.Decide(start, new HashSet<string>(), group);
            var state = new Dictionary<CounterKey, CounterState>(start);
            for (var i = 0; i < group.Length; i++)
            {
                var alone = GroupDecision.Decide(state, new HashSet<string>(), [group[i]]);
                Assert.Equal(alone.Outcomes[0].GetType(), together.Outcomes[i].GetType());
                foreach (var (key, value) in alone.Changed) state[key] = value;
            }
            foreach (var (key, value) in together.Changed) Assert.Equal(value, state[key]);
            Assert.All(state.Values, s => Assert.True(s.Value >= 0));
        });
    }
}
