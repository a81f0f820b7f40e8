using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Resources.Publications;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.Rewards;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Resources.Redemptions;

/// <summary>A code that points buy. It is published in the same intent that takes the points: never one without the other.</summary>
/// <param name="Card">The redeemable that it is for.</param>
/// <param name="Campaign">Its campaign.</param>
/// <param name="Offer">The code, and what its publication writes.</param>
internal sealed record Prize(Redeemable Card, Campaign Campaign, Publisher.Offer Offer)
{
    /// <summary>A code for each reward of the verdict that is one; none for most.</summary>
    internal static async ValueTask<Result<IReadOnlyList<Prize>>> OfferAsync(
        ApiCall call, UseVerdict verdict, Customer? customer, Database database, Ledger ledger)
    {
        var prizes = new List<Prize>();
        foreach (var result in verdict.Run.Evaluation.Results)
        {
            if (result.Status != RedeemableStatus.Applicable || verdict.Run.Of(result).Reward is not { Type: RewardType.Campaign } reward) continue;
            var campaignId = RewardParameters.Of(reward).Campaign!.Id!;
            if (await database.Context.Campaigns.AsNoTracking().Of(call.Project).FirstOrDefaultAsync(c => c.Id == campaignId, call.Aborted) is not { } campaign)
                return CampaignErrors.NotFound(campaignId);
            if (!campaign.Active) return PublicationErrors.NoneLeft(campaign.Name);
            if ((customer ?? await HolderAsync(database, result.Redeemable.HolderId, call.Aborted)) is not { } winner) return UseErrors.MissingCustomer;
            var offer = await new Publisher(database.Context, ledger, call).OfferAsync(campaign, new Publisher.Draft(winner, null, "API", "{}"));
            if (offer is null) return PublicationErrors.NoneLeft(campaign.Name);
            prizes.Add(new Prize(result.Redeemable, campaign, offer));
        }

        return Result.Of<IReadOnlyList<Prize>>(prizes);
    }

    private static async ValueTask<Customer?> HolderAsync(Database database, string? id, CancellationToken ct) =>
        id is null ? null : await database.Context.Customers.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct);
}
