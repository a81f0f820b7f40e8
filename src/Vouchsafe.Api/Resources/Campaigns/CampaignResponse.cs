using System.Text.Json.Serialization;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Resources.Promotions;
using Vouchsafe.Api.Resources.ValidationRules;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Codes;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>A campaign on the wire; what it does not have is left out.</summary>
internal sealed record CampaignResponse
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Description { get; init; }
    public required string CampaignType { get; init; }
    public required string Type { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public TemplateInfo? Voucher { get; init; }
    public required bool AutoJoin { get; init; }
    public required bool JoinOnce { get; init; }
    public required bool UseVoucherMetadataSchema { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? StartDate { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? ExpirationDate { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? ValidityTimeframe { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? ValidityDayOfWeek { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? ValidityHours { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ActivityDurationAfterPublishing { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? VouchersCount { get; init; }
    public required bool Active { get; init; }
    public required JsonText Metadata { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? UpdatedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Category { get; init; }
    public required string CreationStatus { get; init; }
    public required string VouchersGenerationStatus { get; init; }
    public bool Protected { get; init; }
    public string? CategoryId { get; init; }
    public required IReadOnlyList<CategoryResponse> Categories { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? ReferralProgram { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public Dictionary<string, object>? Promotion { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public Dictionary<string, object>? ValidationRulesAssignments { get; init; }
    public string Object => "campaign";

    /// <summary><c>voucher</c>, with what was left open filled in as codes will be made.</summary>
    internal sealed record TemplateInfo
    {
        public required string Type { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? Discount { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public GiftInfo? Gift { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public LoyaltyInfo? LoyaltyCard { get; init; }
        public required CreateVoucher.RedemptionLimit Redemption { get; init; }
        public required CodeInfo CodeConfig { get; init; }
        public required bool IsReferralCode { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? StartDate { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? ExpirationDate { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? ValidityTimeframe { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? ValidityDayOfWeek { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonText? ValidityHours { get; init; }
    }

    internal sealed record GiftInfo(long Amount, long Balance, string Effect);

    internal sealed record LoyaltyInfo(long Points);

    internal sealed record CodeInfo(
        int Length, string Charset,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Prefix,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Postfix, string Pattern);

    /// <summary>Campaigns with all that belongs to them, in a fixed number of queries a page.</summary>
    internal static async ValueTask<IReadOnlyList<CampaignResponse>> LoadAsync(
        VouchsafeDbContext db, ProjectSettings project, IReadOnlyList<Campaign> campaigns, bool brief, CancellationToken ct, int? countUpTo = null)
    {
        List<string> ids = [.. campaigns.Select(c => c.Id)];
        var counts = await db.CountVouchersAsync(ids, countUpTo, ct);
        var categories = await db.Categories.ByIdAsync(project, campaigns.Select(c => c.CategoryId), ct);
        var assignments = brief ? null : await RuleAssignments.OfAsync(db, project, ids, ct);
        var tiers = brief ? null : await PromotionTierResponse.OfCampaignsAsync(db, project, [.. campaigns.Where(IsPromotion)], ct);
        return [.. campaigns.Select(c => From(
            c, counts.GetValueOrDefault(c.Id), c.CategoryId is { } id ? categories.GetValueOrDefault(id) : null) with
            {
                ValidationRulesAssignments = assignments is null ? null : AssignmentResponse.List(assignments[c.Id]),
                Promotion = tiers is null || !IsPromotion(c) ? null : PromotionTierResponse.List([.. tiers[c.Id]]),
            })];
    }

    private static bool IsPromotion(Campaign campaign) => campaign.CampaignType == Storage.Entities.CampaignType.Promotion;

    private static CampaignResponse From(Campaign campaign, long vouchers, Category? category) => new()
    {
        Id = campaign.Id,
        Name = campaign.Name,
        Description = campaign.Description,
        CampaignType = WireNames.Of(campaign.CampaignType),
        Type = WireNames.Of(campaign.Mode),
        Voucher = campaign.VoucherJson is null ? null : TemplateOf(campaign),
        AutoJoin = campaign.AutoJoin,
        JoinOnce = campaign.JoinOnce,
        UseVoucherMetadataSchema = campaign.UseVoucherMetadataSchema,
        StartDate = campaign.StartDate,
        ExpirationDate = campaign.ExpirationDate,
        ValidityTimeframe = JsonText.From(campaign.ValidityTimeframeJson),
        ValidityDayOfWeek = JsonText.From(campaign.ValidityDayOfWeekJson),
        ValidityHours = JsonText.From(campaign.ValidityHoursJson),
        ActivityDurationAfterPublishing = campaign.ActivityDurationAfterPublishing,
        VouchersCount = campaign.VoucherJson is null ? null : vouchers,
        Active = campaign.Active,
        Metadata = new JsonText(campaign.MetadataJson),
        CreatedAt = campaign.CreatedAt,
        UpdatedAt = campaign.UpdatedAt,
        Category = category?.Name,
        CreationStatus = WireNames.Of(campaign.Generation),
        VouchersGenerationStatus = WireNames.Of(campaign.Generation),
        Protected = campaign.Protected,
        CategoryId = campaign.CategoryId,
        Categories = category is null ? [] : [CategoryResponse.From(category)],
        ReferralProgram = JsonText.From(campaign.ReferralProgramJson),
    };

    private static TemplateInfo TemplateOf(Campaign campaign)
    {
        var template = CampaignTemplate.Of(campaign);
        var pattern = CreateVoucher.PatternOf(CampaignTemplate.RequestFor(campaign));
        var code = template.CodeConfig;
        return new TemplateInfo
        {
            Type = template.Type!,
            Discount = JsonText.From(VoucherTerms.ToJson(template.Discount)),
            Gift = template.Gift is { } gift ? new((long)gift.Amount!.Value, (long)gift.Amount.Value, gift.Effect ?? "APPLY_TO_ORDER") : null,
            LoyaltyCard = template.LoyaltyCard is { } card ? new((long)card.Points!.Value) : null,
            IsReferralCode = campaign.CampaignType == Storage.Entities.CampaignType.ReferralProgram,
            Redemption = template.Redemption ?? new(null),
            CodeConfig = new(pattern.RandomLength, code?.Charset ?? CodePattern.Alphanumeric, code?.Prefix, code?.Postfix,
                code?.Pattern ?? new string('#', pattern.RandomLength)),
            StartDate = campaign.StartDate,
            ExpirationDate = campaign.ExpirationDate,
            ValidityTimeframe = JsonText.From(campaign.ValidityTimeframeJson),
            ValidityDayOfWeek = JsonText.From(campaign.ValidityDayOfWeekJson),
            ValidityHours = JsonText.From(campaign.ValidityHoursJson),
        };
    }
}
