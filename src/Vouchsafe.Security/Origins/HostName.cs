using System.Globalization;

namespace Vouchsafe.Security;

/// <summary>Rules for host names: labels of letters, digits, hyphens and underscores, as browsers accept them.</summary>
internal static class HostName
{
    private const int MaxLabelLength = 63; // RFC 1035, section 2.3.4
    private const int MaxLength = 253;

    /// <summary>ASCII labels of 1 to 63 characters, none starting or ending with a hyphen, no empty one, no trailing dot.</summary>
    public static bool IsValid(ReadOnlySpan<char> host)
    {
        if (host.Length is 0 or > MaxLength) return false;
        var labelLength = 0;
        for (var i = 0; i < host.Length; i++)
        {
            var c = host[i];
            if (c == '.')
            {
                if (labelLength is 0 or > MaxLabelLength || host[i - 1] == '-') return false;
                labelLength = 0;
                continue;
            }
            if (!char.IsAsciiLetterOrDigit(c) && c != '_' && (c != '-' || labelLength == 0)) return false;
            labelLength++;
        }
        return labelLength is > 0 and <= MaxLabelLength && host[^1] != '-';
    }

    /// <summary>Whether the last label is a decimal or hexadecimal number (URL standard, "ends in a number checker").</summary>
    public static bool EndsInNumber(ReadOnlySpan<char> host)
    {
        var last = host[(host.LastIndexOf('.') + 1)..];
        if (last.IsEmpty) return false;
        if (last.Length >= 2 && last[0] == '0' && (last[1] is 'x' or 'X'))
            return !last[2..].ContainsAnyExcept(CharSets.HexDigits);
        return !last.ContainsAnyExcept(CharSets.Digits);
    }

    /// <summary>
    /// Lower case, and Punycode (RFC 3492) where a label is not ASCII. Only letters, digits and the marks of scripts that
    /// need them are taken; full-width forms, look-alike dots, invisible characters and decomposed accents are not,
    /// because the mapping tables that would fold them are not on every machine. Such a name can be saved in its
    /// <c>xn--</c> form.
    /// </summary>
    public static bool TryNormalise(string host, out string normalised)
    {
        normalised = host.ToLowerInvariant();
        if (!System.Text.Ascii.IsValid(normalised))
        {
            foreach (var c in normalised)
            {
                if (!char.IsAscii(c) && !IsPlainLetter(c)) return false;
            }
            try
            {
                normalised = new IdnMapping { UseStd3AsciiRules = false, AllowUnassigned = false }.GetAscii(normalised);
            }
            catch (ArgumentException)
            {
                return false; // the library's only way to say that a label is too long
            }
        }
        return IsValid(normalised);
    }

    private static bool IsPlainLetter(char c)
    {
        var combiningAccent = c is >= '\u0300' and <= '\u036f';
        var compatibilityForm = c is >= '\uf900' and <= '\uffff' or >= '\u1100' and <= '\u11ff';
        if (combiningAccent || compatibilityForm) return false;
        return CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
    }
}
