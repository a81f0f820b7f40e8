using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Resources.Promotions;
using Vouchsafe.Api.Resources.ValidationRules;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>POST /v1/campaigns. Codes are made in the background; tiers of a promotion are there at once.</summary>
internal static class CreateCampaign
{
    /// <summary>Most codes made by one request.</summary>
    internal const long MaxVouchers = 10_000_000;

    internal sealed record Request : CampaignPayload
    {
        public string? Name { get; init; }
        public string? CampaignType { get; init; }
        public CampaignTemplate? Voucher { get; init; }
        public long? VouchersCount { get; init; }
        public bool? Active { get; init; }
        public bool? UseVoucherMetadataSchema { get; init; }
        public IReadOnlyList<string>? ValidationRules { get; init; }
        public PromotionInfo? Promotion { get; init; }
        public ReferralProgramPayload? ReferralProgram { get; init; }

        internal bool IsPromotion => CampaignType == "PROMOTION";
    }

    internal sealed record PromotionInfo(IReadOnlyList<PromotionTierPayload>? Tiers);

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db, ActionQueue queue) =>
        (await call.ReadBodyAsync<Request>()).Failed(out var error, out var request) ? error : await RunAsync(call, request, db, queue);

    /// <summary>Creates the campaign that a request asks for.</summary>
    internal static async Task<IResult> RunAsync(ApiCall call, Request request, VouchsafeDbContext db, ActionQueue queue)
    {
        if (Problem(request) is { } problem) return problem;
        if ((await db.Categories.ResolveAsync(call.Project, request.CategoryId.Value, request.Category, call.Aborted)).Failed(out var error, out var categoryId)) return error;
        var campaign = Build(call, request, categoryId);
        if (request.Apply(campaign) is { } fault) return fault;
        var assignments = await RuleAssignments.PlanAsync(
            db, call.Project, request.ValidationRules, RuleAssignments.Campaign, campaign.Id, call.Now, call.Aborted);
        if (assignments.Failed(out error, out var rules)) return error;
        if ((await PromotionTierPayload.BuildAllAsync(call, db, campaign, request.Promotion?.Tiers ?? [])).Failed(out error, out var tiers)) return error;

        db.Campaigns.Add(campaign);
        db.ValidationRuleAssignments.AddRange(rules);
        foreach (var (tier, tierRules) in tiers)
        {
            db.PromotionTiers.Add(tier);
            db.ValidationRuleAssignments.AddRange(tierRules);
        }

        var count = campaign.Mode == CampaignMode.Standalone ? 1 : request.VouchersCount ?? 0;
        var action = count > 0 && !request.IsPromotion ? CampaignActions.Generate(campaign, count, null, call.Now) : null;
        if (action is not null)
        {
            campaign.Generation = GenerationStatus.InProgress;
            db.AsyncActions.Add(action);
        }

        if (await Store.SaveAsync(db, call, () => CampaignErrors.Duplicate(campaign.Name)) is { } duplicate) return duplicate;
        if (action is not null) queue.Wake();
        GuessWarning.Write(call.Http, campaign, request.Voucher?.CodeConfig, count, call.Project.CaseSensitiveCodes);
        return Json.Ok((await CampaignResponse.LoadAsync(db, call.Project, [campaign], brief: false, call.Aborted))[0]);
    }

    private static ApiError? Problem(Request request)
    {
        if (string.IsNullOrEmpty(request.Name)) return CampaignErrors.Invalid("name is required.");
        if (request.CampaignType is null) return CampaignErrors.Invalid("campaign_type is required.");
        if (!CampaignPayload.TryReadType(request.CampaignType, out var type)) return CampaignErrors.Invalid("campaign_type is not a known type of campaign.");
        return Check.Text(request.Name, "name") ?? request.Problem()
            ?? Check.Range(request.VouchersCount, "vouchers_count", 0, MaxVouchers)
            ?? TypeProblem(request, type);
    }

    private static ApiError? TypeProblem(Request request, CampaignType type) => type switch
    {
        CampaignType.Promotion => null,
        CampaignType.ReferralProgram when request.Voucher?.Discount is null && request.Voucher?.Gift is null =>
            CampaignErrors.Invalid("Property 'discount' is required for REFERRAL_PROGRAM campaign"),
        CampaignType.DiscountCoupons => VoucherProblem(request.Voucher, "DISCOUNT_VOUCHER", "DISCOUNT_COUPONS"),
        CampaignType.GiftVouchers => VoucherProblem(request.Voucher, "GIFT_VOUCHER", "GIFT_VOUCHERS"),
        CampaignType.LoyaltyProgram => VoucherProblem(request.Voucher, "LOYALTY_CARD", "LOYALTY_PROGRAM"),
        CampaignType.ReferralProgram => VoucherProblem(request.Voucher, "DISCOUNT_VOUCHER", "REFERRAL_PROGRAM") ?? request.ReferralProgram?.Problem(),
    };

    private static ApiError? VoucherProblem(CampaignTemplate? voucher, string voucherType, string campaignType) =>
        voucher is null ? CampaignErrors.Invalid("voucher is required.")
        : voucher.Type is not null && voucher.Type != voucherType ? CampaignErrors.Invalid($"voucher.type must be {voucherType} where campaign_type is {campaignType}.")
        : voucher.Problem();

    private static Campaign Build(ApiCall call, Request request, string? categoryId)
    {
        WireNames.TryParse<CampaignType>(request.CampaignType, out var type);
        var mode = request.IsPromotion ? CampaignMode.Static : CampaignMode.AutoUpdate;
        if (request.Type is not null) WireNames.TryParse(request.Type, out mode);
        return new Campaign
        {
            Id = Ids.New(IdPrefix.Campaign, call.Now),
            ProjectId = call.Project.Id,
            Name = request.Name!,
            CampaignType = type,
            Mode = mode,
            VoucherJson = request.IsPromotion ? null : (request.Voucher! with { CodeConfig = CreateVoucher.CodesOf(call.Project, request.Voucher.CodeConfig) }).ToJson(),
            ReferralProgramJson = type == Storage.Entities.CampaignType.ReferralProgram ? (request.ReferralProgram ?? new()).ToJson() : null,
            UseVoucherMetadataSchema = request.UseVoucherMetadataSchema ?? false,
            Active = request.Active ?? true,
            CategoryId = categoryId,
            CreatedAt = call.Now,
        };
    }
}
