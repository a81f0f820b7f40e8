using System.Numerics;
using Vouchsafe.Engine.Codes;

namespace Vouchsafe.Engine.Tests.Codes;

public class CodePatternTests
{
    [Fact]
    public void Pattern_FillsHashesBetweenPrefixAndPostfix()
    {
        var pattern = CodePattern.From(
            new CodeConfig { Pattern = "CARD-##########", Prefix = "A-", Postfix = "-Z", Charset = "0123456789", Length = 3 },
            CodePattern.DefaultDiscountLength);
        Assert.Equal("A-CARD-9999999999-Z", pattern.Generate(n => n - 1));
        Assert.Equal(BigInteger.Pow(10, 10), pattern.PossibleCodes);
    }

    [Theory]
    [InlineData(CodePattern.DefaultDiscountLength, 8)]
    [InlineData(CodePattern.DefaultCardLength, 12)]
    public void Defaults_AreAlphanumericAndLongEnough(int given, int expected)
    {
        var pattern = CodePattern.From(null, given);
        Assert.Equal(expected, pattern.RandomLength);
        Assert.Equal(expected, pattern.Generate(n => n / 2).Length);
        Assert.Equal(BigInteger.Pow(62, expected), pattern.PossibleCodes);
    }

    [Fact]
    public void Charset_RepeatedCharacters_DoNotGetMoreLikely() =>
        Assert.Equal(2, CodePattern.From(new CodeConfig { Charset = "aab", Length = 1 }, 8).PossibleCodes);

    [Fact]
    public void GuessOdds_AreLiveCodesOverPossibleOnes()
    {
        var pattern = CodePattern.From(new CodeConfig { Charset = "0123456789", Length = 4 }, 8);
        Assert.Equal(0.01, pattern.GuessOdds(100), 12);
        Assert.Equal(1, pattern.GuessOdds(1_000_000));
    }

    [Fact]
    public void Generate_AsksForEveryCharacterOnceAndUsesOnlyTheCharset() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 1000]).Sample((length, seed) =>
        {
            var asked = 0;
            var code = CodePattern.From(new CodeConfig { Charset = "xyz", Length = length }, 8).Generate(n => (seed + asked++) % n);
            return asked == length && code.Length == length && code.All("xyz".Contains);
        });

    [Theory]
    [InlineData("length", 0, null, null)]
    [InlineData("length", 129, null, null)]
    [InlineData("charset", null, "a", null)]
    [InlineData("charset", null, "a\n", null)]
    [InlineData("pattern", null, null, "NOHASH")]
    public void Config_WhatCannotWork_IsNamed(string field, int? length, string? charset, string? pattern)
    {
        var errors = new CodeConfig { Length = length, Charset = charset, Pattern = pattern }.Check();
        Assert.Contains(errors, error => error.Field == "code_config." + field);
    }

    [Fact]
    public void Config_Fractional_IsRefused() => Assert.NotEmpty(new CodeConfig { Length = 8.5m }.Check());

    [Fact]
    public void Config_Whole_IsFine() => Assert.Empty(new CodeConfig { Length = 8, Charset = "ABC", Prefix = "A-", Postfix = "-Z" }.Check());
}
