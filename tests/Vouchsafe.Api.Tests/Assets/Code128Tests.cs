using System.IO.Compression;
using Vouchsafe.Api.Assets;

namespace Vouchsafe.Api.Tests.Assets;

/// <summary>Bar codes.</summary>
public class Code128Tests
{
    [Fact]
    public void Symbols_OfText_AreStartTextCheckAndStop() =>
        // 104 + 1*48 + 2*42 + 3*42 + 4*17 + 5*18 + 6*19 + 7*35 = 879, which leaves 55 of 103.
        Assert.Equal([104, 48, 42, 42, 17, 18, 19, 35, 55, 106], Code128.Symbols("PJJ123C"));

    [Fact]
    public void Symbols_OfAnEvenNumberOfDigits_AreHalfAsMany() => Assert.Equal([105, 12, 34, 82, 106], Code128.Symbols("1234"));

    [Theory]
    [InlineData("A")]
    [InlineData("1234")]
    [InlineData("PROMO-10 %")]
    public void Modules_AreElevenASymbolAndThirteenAtTheEnd_BetweenQuietZones(string text)
    {
        var modules = Code128.Modules(text);
        Assert.Equal(10 + 11 * (Code128.Symbols(text).Count - 1) + 13 + 10, modules.Length);
        Assert.True(modules[10] && modules[^11]);
        Assert.DoesNotContain(true, modules[..10]);
        Assert.DoesNotContain(true, modules[^10..]);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("abc~ ", true)]
    [InlineData("a\u00e4", false)]
    [InlineData("a\n", false)]
    public void Writes_PlainSignsOnly(string text, bool writes) => Assert.Equal(writes, Code128.Writes(text));

    [Fact]
    public void Png_HoldsTheModulesBitByBit()
    {
        var png = new ModuleGrid([[true, false, true]], 2).ToPng(3);
        Assert.Equal((9, 6), (png[19], png[23]));
        var start = png.AsSpan().IndexOf("IDAT"u8) + 4;
        using var pixels = new ZLibStream(new MemoryStream(png[start..]), CompressionMode.Decompress);
        var lines = new byte[6 * 3];
        pixels.ReadExactly(lines);
        for (var y = 0; y < 6; y++) Assert.Equal([0, 0b0001_1100, 0b0000_0000], lines[(y * 3)..(y * 3 + 3)]);
        Assert.Equal([0xAE, 0x42, 0x60, 0x82], png[^4..]); // the check of an empty IEND, in every PNG there is
    }
}
