using System.Text.Json;
using Vouchsafe.Dashboard.Shared;
using Vouchsafe.Engine.Discounts;

namespace Vouchsafe.Dashboard.Pages.Playground;

/// <summary>What a step did to one line of the order.</summary>
/// <param name="Name">The line.</param>
/// <param name="Off">What it took off, in minor units.</param>
/// <param name="FreeUnits">Units that it made free or put in for nothing.</param>
public sealed record PlayItemStep(string Name, long Off, long FreeUnits);

/// <summary>One step down from the full price.</summary>
/// <param name="Label">What was applied.</param>
/// <param name="Note">What it does, in words.</param>
/// <param name="Off">What it took off, in minor units.</param>
/// <param name="After">What is left to pay after it.</param>
/// <param name="Items">What it did to single lines; empty where it spoke of the whole order only.</param>
/// <param name="OffOrder">What of it came off the order as a whole.</param>
public sealed record PlayStep(string Label, string Note, long Off, long After, IReadOnlyList<PlayItemStep> Items, long OffOrder);

/// <summary>What the API said, as the page shows it.</summary>
/// <param name="IsValid">Whether the whole request would be redeemed.</param>
/// <param name="Initial">The full price.</param>
/// <param name="Total">What is left to pay.</param>
/// <param name="Steps">What each redeemable did, in the order of application.</param>
/// <param name="Applied">The redeemables that hold.</param>
/// <param name="LeftOut">Those that do not.</param>
/// <param name="SessionKey">The session that holds the codes; null: none does.</param>
public sealed record PlayVerdict(
    bool IsValid, long Initial, long Total, IReadOnlyList<PlayStep> Steps, IReadOnlyList<JsonElement> Applied, IReadOnlyList<JsonElement> LeftOut, string? SessionKey)
{
    /// <summary>Reads the answer of a validation.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="currency">ISO 4217, for the words.</param>
    public static PlayVerdict Read(JsonElement answer, string? currency = null)
    {
        var applied = List(answer, "redeemables").Where(r => Text(r, "status") == "APPLICABLE").ToList();
        List<JsonElement> left = [.. List(answer, "redeemables").Where(r => Text(r, "status") != "APPLICABLE"), .. List(answer, "skipped_redeemables"), .. List(answer, "inapplicable_redeemables")];
        var order = Object(answer, "order") ?? applied.Select(r => Object(r, "order")).FirstOrDefault(o => o is not null) ?? default;
        var initial = Number(order, "initial_amount") ?? Number(order, "amount") ?? 0;
        List<PlayStep> steps = [];
        var (before, lines) = (initial, Array.Empty<Line>());
        foreach (var redeemable in applied)
        {
            if (Object(redeemable, "order") is not { } then) continue;
            // Each step's order holds what it and those before it took off.
            var after = Number(then, "total_amount") ?? before - (Number(then, "total_applied_discount_amount") ?? 0);
            var (items, now) = ItemSteps(lines, then);
            steps.Add(new PlayStep(Text(redeemable, "id"), NoteOf(redeemable, currency), before - after, after, items, before - after - items.Sum(i => i.Off)));
            (before, lines) = (after, now);
        }

        var isValid = answer.TryGetProperty("valid", out var valid) && valid.ValueKind == JsonValueKind.True;
        return new PlayVerdict(isValid, initial, steps.Count > 0 ? steps[^1].After : initial, steps, applied,
            [.. left.DistinctBy(r => Text(r, "object") + Text(r, "id"))], Object(answer, "session") is { } session && isValid ? Text(session, "key") : null);
    }

    internal static IEnumerable<JsonElement> List(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    internal static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    internal static JsonElement? Object(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static long? Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    // Lines keep their places; a line that a discount adds comes behind them.
    private static (IReadOnlyList<PlayItemStep> Steps, Line[] Lines) ItemSteps(Line[] before, JsonElement order)
    {
        Line[] now = [.. List(order, "items").Select(Line.Read)];
        List<PlayItemStep> steps = [];
        for (var i = 0; i < now.Length; i++)
        {
            var was = i < before.Length ? before[i] : default;
            var (off, free) = (now[i].Off - was.Off, now[i].Free - was.Free);
            // What is put in for nothing adds to the price and to the discount alike.
            off -= now[i].Added - was.Added;
            if (off != 0 || free != 0) steps.Add(new PlayItemStep(now[i].Name, off, free));
        }

        return (steps, now);
    }

    private static string NoteOf(JsonElement redeemable, string? currency)
    {
        if (Object(redeemable, "result") is not { } result) return "";
        if (Object(result, "gift") is { } gift) return $"pays {MoneyText.Of(Number(gift, "credits") ?? 0, currency)} of the {MoneyText.Of(Number(gift, "balance") ?? 0, currency)} on the card";
        return Object(result, "discount") is { } discount && discount.Deserialize<DiscountDefinition>(DashboardJson.Options) is { } definition ? DiscountWords.Of(definition, currency) : "";
    }

    private readonly record struct Line(string Name, long Off, long Free, long Added)
    {
        internal static Line Read(JsonElement item)
        {
            var amount = Number(item, "amount") ?? 0;
            var name = Object(item, "sku") is { } sku ? Text(sku, "sku") : Object(item, "product") is { } product ? Text(product, "name") : "";
            if (name.Length == 0) name = new[] { "source_id", "sku_id", "product_id" }.Select(field => Text(item, field)).FirstOrDefault(t => t.Length > 0) ?? "item";
            return new Line(name, amount - (Number(item, "subtotal_amount") ?? amount), Number(item, "discount_quantity") ?? 0, amount - (Number(item, "initial_amount") ?? amount));
        }
    }
}
