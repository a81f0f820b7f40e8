using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Resources.AsyncActions;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Codes;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>
/// POST /v1/campaigns/{id}/vouchers and /vouchers/{code}: one code is there with the answer, several are made in the background.
/// </summary>
internal static class AddVouchers
{
    /// <summary>What the new codes have that the campaign's template says otherwise.</summary>
    internal sealed record Request
    {
        public string? Code { get; init; }
        public CodeConfig? CodeConfig { get; init; }
        public string? Category { get; init; }
        public string? CategoryId { get; init; }
        public JsonText? Metadata { get; init; }
        public CreateVoucher.RedemptionLimit? Redemption { get; init; }
        public string? AdditionalInfo { get; init; }
        public DateTimeOffset? StartDate { get; init; }
        public DateTimeOffset? ExpirationDate { get; init; }

        /// <summary>The request for a code of the campaign.</summary>
        internal CreateVoucher.Request Over(CreateVoucher.Request template) => template with
        {
            CodeConfig = CodeConfig ?? template.CodeConfig,
            Metadata = Metadata,
            Redemption = Redemption ?? template.Redemption,
            AdditionalInfo = AdditionalInfo,
            StartDate = StartDate ?? template.StartDate,
            ExpirationDate = ExpirationDate ?? template.ExpirationDate,
        };
    }

    internal static async Task<IResult> HandleGenerated(ApiCall call, string campaignId, VouchsafeDbContext db, Ledger ledger, ActionQueue queue)
    {
        if (call.Query.Integer("vouchers_count", 1, CreateCampaign.MaxVouchers).Failed(out var error, out var count)) return error;
        if ((await ReadAsync(call, campaignId, db)).Failed(out error, out var wanted)) return error;
        if (count is null or 1) return await AddOneAsync(call, wanted, wanted.Request.Code, db, ledger);
        if (wanted.Request.Code is not null) return CommonErrors.InvalidPayload("code is for one voucher; leave it out or ask for one.");

        var action = CampaignActions.Generate(wanted.Campaign, count.Value, wanted.Request with { CategoryId = wanted.CategoryId, Category = null }, call.Now);
        wanted.Campaign.Generation = GenerationStatus.InProgress;
        db.AsyncActions.Add(action);
        await db.SaveChangesAsync(call.Aborted);
        queue.Wake();
        return AsyncActionAnswer.Accepted(action);
    }

    internal static async Task<IResult> HandleCode(ApiCall call, string campaignId, string code, VouchsafeDbContext db, Ledger ledger) =>
        (await ReadAsync(call, campaignId, db)).Failed(out var error, out var wanted) ? error : await AddOneAsync(call, wanted, code, db, ledger);

    private sealed record Wanted(Campaign Campaign, Request Request, string? CategoryId);

    private static async ValueTask<Result<Wanted>> ReadAsync(ApiCall call, string campaignId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        if (await db.Campaigns.ByIdOrNameAsync(call.Project, campaignId, call.Aborted) is not { } campaign) return CampaignErrors.NotFound(campaignId);
        if (campaign.VoucherJson is null) return CampaignErrors.HoldsNoCodes(campaign.Name);
        if (CreateVoucher.Problem(request.Over(CampaignTemplate.RequestFor(campaign))) is { } problem) return problem;
        return (await db.Categories.ResolveAsync(call.Project, request.CategoryId, request.Category, call.Aborted)).Failed(out error, out var categoryId)
            ? error
            : new Wanted(campaign, request, categoryId ?? campaign.CategoryId);
    }

    private static async Task<IResult> AddOneAsync(ApiCall call, Wanted wanted, string? code, VouchsafeDbContext db, Ledger ledger)
    {
        var made = await CreateVoucher.RunAsync(
            call, code, wanted.Request.Over(CampaignTemplate.RequestFor(wanted.Campaign)), new VoucherPlacement(wanted.Campaign.Id, wanted.CategoryId, []),
            ledger);
        return made.Failed(out var error, out var voucher)
            ? error
            : Json.Ok(await VoucherResponse.LoadAsync(db, call.Project, VoucherState.New(voucher), call.Aborted));
    }
}
