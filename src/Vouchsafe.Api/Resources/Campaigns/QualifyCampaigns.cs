using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Qualifications;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>
/// POST /v1/campaigns/qualification: campaigns of coupons, gift cards and referral codes of which a customer may have a code for an
/// order (<see cref="CampaignOffers"/>).
/// </summary>
internal static class QualifyCampaigns
{
    /// <summary>Most campaigns of a project that are looked at, the newest first.</summary>
    private const int MostJudged = 1_000;

    internal static async Task<IResult> Handle(ApiCall call, Database database, Evaluator evaluator)
    {
        if ((await Examination.ReadAsync(call, database, "type", "code", "category", "campaign")).Failed(out var error, out var examination)) return error;
        var campaigns = await CampaignOffers.Of(database.Context, call.Project).AsNoTracking()
            .OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(MostJudged).ToListAsync(call.Aborted);
        List<Campaign> found = [];
        foreach (var batch in Sorted(campaigns, examination.Order).Chunk(Examination.Batch))
        {
            var runs = await evaluator.RunEachAsync(call.Project, [.. batch.Select(c => CampaignOffers.NextCode(call.Project, c))], [], examination.Query, call.Now, call.Aborted);
            found.AddRange(batch.Zip(runs).Where(pair => pair.Second.Evaluation.Valid).Select(pair => pair.First));
            if (found.Count >= examination.Limit) break;
        }

        var shown = found.Take(examination.Limit).ToList();
        return examination.Answer(call, await CampaignResponse.LoadAsync(database.Context, call.Project, shown, brief: false, call.Aborted));
    }

    // Campaigns have no code; that order goes by their names, as does the one called campaign.
    private static IEnumerable<Campaign> Sorted(List<Campaign> newestFirst, string order)
    {
        IEnumerable<Campaign> sorted = order.TrimStart('-') switch
        {
            "updated_at" => newestFirst.OrderBy(c => c.UpdatedAt ?? c.CreatedAt).ThenBy(c => c.Id, StringComparer.Ordinal),
            "type" => newestFirst.OrderBy(c => Engine.WireNames.Of(c.CampaignType), StringComparer.Ordinal).ThenBy(c => c.Id, StringComparer.Ordinal),
            "category" => newestFirst.OrderBy(c => c.CategoryId, StringComparer.Ordinal).ThenBy(c => c.Id, StringComparer.Ordinal),
            "code" or "campaign" => newestFirst.OrderBy(c => c.Name, StringComparer.Ordinal),
            _ => newestFirst.AsEnumerable().Reverse(),
        };
        return order.StartsWith('-') ? sorted.Reverse() : sorted;
    }
}
