using System.Globalization;
using System.Text.Json;
using Vouchsafe.Engine.Products;
using Vouchsafe.Engine.Validation;

namespace Vouchsafe.Engine.Rules;

/// <summary>Reads <c>bundle_rules</c>: numbered <c>order.items.any</c> conditions, each with a quantity, and a limit (1 when absent).</summary>
internal static class BundleReader
{
    private const int MostBundles = 100;

    public static BundleRules? Read(JsonElement definition, FieldCheck check)
    {
        if (JsonReading.Member(definition, "bundle_rules", JsonValueKind.Object, "bundle_rules", check) is not { } bundle)
            return null;
        var limit = JsonReading.Whole(bundle, "limit", "bundle_rules.limit", check, 1, MostBundles) ?? 1;
        var parts = new List<BundlePart>();
        foreach (var member in bundle.EnumerateObject().Where(member => member.Name is not ("limit" or "logic")))
        {
            var path = $"bundle_rules.{member.Name}";
            if (!int.TryParse(member.Name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                check.Fail(path, "is not a rule number");
            else if (Part(member.Value, path, check) is { } part)
                parts.Add(part);
        }

        return parts.Count == 0 ? null : new BundleRules(parts, (int)limit);
    }

    private static BundlePart? Part(JsonElement rule, string path, FieldCheck check)
    {
        if (JsonReading.Text(rule, "name", path + ".name", check) != "order.items.any")
            check.Fail(path + ".name", "must be order.items.any");
        var target = Only(JsonReading.Member(rule, "conditions"), "$is") is { } operand ? TargetReader.Read(operand) : null;
        if (target is null)
            check.Fail(path + ".conditions.$is", "needs one object with the id of a product, SKU or products collection");
        var quantity = Quantity(rule, path + ".rules", check);
        return target is null ? null : new BundlePart(target, quantity);
    }

    private static long Quantity(JsonElement rule, string path, FieldCheck check)
    {
        var inner = JsonReading.Member(rule, "rules", JsonValueKind.Object, path, check);
        var sub = inner?.EnumerateObject().Where(member => member.Name != "logic").ToList() ?? [];
        if (sub.Count == 0)
            return 1;
        var amount = Only(JsonReading.Member(sub[0].Value, "conditions"), "$is");
        if (sub.Count == 1 && JsonReading.Member(sub[0].Value, "name") is { ValueKind: JsonValueKind.String } name
            && JsonReading.TextOf(name) == "order.items.aggregated_quantity"
            && amount is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var quantity) && quantity is >= 1 and <= 1_000_000)
            return quantity;
        check.Fail(path, "must be one order.items.aggregated_quantity with $is and a number from 1");
        return 1;
    }

    private static JsonElement? Only(JsonElement? conditions, string name) =>
        conditions is { } holder && JsonReading.Member(holder, name) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 1
            ? list[0]
            : null;
}
