namespace Vouchsafe.Security;

/// <summary>How often somebody who tries random codes hits a live one.</summary>
/// <param name="HitsPerDay">The expected number of hits a day.</param>
/// <param name="DaysPerHit">The expected number of days until the first hit; infinite when there can be none.</param>
public readonly record struct GuessOdds(double HitsPerDay, double DaysPerHit)
{
    /// <summary>What one address can try on the public channel at 5 requests per 5 seconds.</summary>
    public const double SingleAddressGuessesPerDay = 86_400;

    /// <summary>What a botnet tried in an observed attack: 1.7 million guesses an hour.</summary>
    public const double BotnetGuessesPerDay = 1_700_000.0 * 24;

    /// <summary>The fewest random characters of a gift card's or loyalty card's code by default.</summary>
    public const int DefaultRandomLengthForMoney = 12;

    /// <summary>Codes are called guessable when a botnet is expected to hit one within this many days.</summary>
    public const double GuessableWithinDays = 365;

    /// <summary>Whether a campaign with such codes deserves a warning.</summary>
    public bool AreGuessable => DaysPerHit < GuessableWithinDays;

    /// <summary>
    /// Each guess hits with probability live / alphabet^length, so the expected hits are guesses times that (linearity of
    /// expectation; the mean of a binomial distribution), and the expected time to the first hit is its inverse.
    /// </summary>
    /// <param name="alphabetSize">The number of characters that each random position is drawn from; at least 1.</param>
    /// <param name="randomLength">The number of random positions; fixed prefixes and suffixes do not count.</param>
    /// <param name="liveCodes">The number of codes that would be a hit.</param>
    /// <param name="guessesPerDay">How many codes are tried a day.</param>
    public static GuessOdds Of(int alphabetSize, int randomLength, long liveCodes, double guessesPerDay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(alphabetSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(randomLength);
        ArgumentOutOfRangeException.ThrowIfNegative(liveCodes);
        ArgumentOutOfRangeException.ThrowIfNegative(guessesPerDay);
        var perGuess = Math.Min(1, liveCodes / Math.Pow(alphabetSize, randomLength));
        var hits = guessesPerDay * perGuess;
        return new GuessOdds(hits, hits > 0 ? 1 / hits : double.PositiveInfinity);
    }
}
