using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.AsyncActions;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>
/// POST /v1/vouchers/import and /v1/campaigns/{id}/import: codes that the shop made itself. What is wrong with the list is
/// said at once and nothing of it is taken; a code that somebody makes meanwhile is told in the action's result.
/// </summary>
internal static class ImportVouchers
{
    internal static async Task<IResult> HandleStandalone(ApiCall call, VouchsafeDbContext db, ActionQueue queue)
    {
        if ((await BulkBody<CreateVoucher.Request>.ReadAsync(call)).Failed(out var error, out var body)) return error;
        return Problem(body.Items, null) is { } problem ? problem : await AsyncActionAnswer.EnqueueAsync(call, VoucherActions.Import(call.Project, body, call.Now), db, queue);
    }

    internal static async Task<IResult> HandleCampaign(ApiCall call, string campaignId, VouchsafeDbContext db, ActionQueue queue)
    {
        if ((await BulkBody<CreateVoucher.Request>.ReadAsync(call)).Failed(out var error, out var body)) return error;
        if (await db.Campaigns.ByIdOrNameAsync(call.Project, campaignId, call.Aborted) is not { } campaign) return CampaignErrors.NotFound(campaignId);
        if (campaign.VoucherJson is null) return CampaignErrors.HoldsNoCodes(campaign.Name);
        if (Problem(body.Items, campaign) is { } problem) return problem;
        if (await TakenAsync(call, body.Items, db) is > 0 and var taken) return VoucherErrors.CodesExist(taken);
        campaign.Generation = GenerationStatus.InProgress;
        return await AsyncActionAnswer.EnqueueAsync(call, VoucherActions.Import(campaign, body, call.Now), db, queue);
    }

    /// <summary>The voucher that an entry of the list asks for; in a campaign the template says what all its codes have in common.</summary>
    internal static CreateVoucher.Request Wanted(CreateVoucher.Request entry, Campaign? campaign)
    {
        var common = campaign is null ? null : CampaignTemplate.RequestFor(campaign);
        return new CreateVoucher.Request
        {
            Code = entry.Code,
            Type = common?.Type ?? entry.Type,
            Discount = common is null ? entry.Discount : common.Discount,
            Gift = common is null ? entry.Gift : entry.Gift is { Amount: not null } own ? common.Gift! with { Amount = own.Amount } : common.Gift,
            LoyaltyCard = common is null ? entry.LoyaltyCard : common.LoyaltyCard is null ? null : entry.LoyaltyCard ?? common.LoyaltyCard,
            Category = entry.Category,
            Active = entry.Active,
            AdditionalInfo = entry.AdditionalInfo,
            Metadata = entry.Metadata,
            StartDate = entry.StartDate ?? common?.StartDate,
            ExpirationDate = entry.ExpirationDate ?? common?.ExpirationDate,
            ValidityTimeframe = common?.ValidityTimeframe,
            ValidityDayOfWeek = common?.ValidityDayOfWeek,
            ValidityHours = common?.ValidityHours,
            Redemption = entry.Redemption ?? common?.Redemption,
        };
    }

    private static ApiError? Problem(IReadOnlyList<CreateVoucher.Request> entries, Campaign? campaign)
    {
        var nameless = entries.Count(e => string.IsNullOrEmpty(e.Code));
        if (nameless > 0) return VoucherErrors.Invalid($"Found {nameless} voucher(s) without 'code' value");
        for (var i = 0; i < entries.Count; i++)
            if ((CreateVoucher.CodeProblem(entries[i].Code!) ?? CreateVoucher.Problem(Wanted(entries[i], campaign))) is { } problem)
                return problem with { Details = $"[{i}]: {problem.Details}" };
        var twice = entries.GroupBy(e => e.Code, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null ? null : VoucherErrors.CodeTwice(twice);
    }

    private static async ValueTask<int> TakenAsync(ApiCall call, IReadOnlyList<CreateVoucher.Request> entries, VouchsafeDbContext db)
    {
        var taken = 0;
        foreach (var some in entries.Select(e => call.Project.CodeKey(e.Code!)).Chunk(500))
            taken += await db.Vouchers.CountAsync(v => v.ProjectId == call.Project.Id && some.Contains(v.CodeKey), call.Aborted);
        return taken;
    }
}
