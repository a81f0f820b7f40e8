using System.Globalization;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Engine.Codes;
using Vouchsafe.Security;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>
/// Tells who makes a campaign that its codes can be guessed, in the response header <c>Vouchsafe-Warning</c>: the body is
/// Voucherify's and stays as it is. The odds are those of a botnet that tries codes on the public channel.
/// </summary>
internal static class GuessWarning
{
    internal const string Header = "Vouchsafe-Warning";

    /// <summary>Adds the header if the codes are guessable.</summary>
    internal static void Write(HttpContext http, Campaign campaign, CodeConfig? config, long codes, bool caseSensitive)
    {
        // The one code of a standalone campaign is meant to be known.
        if (campaign.Mode == CampaignMode.Standalone || campaign.VoucherJson is null) return;
        var isMoney = campaign.CampaignType is CampaignType.GiftVouchers or CampaignType.LoyaltyProgram;
        var odds = OddsOf(config, isMoney, codes, caseSensitive);
        if (odds.AreGuessable) http.Response.Headers[Header] = Text(odds);
    }

    internal static GuessOdds OddsOf(CodeConfig? config, bool isMoney, long codes, bool caseSensitive)
    {
        var pattern = CodePattern.From(config, isMoney ? CodePattern.DefaultCardLength : CodePattern.DefaultDiscountLength);
        var charset = config?.Charset ?? CodePattern.Alphanumeric;
        // Where case does not count, "a" and "A" are one guess.
        var alphabet = (caseSensitive ? charset : charset.ToUpperInvariant()).Distinct().Count();
        return GuessOdds.Of(alphabet, pattern.RandomLength, Math.Max(1, codes), GuessOdds.BotnetGuessesPerDay);
    }

    private static string Text(GuessOdds odds) =>
        $"guessable-codes; hits-per-day={Figure(odds.HitsPerDay)}; days-per-hit={Figure(odds.DaysPerHit)}";

    private static string Figure(double value) => Math.Max(value, 0.001).ToString("0.###", CultureInfo.InvariantCulture);
}
