using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Management;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.ValidationRules;
using Vouchsafe.Api.Resources.Validations;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Rules;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Qualifications;

/// <summary>POST /v1/qualifications. Nothing is cached: what was changed a moment ago counts.</summary>
internal static class CheckEligibility
{
    private const int DefaultLimit = 5;

    /// <summary>The answer.</summary>
    internal sealed record Answer
    {
        public required Dictionary<string, object> Redeemables { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? TrackingId { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public OrderResponse? Order { get; init; }
        /// <summary>What was looked at and does not hold, newest first; only where explanations are asked for.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<RedeemableWire>? InapplicableRedeemables { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public StackingRulesWire? StackingRules { get; init; }
    }

    internal static async Task<IResult> Handle(ApiCall call, Database database, Evaluator evaluator, StackingRulesCache stacking)
    {
        if ((await call.ReadBodyAsync<QualificationRequest>()).Failed(out var error, out var request)) return error;
        return (await RunAsync(call, request, database, evaluator, stacking)).Failed(out error, out var answer) ? error : Json.Ok(answer);
    }

    /// <summary>Looks for what holds; the same for every channel.</summary>
    internal static async ValueTask<Result<Answer>> RunAsync(
        ApiCall call, QualificationRequest request, Database database, Evaluator evaluator, StackingRulesCache stacking)
    {
        if (request.Problem() is { } problem) return problem;
        if (request.Explains && call.Caller.Channel != Channel.Private) return UseErrors.ExplainedPrivately;
        if (QualificationFilters.Parse(request.Options?.Filters).Failed(out var error, out var filters)) return error;
        if ((await database.StoredAsync(call, request.Order)).Failed(out error, out var stored)) return error;
        var buyer = await Buyer.FindAsync(database, call.Project, request.Customer ?? request.Order?.Buyer, request.TrackingId, call.Now, call.Aborted);
        var order = OrderReading.ToEngine(request.Order, stored);
        var reach = ReachOf(request.ScenarioName);
        var query = new EvaluationQuery
        {
            // Cards want an order to pay for; where the cart does not matter, an empty one will do.
            Order = order ?? (reach == RuleReach.AudienceOnly ? new OrderSnapshot { Amount = 0 } : null),
            Buyer = buyer,
            Metadata = OrderItemPayload.Parse(request.Metadata),
            Reach = reach,
            Asker = Asker.Of(call),
            Explain = request.Explains,
        };
        var limit = (int)(request.Options?.Limit ?? DefaultLimit);
        List<EvaluationRun> refused = [];
        var (entries, goOn) = request.ScenarioName == "PROMOTION_STACKS"
            ? await StackQualification.RunAsync(database.Context, evaluator, call, query, limit, request.Options?.StartingAfter)
            : await EntriesAsync(call, request, database.Context, evaluator, filters, query, limit, refused);
        var requestId = RequestId.Of(call.Http);
        return new Answer
        {
            Redeemables = List([.. Sorted(entries, request.Options?.SortingRule).Select(e => Shown(e, request, order is not null))], goOn),
            TrackingId = buyer?.Described.SourceId is { } sourceId ? TrackingIds.Code(call.Project, sourceId) : null,
            Order = order is not null && OrderPricing.Price(order).Order is { } priced
                ? OrderResponse.From(priced, request.Order?.Metadata, buyer?.Stored?.Id, null)
                : null,
            InapplicableRedeemables = request.Explains ? [.. refused.Select(run => RedeemableWire.From(run, run.Evaluation.Results[0], requestId))] : null,
            StackingRules = StackingRulesWire.From(await stacking.OfAsync(call.Project.Id)),
        };
    }

    private static RuleReach ReachOf(string scenario) => scenario switch
    {
        "AUDIENCE_ONLY" => RuleReach.AudienceOnly,
        "PRODUCTS" or "PRODUCTS_BY_CUSTOMER" or "PRODUCTS_DISCOUNT" or "PRODUCTS_DISCOUNT_BY_CUSTOMER" => RuleReach.NoCountersNorBundles,
        _ => RuleReach.NoCounters,
    };

    private static async ValueTask<(IReadOnlyList<ApplicableResponse> Entries, DateTimeOffset? GoOnBefore)> EntriesAsync(
        ApiCall call, QualificationRequest request, VouchsafeDbContext db, Evaluator evaluator, QualificationFilters filters, EvaluationQuery query, int limit,
        List<EvaluationRun> refused)
    {
        var scan = new QualificationScan(db, evaluator, call.Project, request.ScenarioName, call.Now, call.Aborted);
        var found = await scan.RunAsync(filters, query, limit, request.Options?.StartingAfter);
        refused.AddRange(scan.Refused);
        return ([.. found.Runs.Select(run => scan.IsCampaign(run) ? OfCampaign(run, query.Buyer) : Entry(run, query.Buyer, request.Session is not null))], found.GoOnBefore);
    }

    // A campaign is shown by itself: the code that stood for it is none that anybody has.
    private static ApplicableResponse OfCampaign(EvaluationRun run, Buyer? buyer)
    {
        var campaign = run.Resolved[0].Campaign!;
        return Entry(run, buyer, showsLocks: false) with
        {
            Id = campaign.Id, Object = "campaign", CreatedAt = campaign.CreatedAt, Name = campaign.Name, CampaignId = null, CampaignName = null,
            Metadata = new JsonText(campaign.MetadataJson),
        };
    }

    private static ApplicableResponse Entry(EvaluationRun run, Buyer? buyer, bool showsLocks)
    {
        var resolved = run.Resolved[0];
        return ApplicableResponse.From(run, run.Evaluation.Results[0], buyer, showsLocks) with
        {
            CreatedAt = resolved.CreatedAt,
            Name = resolved.Tier?.Name,
            Banner = resolved.Tier?.Banner,
            CampaignId = resolved.Campaign?.Id,
            CampaignName = resolved.Campaign?.Name,
            ValidationRulesAssignments = AssignmentResponse.List(resolved.Assignments),
        };
    }

    // What was not asked to be expanded is left out; the id, the result and the order always stay.
    private static ApplicableResponse Shown(ApplicableResponse entry, QualificationRequest request, bool withOrder) => entry with
    {
        Order = withOrder ? entry.Order : null,
        Name = request.Expands("redeemable") ? entry.Name : null,
        Banner = request.Expands("redeemable") ? entry.Banner : null,
        CampaignId = request.Expands("redeemable") ? entry.CampaignId : null,
        CampaignName = request.Expands("redeemable") ? entry.CampaignName : null,
        Categories = request.Expands("category") ? entry.Categories : null,
        ValidationRulesAssignments = request.Expands("validation_rules") ? entry.ValidationRulesAssignments : null,
    };

    private static IEnumerable<ApplicableResponse> Sorted(IReadOnlyList<ApplicableResponse> entries, string? rule) => rule switch
    {
        "BEST_DEAL" => entries.OrderByDescending(e => e.Order?.TotalAppliedDiscountAmount ?? 0),
        "LEAST_DEAL" => entries.OrderBy(e => e.Order?.TotalAppliedDiscountAmount ?? 0),
        _ => entries,
    };

    private static Dictionary<string, object> List(IReadOnlyList<ApplicableResponse> entries, DateTimeOffset? goOn)
    {
        var list = WireList.Of("data", entries, entries.Count);
        list["has_more"] = goOn is not null;
        if (goOn is { } cursor) list["more_starting_after"] = cursor;
        return list;
    }
}
