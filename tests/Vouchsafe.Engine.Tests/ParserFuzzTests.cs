using System.Diagnostics;
using System.Text.Json;
using CsCheck;
using Vouchsafe.Engine.Codes;
using Vouchsafe.Engine.Formulas;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine.Tests;

/// <summary>No text makes a parser throw, and none makes it think for long.</summary>
public sealed class ParserFuzzTests
{
    /// <summary>What a slow machine needs many times over for work that grows with the length; what grows with its square takes minutes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int Long = 200_000;

    private static readonly string[] FormulaTokens =
    [
        "1", "0.5", ".", "1e9", "99999999999999999999999999999", "(", ")", ";", ",", "+", "-", "*", "/", "%", "x", "÷", "=", "<", ">=", "<>", "AND", "OR", "IF", "SWITCH", "MIN", "MAX", "ROUND", "ORDER_AMOUNT", "CUSTOMER_METADATA",
        "ORDER_METADATA", "\"", "'", "\"a\"", " ", "\0", "\ud800", "contains", "CONTAINS", "PRODUCT_PRICE", "a", "#", "$", "{{", "\n", "−",
    ];

    private static readonly string[] LogicTokens = ["1", "2", "3", "and", "or", "AND", "(", ")", " ", "not", "1.1", "\0", "\ud800", "99999999999999999999"];

    private static readonly string[] JsonTokens =
    [
        "{", "}", "[", "]", ":", ",", "\"1\"", "\"2\"", "\"name\"", "\"order.amount\"", "\"product.id\"", "\"conditions\"", "\"$is\"", "\"$more_than\"", "\"rules\"", "\"logic\"", "\"1 and 2\"", "\"applicable_to\"", "\"included\"",
        "\"bundle_rules\"", "\"error\"", "\"message\"", "\"property\"", "1", "-1", "1e400", "null", "true", "\"redemption.count.per_customer\"", "\"customer.metadata\"", "\"object\"", "\"product\"", "\"effect\"", "\"APPLY_TO_EVERY\"",
    ];

    private static Gen<string> Of(string[] tokens, int most) => Gen.Int[0, tokens.Length - 1].Select(i => tokens[i]).Array[0, most].Select(string.Concat);

    [Fact]
    public void Formulas_OfAnyText_AreReadOrRefused() =>
        Of(FormulaTokens, 40).Sample(text => Formula.TryParse(text, out var formula, out var problem) ? formula is not null : !string.IsNullOrEmpty(problem), iter: Tries.Of(20_000));

    [Fact]
    public void Durations_OfAnyText_AreReadOrRefused() =>
        Of(["P", "T", "1", "9", "0", "Y", "M", "W", "D", "H", "S", "-", ".", " ", "999999999", "\0", "٣"], 14).Sample(text => IsoDuration.TryParse(text, out var duration) || duration.IsZero, iter: Tries.Of(50_000));

    [Fact]
    public void CodeConfigs_OfAnyText_MakeCodesOfTheirShape_OrAreRefused() =>
        Gen.Select(Of(["#", "A", "-", " ", "\0", "\ud800", "\u200b", "é", new string('#', 40), ""], 6), Of(["A", "B", "AB", "\n", "\ud83d\ude00", ""], 4), Gen.Int[-5, 200])
            .Sample((pattern, charset, length) =>
            {
                foreach (var config in new CodeConfig[] { new() { Pattern = pattern, Charset = charset }, new() { Length = length, Charset = charset, Prefix = pattern }, new() { Length = length + 0.5m } })
                {
                    if (config.Check().Count > 0) continue;
                    var code = CodePattern.From(config, CodePattern.DefaultDiscountLength).Generate(n => n - 1);
                    Assert.True(code.Length is > 0 and <= CodeConfig.LongestCode && !code.Contains('\0') && !code.Any(char.IsSurrogate));
                }
            }, iter: Tries.Of(10_000));

    [Fact]
    public void Rules_OfAnyJson_AreReadOrRefused() =>
        Of(JsonTokens, 30).Select(inner => "{\"rules\":{" + inner + "}}").Sample(text =>
        {
            using var document = Json(text);
            if (document is not null) Read(document.RootElement);
        }, iter: Tries.Of(20_000));

    [Fact]
    public void Logic_OfAnyText_IsReadOrRefused() => Of(LogicTokens, 30).Sample(logic => Read(WithLogic(logic)), iter: Tries.Of(10_000));

    [Fact]
    public void LongFormulas_TakeTimeInProportion() => Quickly(
    [
        .. new[] { "(", "-", "1+", "MIN(", "MIN(1;", "IF(1;", "\"", "a", " ", "1 AND ", "SWITCH(", "ORDER_METADATA(" }.Select(part => string.Concat(Enumerable.Repeat(part, Long / part.Length))),
        string.Concat(Enumerable.Repeat("1+", 900)) + "1", new string('9', Long), new string('(', Long) + "1" + new string(')', Long),
    ], text => Formula.TryParse(text, out _, out _));

    [Fact]
    public void LongLogic_TakesTimeInProportion() => Quickly(
        [.. new[] { "(", ")", "1 and ", "1 or ", "1", " " }.Select(part => string.Concat(Enumerable.Repeat(part, Long / part.Length))), new string('(', Long) + "1" + new string(')', Long)],
        text => Read(WithLogic(text)));

    [Fact]
    public void DeepAndWideRules_TakeTimeInProportion()
    {
        // As deep as the reader of bodies lets through, and as wide as a body may be.
        const string condition = """{"name":"order.amount","conditions":{"$more_than":[1]},"rules":{"1":""";
        var deep = "{\"rules\":{\"1\":" + string.Concat(Enumerable.Repeat(condition, 25)) + "{}" + new string('}', 50) + "}}";
        var wide = "{\"rules\":{" + string.Join(',', Enumerable.Range(1, 5_000).Select(n => $$$"""
            "{{{n}}}":{"name":"order.amount","conditions":{"$more_than":[1]}}
            """)) + "}}";
        var listed = """{"rules":{"1":{"name":"product.id","conditions":{"$in":[""" + string.Join(',', Enumerable.Range(1, 20_000).Select(n => $"\"prod_{n}\"")) + "]}}}}";
        Quickly([deep, wide, listed], text =>
        {
            using var document = Json(text);
            Assert.NotNull(document);
            Read(document.RootElement);
        });
    }

    private static void Quickly(IEnumerable<string> texts, Action<string> read)
    {
        var clock = Stopwatch.StartNew();
        foreach (var text in texts) read(text);
        Assert.True(clock.Elapsed < Patience, $"It took {clock.Elapsed}.");
    }

    // What is read has no fault, and what has a fault is not read.
    private static void Read(JsonElement rule)
    {
        var (read, errors) = ValidationRule.Parse("val_1", rule);
        Assert.True(read is null == errors.Count > 0, $"{rule}: {errors.Count} faults");
    }

    private static JsonElement WithLogic(string logic)
    {
        var condition = new { name = "order.amount", conditions = new Dictionary<string, int[]> { ["$more_than"] = [1] } };
        return JsonSerializer.SerializeToElement(new { rules = new Dictionary<string, object> { ["1"] = condition, ["2"] = condition, ["logic"] = logic } });
    }

    private static JsonDocument? Json(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
