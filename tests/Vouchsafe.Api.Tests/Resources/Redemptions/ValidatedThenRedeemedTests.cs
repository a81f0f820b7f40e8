using System.Text.Json;

namespace Vouchsafe.Api.Tests.Resources.Redemptions;

/// <summary>What a validation says is what the redemption of the same request does, to the last amount.</summary>
public sealed class ValidatedThenRedeemedTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly string[] Amounts =
    [
        "amount", "initial_amount", "discount_amount", "items_discount_amount", "total_discount_amount", "total_amount",
        "applied_discount_amount", "items_applied_discount_amount", "total_applied_discount_amount",
    ];

    private static readonly string[] LineAmounts =
    [
        "product_id", "quantity", "initial_quantity", "amount", "initial_amount", "price", "discount_amount", "applied_discount_amount",
        "discount_quantity", "applied_discount_quantity", "subtotal_amount",
    ];

    private readonly TestServer _server = shared.Server;
    private HttpClient Shop => _server.Private();

    private sealed record Code(string Name, bool IsCard);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task AnyStackOnAnyOrder_IsRedeemedAsItWasValidated_OrRefusedForTheSameReason(int seed)
    {
        var random = new Random(seed);
        var codes = await CodesAsync();
        var redeemed = 0;
        for (var i = 0; i < 30; i++)
        {
            var stack = codes.OrderBy(_ => random.Next()).Take(random.Next(1, 5)).ToList();
            var body = new
            {
                redeemables = stack.Select(code => new { @object = "voucher", id = code.Name, gift = code.IsCard && random.Next(2) == 0 ? new { credits = random.Next(1, 900) } : null }).ToArray(),
                order = new { items = Enumerable.Range(0, random.Next(1, 5)).Select(n => new { product_id = $"prod_{n}", price = random.Next(0, 3000), quantity = random.Next(1, 5) }).ToArray() },
                customer = new { source_id = $"buyer{random.Next(3)}" },
            };
            var before = await BalancesAsync(stack);
            var validation = (await Shop.PostAsync("/v1/validations", body)).Ok();
            Assert.Equal(before, await BalancesAsync(stack));
            var redemption = await Shop.PostAsync("/v1/redemptions", body);
            if (!validation["valid"].GetBoolean())
            {
                Assert.True(redemption.Status == HttpStatusCode.BadRequest, $"{redemption.Status} {redemption.Body} after {validation.Body}");
                Assert.Equal(validation.Text("inapplicable_redeemables.0.result.error.key") ?? validation.Text("redeemables.0.result.error.key"), redemption.Text("key"));
                Assert.Equal(before, await BalancesAsync(stack));
                continue;
            }

            redeemed++;
            Assert.Equal(Of(validation["order"]), Of(redemption.Ok()["order"]));
            var spent = validation["redeemables"].EnumerateArray()
                .ToDictionary(r => r.GetProperty("id").GetString()!, r => r.GetProperty("result").TryGetProperty("gift", out var gift) ? gift.GetProperty("credits").GetInt64() : 0);
            foreach (var (card, balance) in await BalancesAsync(stack)) Assert.Equal(before[card] - spent.GetValueOrDefault(card), balance);
        }

        Assert.True(redeemed >= 10, $"only {redeemed} were valid: the stacks say nothing");
    }

    private async Task<List<Code>> CodesAsync()
    {
        object[] discounts =
        [
            new { type = "AMOUNT", amount_off = 333, effect = "APPLY_TO_ORDER" },
            new { type = "PERCENT", percent_off = 12.5, effect = "APPLY_TO_ORDER", amount_limit = 250 },
            new { type = "PERCENT", percent_off = 7.77, effect = "APPLY_TO_ITEMS" },
            new { type = "AMOUNT", amount_off = 50, effect = "APPLY_TO_ITEMS_BY_QUANTITY", aggregated_amount_limit = 170 },
            new { type = "AMOUNT", amount_off = 100, effect = "APPLY_TO_ITEMS_PROPORTIONALLY" },
            new { type = "AMOUNT", amount_off = 100, effect = "APPLY_TO_ITEMS_PROPORTIONALLY_BY_QUANTITY" },
            new { type = "FIXED", fixed_amount = 1500, effect = "APPLY_TO_ORDER" },
            new { type = "FIXED", fixed_amount = 700, effect = "APPLY_TO_ITEMS" },
            new { type = "UNIT", unit_off = 1, unit_type = await ProductAsync(), effect = "ADD_NEW_ITEMS" },
        ];
        var minimum = await Shop.MinimumAsync(2000);
        List<Code> codes = [];
        foreach (var discount in discounts)
        {
            var code = Calls.Fresh("V");
            // Every other one is soon used up or wants a minimum, so that refusals are met too.
            (await Shop.PostAsync($"/v1/vouchers/{code}", new
            {
                type = "DISCOUNT_VOUCHER", discount, redemption = new { quantity = codes.Count % 2 == 0 ? (int?)null : 6 },
                validation_rules = codes.Count % 3 == 2 ? [minimum] : Array.Empty<string>(),
            })).Ok();
            codes.Add(new Code(code, false));
        }

        foreach (var effect in new[] { "APPLY_TO_ORDER", "APPLY_TO_ITEMS" })
        {
            var card = Calls.Fresh("GC");
            (await Shop.PostAsync($"/v1/vouchers/{card}", new { type = "GIFT_VOUCHER", gift = new { amount = 6000, effect } })).Ok();
            codes.Add(new Code(card, true));
        }

        return codes;
    }

    private async Task<string> ProductAsync() => (await Shop.PostAsync("/v1/products", new { name = Calls.Fresh("gift"), price = 450 })).Ok().Text("id")!;

    private async Task<Dictionary<string, long>> BalancesAsync(IEnumerable<Code> stack)
    {
        var balances = new Dictionary<string, long>();
        foreach (var card in stack.Where(code => code.IsCard)) balances[card.Name] = (await Shop.GetJsonAsync($"/v1/vouchers/{card.Name}")).Number("gift.balance");
        return balances;
    }

    private static string Of(JsonElement order) => string.Join('\n', [
        Members(order, Amounts), .. order.TryGetProperty("items", out var items) ? items.EnumerateArray().Select(item => Members(item, LineAmounts)) : [],
    ]);

    private static string Members(JsonElement holder, string[] names) =>
        string.Join(", ", names.Select(name => $"{name}: {(holder.TryGetProperty(name, out var value) ? value.GetRawText() : "-")}"));
}
