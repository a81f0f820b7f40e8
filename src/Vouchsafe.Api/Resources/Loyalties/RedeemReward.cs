using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.Redemptions;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Resources.Loyalties;

/// <summary>POST .../members/{memberId}/redemption: the card's holder spends points on a reward. It is a redemption like any other.</summary>
internal static class RedeemReward
{
    internal sealed record Request(RedeemableReference.RewardInfo? Reward, OrderPayload? Order, JsonText? Metadata);

    internal static Task<IResult> HandleOf(ApiCall call, string campaignId, string memberId, Database database, ValidationSessions sessions, Ledger ledger) =>
        RunAsync(call, campaignId, memberId, database, sessions, ledger);

    internal static Task<IResult> Handle(ApiCall call, string memberId, Database database, ValidationSessions sessions, Ledger ledger) =>
        RunAsync(call, null, memberId, database, sessions, ledger);

    private static async Task<IResult> RunAsync(ApiCall call, string? campaignId, string memberId, Database database, ValidationSessions sessions, Ledger ledger)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        if ((await database.Context.CardAsync(call, campaignId, memberId)).Failed(out error, out var card)) return error;
        database.Context.ChangeTracker.Clear();
        var use = new UseRequest
        {
            Redeemables = [new RedeemableReference { Object = RedeemableReference.Voucher, Id = card.Code, Reward = request.Reward }],
            Customer = card.HolderId is { } holder ? new CustomerPayload { Id = holder } : null,
            Order = request.Order,
            Metadata = request.Metadata,
        };
        return (await Redeem.RunAsync(call, use, database, sessions, ledger, static r => r.Redemptions[0])).Failed(out error, out var response)
            ? error
            : Json.Ok(response);
    }
}
