using System.Numerics;

namespace Vouchsafe.Engine.Codes;

/// <summary>A checked <see cref="CodeConfig"/>, ready to make codes.</summary>
public sealed class CodePattern
{
    /// <summary>Random characters of a discount code when nothing else is said.</summary>
    public const int DefaultDiscountLength = 8;

    /// <summary>Random characters of a gift or loyalty code when nothing else is said: guessing money must be hopeless.</summary>
    public const int DefaultCardLength = 12;

    /// <summary>The characters used when nothing else is said.</summary>
    public const string Alphanumeric = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>The same where C0DE and c0de are one code: letters of one case, so that a code is as hard to guess as it looks.</summary>
    public const string CaseInsensitiveAlphanumeric = "0123456789abcdefghijklmnopqrstuvwxyz";

    private readonly string _template;
    private readonly string _prefix;
    private readonly string _postfix;
    private readonly string _charset;

    private CodePattern(string prefix, string template, string postfix, string charset)
    {
        (_prefix, _template, _postfix, _charset) = (prefix, template, postfix, charset);
        RandomLength = template.Count(letter => letter == '#');
        PossibleCodes = BigInteger.Pow(charset.Length, RandomLength);
    }

    /// <summary>The characters of a project that chose none.</summary>
    public static string DefaultCharset(bool caseSensitive) => caseSensitive ? Alphanumeric : CaseInsensitiveAlphanumeric;

    /// <summary>How many characters are random.</summary>
    public int RandomLength { get; }

    /// <summary>How many different codes it can make.</summary>
    public BigInteger PossibleCodes { get; }

    /// <summary>The chance that one guess of the right shape hits one of <paramref name="liveCodes"/> codes.</summary>
    public double GuessOdds(long liveCodes) => Math.Min(1.0, Math.Exp(Math.Log(Math.Max(1, liveCodes)) - BigInteger.Log(PossibleCodes)));

    /// <summary>Reads a config that <see cref="CodeConfig.Check"/> found no fault with.</summary>
    /// <param name="config">The config, or null for the defaults.</param>
    /// <param name="defaultLength"><see cref="DefaultDiscountLength"/> or <see cref="DefaultCardLength"/>.</param>
    public static CodePattern From(CodeConfig? config, int defaultLength)
    {
        var charset = new string([.. (config?.Charset ?? Alphanumeric).Distinct()]);
        var template = config?.Pattern ?? new string('#', (int)(config?.Length ?? defaultLength));
        return new CodePattern(config?.Prefix ?? "", template, config?.Postfix ?? "", charset);
    }

    /// <summary>Makes one code.</summary>
    /// <param name="randomIndex">Given n, an unbiased random number from 0 to n - 1, from a cryptographic source.</param>
    public string Generate(Func<int, int> randomIndex) => string.Concat(
        _prefix, string.Create(_template.Length, (this, randomIndex), static (code, state) =>
        {
            var (pattern, next) = state;
            for (var i = 0; i < code.Length; i++)
                code[i] = pattern._template[i] == '#' ? pattern._charset[next(pattern._charset.Length)] : pattern._template[i];
        }), _postfix);
}
