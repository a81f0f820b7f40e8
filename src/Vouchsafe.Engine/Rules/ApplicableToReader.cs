using System.Text.Json;
using Vouchsafe.Engine.Formulas;
using Vouchsafe.Engine.Products;
using Vouchsafe.Engine.Validation;

namespace Vouchsafe.Engine.Rules;

/// <summary>Reads <c>applicable_to</c>. Without it, or with nothing included and <c>included_all</c> absent, everything is included.</summary>
internal static class ApplicableToReader
{
    public static ApplicableTo Read(JsonElement definition, FieldCheck check)
    {
        if (JsonReading.Member(definition, "applicable_to", JsonValueKind.Object, "applicable_to", check) is not { } applicable)
            return ApplicableTo.Everything;
        var included = List(applicable, "included", check).Select((entry, i) => Included(entry, $"applicable_to.included[{i}]", check)).ToList();
        var excluded = List(applicable, "excluded", check).Select((entry, i) => Target(entry, $"applicable_to.excluded[{i}]", check)).ToList();
        var all = JsonReading.Member(applicable, "included_all");
        if (all is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
            check.Fail("applicable_to.included_all", "must be true or false");
        return new ApplicableTo
        {
            Included = included,
            Excluded = excluded,
            IncludedAll = all is { ValueKind: JsonValueKind.True } || included.Count == 0,
        };
    }

    private static IEnumerable<JsonElement> List(JsonElement applicable, string name, FieldCheck check) =>
        JsonReading.Member(applicable, name, JsonValueKind.Array, $"applicable_to.{name}", check)?.EnumerateArray().AsEnumerable() ?? [];

    // Units over all orders of a campaign, a tier or a customer are not counted, so nobody may rely on such a limit.
    private static readonly string[] NotCounted =
    [
        .. new[] { "product", "product_in_collection" }
            .SelectMany(what => new[] { what, what + "_customer" })
            .SelectMany(whose => new[] { whose + "_campaign", whose + "_promotion_tier" })
            .SelectMany(where => new[] { where + "_quantity_limit", where + "_quantity_limit_formula" }),
    ];

    private static ItemTarget Target(JsonElement entry, string path, FieldCheck check)
    {
        var target = entry.ValueKind == JsonValueKind.Object ? TargetReader.Read(entry) : null;
        if (target is null)
            check.Fail(path, "needs an object (product, sku or products_collection) and an id");
        return target ?? new ItemTarget(TargetObject.Product, "");
    }

    private static IncludedTarget Included(JsonElement entry, string path, FieldCheck check)
    {
        var target = Target(entry, path, check);
        foreach (var limit in NotCounted.Where(name => JsonReading.Member(entry, name) is { ValueKind: not JsonValueKind.Null }))
            check.Fail($"{path}.{limit}", "is not supported");
        long? Whole(string name, long least, long most = Money.Minor.Max) => JsonReading.Whole(entry, name, $"{path}.{name}", check, least, most);
        return new IncludedTarget(target.Object, target.Id)
        {
            SourceId = target.SourceId,
            Effect = Enum<TargetEffect>(entry, "effect", path, check) ?? TargetEffect.ApplyToEvery,
            Target = Enum<TargetKind>(entry, "target", path, check) ?? TargetKind.Item,
            Price = Whole("price", 0),
            PriceFormula = ReadFormula(entry, path, check),
            QuantityLimit = Whole("quantity_limit", 1),
            AggregatedQuantityLimit = Whole("aggregated_quantity_limit", 1),
            AmountLimit = Whole("amount_limit", 1),
            AggregatedAmountLimit = Whole("aggregated_amount_limit", 1),
            Repeat = (int?)Whole("repeat", 1, 1_000_000),
            SkipInitially = (int?)Whole("skip_initially", 0, 1_000_000),
        };
    }

    private static T? Enum<T>(JsonElement entry, string name, string path, FieldCheck check) where T : struct, Enum
    {
        var text = JsonReading.Text(entry, name, $"{path}.{name}", check);
        if (text is null)
            return null;
        if (WireNames.TryParse<T>(text, out var value))
            return value;
        check.Fail($"{path}.{name}", $"must be one of {string.Join(", ", System.Enum.GetValues<T>().Select(WireNames.Of))}");
        return null;
    }

    private static Formula? ReadFormula(JsonElement entry, string path, FieldCheck check)
    {
        // The API description types the formula as a number; a number is a formula too.
        var member = JsonReading.Member(entry, "price_formula");
        var text = member is { ValueKind: JsonValueKind.Number } number
            ? number.GetRawText()
            : JsonReading.Text(entry, "price_formula", $"{path}.price_formula", check);
        if (text is null)
            return null;
        if (!Formula.TryParse(text, out var formula, out var problem))
            check.Fail($"{path}.price_formula", problem!);
        return formula;
    }
}
