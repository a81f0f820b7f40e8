using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Promotions;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Resources.Validations;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Redemptions;

/// <summary>
/// The answer to a redemption, complete but for the counters' new values. It reads nothing more: an answer that is
/// remembered under an idempotency key is made inside the commit.
/// </summary>
internal sealed class RedemptionAnswer
{
    private readonly UseVerdict _verdict;
    private readonly RedemptionIntent _intent;
    private readonly VoucherSurroundings _surroundings;
    private readonly LockView _view;
    private readonly string _requestId;

    internal RedemptionAnswer(ApiCall call, UseVerdict verdict, RedemptionIntent intent)
    {
        (_verdict, _intent, _requestId) = (verdict, intent, RequestId.Of(call.Http));
        _surroundings = VoucherSurroundings.Of(call.Project, verdict.Run.Resolved, []);
        _view = new LockView(verdict.Own.FirstOrDefault()?.SessionKey, call.Now);
    }

    internal Redeem.Response Of(IReadOnlyList<long> values)
    {
        var run = _verdict.Run;
        IReadOnlyList<RedeemableWire> Having(RedeemableStatus status) =>
            [.. run.Evaluation.Results.Where(r => r.Status == status).Select(r => RedeemableWire.From(run, r, _requestId))];
        return new Redeem.Response
        {
            Redemptions = [.. _intent.Redemptions.Select((row, i) => Wire(row, _intent.Applied[i], values))],
            ParentRedemption = _intent.Parent is { } parent ? RedemptionResponse.From(parent, null, _intent.Customer) : null,
            Order = _intent.Order is { } order ? OrderResponse.From(order) : null,
            SkippedRedeemables = Having(RedeemableStatus.Skipped),
            InapplicableRedeemables = Having(RedeemableStatus.Inapplicable),
        };
    }

    private RedemptionResponse Wire(Redemption row, RedeemableResult result, IReadOnlyList<long> values)
    {
        var resolved = _verdict.Run.Of(result);
        var state = resolved.Voucher;
        if (state is not null) state = _view.Cleared(state);
        for (var i = 0; i < _intent.Changes.Count; i++)
            if (state is not null && _intent.Changes[i].Owner == state.Voucher.Id) state = state.With(_intent.Changes[i].Kind, values[i]);
        return RedemptionResponse.From(row, state is null ? null : VoucherResponse.From(state, null, _surroundings), _intent.Customer, PromotionTierResponse.Of(resolved));
    }
}
