namespace Vouchsafe.Api.Assets;

/// <summary>
/// The bar code of ISO/IEC 15417 (Code 128): set C for an even number of digits, else set B. Every other sign has no place
/// in it, so a code with one has no bar code.
/// </summary>
internal static class Code128
{
    private const int StartB = 104;
    private const int StartC = 105;
    private const int Stop = 106;
    private const int QuietZone = 10;

    /// <summary>Widths of bars and spaces in turn, one group a symbol value (ISO/IEC 15417, table 1).</summary>
    private static readonly string[] Widths =
    [
        "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312", "231212", "112232", "122132",
        "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212",
        "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311",
        "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131", "311123", "311321",
        "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
        "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242", "121142", "121241", "114212",
        "124112", "124211", "411212", "421112", "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113",
        "411311", "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
    ];

    /// <summary>Whether a text can be written.</summary>
    internal static bool Writes(string text) => text.Length > 0 && text.All(c => c is >= ' ' and <= '~');

    /// <summary>The modules of a text from left to right, true for dark, with the quiet zones.</summary>
    internal static bool[] Modules(string text)
    {
        List<bool> modules = [.. Enumerable.Repeat(false, QuietZone)];
        foreach (var symbol in Symbols(text))
            for (var i = 0; i < Widths[symbol].Length; i++)
                modules.AddRange(Enumerable.Repeat(i % 2 == 0, Widths[symbol][i] - '0'));
        modules.AddRange(Enumerable.Repeat(false, QuietZone));
        return [.. modules];
    }

    /// <summary>The symbol values: start, text, check, stop.</summary>
    internal static IReadOnlyList<int> Symbols(string text)
    {
        var digits = text.Length % 2 == 0 && text.All(char.IsAsciiDigit);
        List<int> symbols = [digits ? StartC : StartB];
        if (digits) symbols.AddRange(text.Chunk(2).Select(pair => (pair[0] - '0') * 10 + pair[1] - '0'));
        else symbols.AddRange(text.Select(c => c - ' '));
        var check = symbols.Select((symbol, i) => (long)symbol * Math.Max(1, i)).Sum() % 103;
        return [.. symbols, (int)check, Stop];
    }
}
