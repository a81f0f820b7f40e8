using System.Numerics;
using Vouchsafe.Engine.Codes;
using Vouchsafe.Security;

namespace Vouchsafe.Dashboard.Pages.Vouchers;

/// <summary>How codes are to be made, while it is edited.</summary>
public sealed class CodeDraft
{
    internal const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    internal string Prefix { get; set; } = "";
    internal string Postfix { get; set; } = "";
    internal string Pattern { get; set; } = "";
    internal int? Length { get; set; }

    /// <summary>Characters to choose from; empty: as the project has it.</summary>
    internal string Charset { get; set; } = Letters;

    /// <summary>As the API takes it.</summary>
    internal CodeConfig ToConfig() => new()
    {
        Prefix = Prefix.Length == 0 ? null : Prefix,
        Postfix = Postfix.Length == 0 ? null : Postfix,
        Pattern = Pattern.Length == 0 ? null : Pattern,
        Length = Pattern.Length == 0 ? Length : null,
        Charset = Charset.Length == 0 ? null : Charset,
    };

    /// <summary>Two codes as they will look, and how well they are hidden among all that could be; null while the pattern is faulty.</summary>
    /// <param name="isMoney">Whether the codes are cards.</param>
    /// <param name="count">How many will be live.</param>
    internal CodeOutlook? Outlook(bool isMoney, long count)
    {
        var config = ToConfig();
        if (config.Check().Count > 0) return null;
        var pattern = CodePattern.From(config, isMoney ? CodePattern.DefaultCardLength : CodePattern.DefaultDiscountLength);
        var alphabet = (config.Charset ?? CodePattern.Alphanumeric).Distinct().Count();
        var odds = GuessOdds.Of(alphabet, pattern.RandomLength, Math.Max(1, count), GuessOdds.BotnetGuessesPerDay);
        // The samples are only looked at, so any sequence will do; a fixed one does not flicker while somebody types.
        var step = 0;
        return new(pattern.Generate(n => (7 + 11 * step++) % n), pattern.PossibleCodes, odds);
    }
}

/// <summary>What a pattern makes.</summary>
/// <param name="Sample">A code of its form.</param>
/// <param name="Possible">How many different ones there can be.</param>
/// <param name="Odds">How soon somebody who guesses finds one.</param>
public sealed record CodeOutlook(string Sample, BigInteger Possible, GuessOdds Odds);
