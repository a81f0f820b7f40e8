using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Promotions;

/// <summary>The older way to ask for promotions: all of them, or one tier.</summary>
internal sealed record PromotionQuery
{
    public CustomerPayload? Customer { get; init; }
    public OrderPayload? Order { get; init; }
    public string? TrackingId { get; init; }
    public JsonText? Metadata { get; init; }

    internal ApiError? Problem() =>
        Order?.Problem("order.") ?? Customer?.Problem("customer.") ?? Check.Text(TrackingId, "tracking_id") ?? Check.Object(Metadata, "metadata");

    /// <summary>The question as the evaluator takes it.</summary>
    internal async ValueTask<Result<EvaluationQuery>> ResolveAsync(ApiCall call, Database database)
    {
        if ((await database.StoredAsync(call, Order)).Failed(out var error, out var stored)) return error;
        return new EvaluationQuery
        {
            Order = OrderReading.ToEngine(Order, stored),
            Buyer = await Buyer.FindAsync(database, call.Project, Customer ?? Order?.Buyer, TrackingId, call.Now, call.Aborted),
            Metadata = OrderItemPayload.Parse(Metadata),
            Asker = Asker.Of(call),
        };
    }
}

/// <summary>A tier with its verdict, as the older endpoints show it.</summary>
internal sealed record JudgedTierResponse
{
    public required bool Valid { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Reason { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ReasonResponse? Error { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public TargetList? ApplicableTo { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public TargetList? InapplicableTo { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? TrackingId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public OrderResponse? Order { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Banner { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DiscountWire? Discount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? StartDate { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? ExpirationDate { get; init; }
    public required CampaignInfo Campaign { get; init; }
    public required int Hierarchy { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? DiscountAmount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? AppliedDiscountAmount { get; init; }
    public required JsonText Metadata { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CategoryId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<CategoryResponse>? Categories { get; init; }
    public string Object => "promotion_tier";

    internal sealed record CampaignInfo(string Id, DateTimeOffset? StartDate, DateTimeOffset? ExpirationDate, bool Active)
    {
        public string Object => "campaign";
    }

    internal static JudgedTierResponse From(EvaluationRun run, Buyer? buyer, string? trackingId, string? requestId)
    {
        var (resolved, result) = (run.Resolved[0], run.Evaluation.Results.Count > 0 ? run.Evaluation.Results[0] : null);
        var (tier, campaign) = (resolved.Tier!, resolved.Campaign!);
        var reason = run.Evaluation.Valid ? null : run.Evaluation.FirstReason;
        return new JudgedTierResponse
        {
            Valid = run.Evaluation.Valid,
            Reason = reason?.Message,
            Error = reason is null ? null : ReasonResponse.From(reason, requestId),
            ApplicableTo = reason is null ? TargetWire.List(result!.ApplicableTo) : null,
            InapplicableTo = reason is null ? TargetWire.List(result!.InapplicableTo) : null,
            TrackingId = trackingId,
            Order = run.Evaluation.Order is { } order ? OrderResponse.From(order, OrderText.Metadata(run.Order), buyer?.Stored?.Id, null) : null,
            Id = tier.Id,
            Name = tier.Name,
            Banner = tier.Banner,
            Discount = DiscountWire.From(result?.Discount ?? (resolved.Redeemable.Benefit as Engine.Redeemables.DiscountBenefit)?.Discount),
            StartDate = tier.StartDate,
            ExpirationDate = tier.ExpirationDate,
            Campaign = new(campaign.Id, campaign.StartDate, campaign.ExpirationDate, campaign.Active),
            Hierarchy = tier.Hierarchy,
            DiscountAmount = run.Evaluation.Order?.TotalDiscountAmount,
            AppliedDiscountAmount = run.Evaluation.Order?.TotalAppliedDiscountAmount,
            Metadata = new JsonText(tier.MetadataJson),
            CategoryId = tier.CategoryId,
            Categories = [.. resolved.Categories.Select(CategoryResponse.From)],
        };
    }
}

/// <summary>POST /v1/promotions/validation: every tier that holds for the order, by campaign and rank.</summary>
internal static class ValidatePromotions
{
    /// <summary>Most tiers judged for one answer.</summary>
    private const int MostTiers = 300;

    internal sealed record Answer(
        bool Valid, IReadOnlyList<JudgedTierResponse> Promotions,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TrackingId);

    internal static async Task<IResult> Handle(ApiCall call, Database database, Evaluator evaluator)
    {
        if ((await call.ReadBodyAsync<PromotionQuery>()).Failed(out var error, out var query)) return error;
        return (await RunAsync(call, query, database, evaluator)).Failed(out error, out var answer) ? error : Json.Ok(answer);
    }

    /// <summary>Looks for tiers that hold; the same for every channel.</summary>
    internal static async ValueTask<Result<Answer>> RunAsync(ApiCall call, PromotionQuery query, Database database, Evaluator evaluator)
    {
        if (query.Problem() is { } problem) return problem;
        if ((await query.ResolveAsync(call, database)).Failed(out var error, out var evaluation)) return error;
        var (db, now) = (database.Context, call.Now);
        var tiers = await db.TiersOf(call.Project).AsNoTracking()
            .Where(t => t.Active && (t.ExpirationDate == null || t.ExpirationDate >= now)
                && db.Campaigns.Any(c => c.Id == t.CampaignId && c.Active && (c.ExpirationDate == null || c.ExpirationDate >= now)))
            .OrderByDescending(t => t.CreatedAt).Take(MostTiers).ToListAsync(call.Aborted);
        var runs = await evaluator.RunEachAsync(call.Project, [], [.. tiers.OrderBy(t => t.CampaignId).ThenBy(t => t.Hierarchy)], evaluation, now, call.Aborted);
        var tracking = TrackingIdOf(call.Project, evaluation.Buyer);
        JudgedTierResponse[] valid = [.. runs.Where(r => r.Evaluation.Valid).Select(r => JudgedTierResponse.From(r, evaluation.Buyer, tracking, null))];
        return new Answer(valid.Length > 0, valid, tracking);
    }

    internal static string? TrackingIdOf(ProjectSettings project, Buyer? buyer) =>
        buyer?.Described.SourceId is { } sourceId ? TrackingIds.Code(project, sourceId) : null;
}

/// <summary>POST /v1/promotions/tiers/{id}/validation.</summary>
internal static class ValidatePromotionTier
{
    internal static async Task<IResult> Handle(ApiCall call, string promotionTierId, Database database, Evaluator evaluator)
    {
        if ((await call.ReadBodyAsync<PromotionQuery>()).Failed(out var error, out var query)) return error;
        if (query.Problem() is { } problem) return problem;
        if (await database.Context.FindTierAsync(call.Project, promotionTierId, call.Aborted) is not { } tier) return PromotionErrors.TierNotFound(promotionTierId);
        if ((await query.ResolveAsync(call, database)).Failed(out error, out var evaluation)) return error;
        var runs = await evaluator.RunEachAsync(call.Project, [], [tier], evaluation, call.Now, call.Aborted);
        return Json.Ok(JudgedTierResponse.From(
            runs[0], evaluation.Buyer, ValidatePromotions.TrackingIdOf(call.Project, evaluation.Buyer), RequestId.Of(call.Http)));
    }
}
