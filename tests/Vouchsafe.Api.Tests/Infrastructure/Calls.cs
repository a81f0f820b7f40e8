using System.Net.Http.Json;
using System.Text.Json;

namespace Vouchsafe.Api.Tests.Infrastructure;

/// <summary>One call and its answer, read as JSON: what most tests of resources do.</summary>
internal static class Calls
{
    /// <summary>What came back.</summary>
    internal readonly record struct Answer(HttpStatusCode Status, JsonElement Body)
    {
        /// <summary>A member at a path such as <c>redeemables.0.result.error.key</c>; undefined if there is none.</summary>
        internal JsonElement this[string path] => path.Split('.').Aggregate(Body, (at, name) =>
            at.ValueKind == JsonValueKind.Array ? (int.Parse(name) < at.GetArrayLength() ? at[int.Parse(name)] : default)
            : at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var inner) ? inner
            : default);

        internal string? Text(string path) => this[path] is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

        internal long Number(string path) => this[path].GetInt64();

        internal bool Has(string path) => this[path].ValueKind != JsonValueKind.Undefined;

        /// <summary>The same answer, once it is known to be a success.</summary>
        internal Answer Ok()
        {
            Assert.True(Status is HttpStatusCode.OK or HttpStatusCode.Accepted, $"{(int)Status} {Body}");
            return this;
        }
    }

    internal static async Task<Answer> PostAsync(this HttpClient client, string path, object body) => await ReadAsync(await client.PostAsJsonAsync(path, body));

    internal static async Task<Answer> PutAsync(this HttpClient client, string path, object body) => await ReadAsync(await client.PutAsJsonAsync(path, body));

    internal static async Task<Answer> GetJsonAsync(this HttpClient client, string path) => await ReadAsync(await client.GetAsync(path));

    internal static async Task<Answer> DeleteJsonAsync(this HttpClient client, string path) => await ReadAsync(await client.DeleteAsync(path));

    private static async Task<Answer> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            return new Answer(answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
        }
    }

    /// <summary>A name that nothing else in this run has.</summary>
    internal static string Fresh(string prefix) => $"{prefix}-{Guid.NewGuid():N}"[..Math.Min(40, prefix.Length + 13)];

    /// <summary>Makes a voucher that takes an amount off the order, or off what another effect says.</summary>
    internal static async Task<string> AmountVoucherAsync(
        this HttpClient client, long amountOff = 100, string? rule = null, object? metadata = null, string effect = "APPLY_TO_ORDER")
    {
        var code = Fresh("V");
        (await client.PostAsync($"/v1/vouchers/{code}", new
        {
            type = "DISCOUNT_VOUCHER", discount = new { type = "AMOUNT", amount_off = amountOff, effect },
            validation_rules = rule is null ? Array.Empty<string>() : [rule], metadata = metadata ?? new { },
        })).Ok();
        return code;
    }

    /// <summary>Makes a validation rule and returns its id.</summary>
    internal static async Task<string> RuleAsync(this HttpClient client, object definition)
    {
        var answer = (await client.PostAsync("/v1/validation-rules", definition)).Ok();
        return answer.Text("id")!;
    }

    /// <summary>A rule that wants an order of more than an amount.</summary>
    internal static Task<string> MinimumAsync(this HttpClient client, long amount, string? message = null) => client.RuleAsync(new
    {
        name = Fresh("min"),
        rules = new Dictionary<string, object>
        {
            ["1"] = new { name = "order.amount", conditions = new Dictionary<string, object> { ["$more_than"] = new[] { amount } } }, ["logic"] = "1",
        },
        error = message is null ? null : new { message },
    });

    /// <summary>Makes a promotion campaign with one tier and returns the tier's id.</summary>
    internal static async Task<string> TierAsync(this HttpClient client, long amountOff = 100, string? rule = null)
    {
        var campaign = (await client.PostAsync("/v1/campaigns", new { name = Fresh("promo"), campaign_type = "PROMOTION", type = "STATIC" })).Ok();
        var tier = (await client.PostAsync($"/v1/promotions/{campaign.Text("id")}/tiers", new
        {
            name = "Tier", banner = "Less", action = new { discount = new { type = "AMOUNT", amount_off = amountOff, effect = "APPLY_TO_ORDER" } },
            validation_rules = rule is null ? Array.Empty<string>() : [rule],
        })).Ok();
        return tier.Text("id")!;
    }
}
