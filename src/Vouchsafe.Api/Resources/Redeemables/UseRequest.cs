using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Redeemables;

/// <summary>The body of a validation or redemption: what is to be used, on which order, by whom.</summary>
internal sealed record UseRequest
{
    private const int MaxRedeemables = 30;

    public IReadOnlyList<RedeemableReference>? Redeemables { get; init; }
    public OrderPayload? Order { get; init; }
    public CustomerPayload? Customer { get; init; }
    public string? TrackingId { get; init; }
    public JsonText? Metadata { get; init; }
    public SessionPayload? Session { get; init; }
    public RedeemableReference.GiftInfo? Gift { get; init; }
    public RedeemableReference.RewardInfo? Reward { get; init; }

    /// <summary>What a verdict shows; without it, what <see cref="Expands"/> says.</summary>
    public OptionsPayload? Options { get; init; }

    internal sealed record OptionsPayload(IReadOnlyList<string>? Expand);

    /// <summary>Whether each redeemable shows a part of its answer. Without options the order is shown and the rest is not.</summary>
    internal bool Expands(string part) => Options?.Expand is { } parts ? parts.Contains(part) : part == "order";

    /// <summary>Whether the reasons of the verdict are asked for.</summary>
    internal bool Explains => Expands(Explanation);

    internal const string Explanation = "explanation";

    /// <summary>What is wrong with it; null: nothing.</summary>
    internal ApiError? Problem()
    {
        if (Redeemables is not { Count: > 0 }) return CommonErrors.InvalidPayload("redeemables must list at least one redeemable.");
        if (Redeemables.Count > MaxRedeemables) return CommonErrors.InvalidPayload($"redeemables may list {MaxRedeemables} redeemables at most.");
        for (var i = 0; i < Redeemables.Count; i++)
        {
            if (Redeemables[i] is null) return CommonErrors.InvalidPayload($"redeemables[{i}] must be an object.");
            if (Redeemables[i].Problem($"redeemables[{i}]") is { } problem) return problem;
        }
        return Session?.Problem() ?? Order?.Problem("order.") ?? Customer?.Problem("customer.") ?? Check.Text(TrackingId, "tracking_id") ?? Check.Object(Metadata, "metadata")
            ?? Check.Range(Gift?.Credits, "gift.credits", 1)
            ?? Options?.Expand?.Select(part => Check.OneOf(part, "options.expand", "order", "redemption", "redeemable", "category", "validation_rules", Explanation)).FirstOrDefault(e => e is not null);
    }

    /// <summary>What the caller's channel may not ask; null: nothing.</summary>
    internal ApiError? Forbidden(ApiCall call) => Explains && call.Caller.Channel != Pipeline.Channel.Private ? UseErrors.ExplainedPrivately : null;

    /// <summary>The customer, wherever the request names one.</summary>
    internal CustomerPayload? Named => Customer ?? Order?.Buyer;

    /// <summary>Whether it combines incentives.</summary>
    internal bool IsStacked => Redeemables!.Count > 1 || Redeemables[0].Object == RedeemableReference.PromotionStack;

    /// <summary>The same request for one code, as the older paths write it.</summary>
    internal UseRequest For(string code) => this with
    {
        Redeemables = [new RedeemableReference { Object = RedeemableReference.Voucher, Id = code, Gift = Gift, Reward = Reward }],
    };
}

/// <summary>A request with its verdict.</summary>
/// <param name="Run">The engine's verdict.</param>
/// <param name="Stored">The stored order that the request speaks of.</param>
/// <param name="Buyer">Who uses it; null: nobody is named.</param>
/// <param name="Own">What the asking session holds.</param>
internal sealed record UseVerdict(EvaluationRun Run, Order? Stored, Buyer? Buyer, IReadOnlyList<ValidationLock> Own)
{
    /// <summary>The session that is set up with it.</summary>
    internal SessionWire? Session { get; init; }

    /// <summary>Whether rules had a say, which may count per customer.</summary>
    internal bool HasRules => Run.Resolved.Any(r => r.Redeemable.Rules.Count > 0);

    /// <summary>Locks of other sessions on its vouchers whose time is over, still to be taken back.</summary>
    internal IReadOnlyList<ValidationLock> Overdue(DateTimeOffset now) =>
        [.. Run.Resolved.SelectMany(r => r.Voucher?.Locks ?? []).Where(l => l.IsOver(now) && Own.All(own => own.LockId != l.LockId))];

    /// <summary>Judges a request that was found well formed.</summary>
    internal static async ValueTask<Result<UseVerdict>> OfAsync(
        ApiCall call, UseRequest request, Database database, Evaluator evaluator, IReadOnlyList<ValidationLock> own, Customer? newcomer)
    {
        if (request.IsStacked && RequestFacts.Of(call.Http).Admission?.Key?.Role is { } role && !role.PermitsStacking()) return AccessErrors.RoleForbidsStacking(role);
        if ((await database.StoredAsync(call, request.Order)).Failed(out var error, out var stored)) return error;
        var buyer = newcomer is not null
            ? new Buyer(newcomer, newcomer)
            : await Buyer.FindAsync(database, call.Project, request.Named, request.TrackingId, call.Now, call.Aborted);
        var run = await evaluator.RunAsync(call.Project, request.Redeemables!, new EvaluationQuery
        {
            Order = OrderReading.ToEngine(request.Order, stored),
            Buyer = buyer,
            Metadata = OrderItemPayload.Parse(request.Metadata),
            Asker = Asker.Of(call),
            SessionKey = request.Session?.KeyOrNull,
            Own = own,
            Explain = request.Explains,
        }, call.Now, call.Aborted);
        return run.Evaluation.Refused is { } reason ? UseErrors.Of(reason) : new UseVerdict(run, stored, buyer, own);
    }
}

/// <summary>Refusals of validations and redemptions.</summary>
internal static class UseErrors
{
    /// <summary>The engine's reason as an error of the API.</summary>
    internal static ApiError Of(Reason reason) => new(reason.Code, reason.Key, reason.Message, reason.Details, reason.ResourceId, reason.ResourceType)
    {
        CustomMessage = reason.CustomMessage,
    };

    /// <summary>A page that anybody may open is not told what the shop's rules want.</summary>
    internal static readonly ApiError ExplainedPrivately = CommonErrors.InvalidPayload("options.expand: explanation is given on the private channel only.");

    internal static ApiError QuantityExceeded(string code) => new(400, "quantity_exceeded", "quantity exceeded", code);

    internal static ApiError GiftAmountExceeded(string code) => new(400, "gift_amount_exceeded", "gift amount exceeded", code);

    internal static ApiError LoyaltyCardPointsExceeded(string code) => Of(Reasons.LoyaltyCardPointsExceeded(code));

    internal static readonly ApiError MissingCustomer = Of(Reasons.MissingCustomer());

    internal static ApiError RulesViolated(string code) => new(400, "redemption_rules_violated", "redemption does not match validation rules", code);

    internal static readonly ApiError MultipleRequests = new(
        400, "multiple_requests", "Multiple requests", "Other requests keep changing this session. Send the request again.");

    internal static ApiError RedemptionNotFound(string id) => CommonErrors.NotFound("redemption", id);

    internal static ApiError AlreadyRolledBack(string id) => new(400, "already_rolled_back", "Already rolled back", $"Redemption {id} was rolled back before.", id, "redemption");

    internal static ApiError TooOldToRollBack(string id, int months) => new(
        400, "invalid_rollback_params", "Invalid rollback params", $"Redemption {id} is older than {months} months.", id, "redemption");

    internal static readonly ApiError InvalidParent = new(
        400, "invalid_redemption_parent", "Invalid redemption parent", "You can rollback only a redemption that does not have parent redemption.");

    internal static readonly ApiError ParentNeedsRollbacks = new(
        400, "invalid_redemption_parent", "Invalid redemption parent", "A redemption of several redeemables is rolled back through /rollbacks.");

    internal static readonly ApiError ForeignCustomer = new(400, "invalid_customer", "Invalid customer", "Customer is not related with redemption.");
}
