using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Validations;

/// <summary>POST /v1/vouchers/{code}/validate, the older form for one code. An unknown code is a 404; a refused one is <c>valid: false</c>.</summary>
internal static class ValidateVoucher
{
    internal sealed record Response
    {
        public required bool Valid { get; init; }
        public required string Code { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public TargetList? ApplicableTo { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public TargetList? InapplicableTo { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Campaign { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CampaignId { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DiscountWire? Discount { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public GiftInfo? Gift { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public LoyaltyInfo? Loyalty { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public RewardInfo? Reward { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public OrderResponse? Order { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Reason { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ReasonResponse? Error { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? TrackingId { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public SessionWire? Session { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? StartDate { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? ExpirationDate { get; init; }
        public required JsonText Metadata { get; init; }
    }

    internal sealed record GiftInfo(long Amount, long Balance, string Effect, long Credits)
    {
        internal static GiftInfo Of(VoucherState state, long credits)
        {
            var card = VoucherResponse.GiftOf(state);
            return new(card.Amount, card.Balance, card.Effect, credits);
        }
    }

    /// <summary>What the points of a loyalty card come to.</summary>
    internal sealed record LoyaltyInfo(long PointsCost);

    internal sealed record RewardInfo(string Id, string AssignmentId, long Points);

    internal static async Task<IResult> Handle(ApiCall call, string code, ValidationSessions sessions)
    {
        if ((await call.ReadBodyAsync<UseRequest>()).Failed(out var error, out var request)) return error;
        return (await RunAsync(call, request.For(code), sessions)).Failed(out error, out var response) ? error : Json.Ok(response);
    }

    internal static ValueTask<Result<Response>> RunAsync(ApiCall call, UseRequest request, ValidationSessions sessions) =>
        request.Problem() is { } problem ? new(problem) : sessions.ValidateAsync(call, request, verdict => Render(call, request, verdict));

    private static Result<Response> Render(ApiCall call, UseRequest request, UseVerdict verdict)
    {
        var code = request.Redeemables![0].Id!;
        var (run, reason) = (verdict.Run, verdict.Run.Evaluation.FirstReason);
        var resolved = run.Resolved[0];
        if (resolved.Voucher is not { } voucher) return reason is null ? VoucherErrors.NotFound(code) : UseErrors.Of(reason);
        var tracking = ValidateStack.TrackingIdOf(call, verdict.Buyer);
        if (!run.Evaluation.Valid)
            return new Response
            {
                Valid = false, Code = code, Reason = reason!.Message, TrackingId = tracking, Metadata = new JsonText(voucher.Voucher.MetadataJson),
                Error = ReasonResponse.From(reason, RequestId.Of(call.Http)),
            };
        var result = run.Evaluation.Results[0];
        var points = resolved.Reward is null ? null : result.Credits;
        return new Response
        {
            Valid = true,
            Code = voucher.Voucher.Code,
            ApplicableTo = TargetWire.List(result.ApplicableTo),
            InapplicableTo = TargetWire.List(result.InapplicableTo),
            Campaign = resolved.Campaign?.Name,
            CampaignId = resolved.Campaign?.Id,
            Discount = DiscountWire.From(result.Discount),
            Gift = voucher.Voucher.Type == VoucherType.Gift && result.Credits is { } credits ? GiftInfo.Of(voucher, credits) : null,
            Loyalty = points is { } cost ? new LoyaltyInfo(cost) : null,
            Reward = points is { } spent ? new RewardInfo(resolved.Reward!.Id, resolved.RewardAssignment!.Id, spent) : null,
            Order = run.Evaluation.Order is { } order ? OrderResponse.From(order, request.Order?.Metadata, verdict.Buyer?.Stored?.Id, run.ReferrerId) : null,
            TrackingId = tracking,
            Session = verdict.Session,
            StartDate = voucher.Voucher.StartDate,
            ExpirationDate = voucher.Voucher.ExpirationDate,
            Metadata = new JsonText(voucher.Voucher.MetadataJson),
        };
    }
}
