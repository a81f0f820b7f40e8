namespace Vouchsafe.Security.Tests.Guessing;

public class GuessOddsTests
{
    [Theory] // a million live codes of A-Z0-9 against a botnet
    [InlineData(8, 14.5, true)]
    [InlineData(10, 0.0112, true)]
    [InlineData(12, 0.0000086, false)]
    public void Of_AgainstABotnet_GivesTheKnownFigures(int length, double hitsPerDay, bool guessable)
    {
        var odds = GuessOdds.Of(36, length, 1_000_000, GuessOdds.BotnetGuessesPerDay);

        Assert.InRange(odds.HitsPerDay, hitsPerDay * 0.98, hitsPerDay * 1.02);
        Assert.Equal(guessable, odds.AreGuessable);
    }

    [Fact]
    public void Of_WithoutLiveCodes_NeverHits()
    {
        Assert.Equal(new GuessOdds(0, double.PositiveInfinity), GuessOdds.Of(36, 8, 0, GuessOdds.BotnetGuessesPerDay));
    }

    [Fact]
    public void Of_AFixedCode_HitsWithEveryGuess()
    {
        Assert.Equal(100, GuessOdds.Of(36, 0, 1, 100).HitsPerDay);
    }
}
