// What the promotion engine costs by itself: time and bytes allocated of one evaluation.
//   dotnet run -c Release --project bench/Vouchsafe.Bench.Engine -- --filter '*'
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using Vouchsafe.Bench.Engine;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Discounts;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Engine.Rules;
using Vouchsafe.Engine.Stacking;

BenchmarkSwitcher.FromAssembly(typeof(EvaluationBenchmark).Assembly).Run(args);

namespace Vouchsafe.Bench.Engine
{
    /// <summary>The largest request that the API takes, and the commonest.</summary>
    [MemoryDiagnoser]
    public class EvaluationBenchmark
    {
        private static readonly DateTimeOffset Now = new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero);

        private readonly OrderSnapshot _largeOrder = new()
        {
            Items = [.. Enumerable.Range(0, 50).Select(i => new OrderItem { ProductId = $"p{i}", Price = 100 + 37 * i, Quantity = 1 + i % 4 })],
        };
        private readonly OrderSnapshot _plainOrder = new() { Amount = 10_000 };
        private readonly Redeemable[] _stack = [.. Enumerable.Range(0, 30).Select(Member)];
        private readonly Redeemable[] _one = [Code("ONE", new PercentOff(10))];
        private readonly EvaluationContext _wide = new()
        {
            StackingRules = StackingRules.Default with { RedeemablesLimit = 30, ApplicableRedeemablesLimit = 30 },
        };
        private readonly EvaluationContext _plain = new();

        /// <summary>30 redeemables with rules, on orders and on items, on an order of 50 lines.</summary>
        [Benchmark]
        public Evaluation ThirtyRedeemablesOnFiftyItems() => PromotionEngine.Evaluate(_largeOrder, _stack, _wide, Now);

        /// <summary>One code on an order of one amount.</summary>
        [Benchmark]
        public Evaluation OneCode() => PromotionEngine.Evaluate(_plainOrder, _one, _plain, Now);

        /// <summary>Fails if the stack does not hold: a refusal would be measured instead.</summary>
        [GlobalSetup]
        public void Check()
        {
            var evaluation = ThirtyRedeemablesOnFiftyItems();
            if (!evaluation.Valid || evaluation.Results.Count(r => r.Status == RedeemableStatus.Applicable) != _stack.Length)
                throw new InvalidOperationException($"Refused: {evaluation.FirstReason}");
        }

        private static Redeemable Member(int i) => (i % 3) switch
        {
            0 => Code($"PERCENT-{i}", new PercentOff(1)) with { Rules = [Rule($$$"""{"rules":{"1":{"name":"order.total_amount","conditions":{"$more_than":[100]}},"logic":"1"}}""")] },
            1 => Code($"ITEMS-{i}", new AmountOff(1) { Effect = DiscountEffect.ApplyToItems }),
            _ => Code($"AMOUNT-{i}", new AmountOff(10)),
        };

        private static Redeemable Code(string code, Discount discount) =>
            new() { Kind = RedeemableKind.Voucher, Id = code, ResourceId = "v_" + code, Benefit = new DiscountBenefit(discount) };

        private static ValidationRule Rule(string json)
        {
            using var document = JsonDocument.Parse(json);
            return ValidationRule.Parse("val_1", document.RootElement.Clone()).Rule ?? throw new InvalidOperationException("The rule is not one.");
        }
    }
}
