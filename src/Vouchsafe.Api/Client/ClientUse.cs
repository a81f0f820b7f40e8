using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline.Limits;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.Redemptions;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Resources.Validations;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Client;

/// <summary>
/// Validating and redeeming from a page: the functions of the private channel behind the query forms of the browser
/// clients. A wrong code counts against the address's budget of guesses.
/// </summary>
internal static class ClientUse
{
    private const string NotFoundKey = "not_found";

    /// <summary>GET /client/v1/validate, one code in the query.</summary>
    internal static async Task<IResult> Validate(ApiCall call, ValidationSessions sessions)
    {
        if (GuessBudget.Check(call.Http) is { } usedUp) return usedUp;
        if (ReadQuery(call.Http.Request.QueryString.Value).Failed(out var error, out var request)) return error;
        return (await ValidateVoucher.RunAsync(call, request, sessions)).Failed(out error, out var response)
            ? Missed(call, error)
            : Json.Ok(response);
    }

    /// <summary>The query of a validation as the body that the private channel takes.</summary>
    internal static Result<UseRequest> ReadQuery(string? text)
    {
        if (PlainQuery.TryRead(text, out var plain)) return plain;
        if (ContextQuery.Read(text).Failed(out var error, out var query)) return error;
        if (query.Code is not { } code) return CommonErrors.InvalidQuery("code is required.");
        return query.As<UseRequest>().Failed(out error, out var request) ? error : request.For(code);
    }

    /// <summary>POST /client/v1/validations.</summary>
    internal static async Task<IResult> ValidateStacked(ApiCall call, ValidationSessions sessions)
    {
        if (GuessBudget.Check(call.Http) is { } usedUp) return usedUp;
        if ((await call.ReadBodyAsync<UseRequest>()).Failed(out var error, out var request)) return error;
        if ((await ValidateStack.RunAsync(call, request, sessions)).Failed(out error, out var response)) return Missed(call, error);
        // Not among Redeemables: in partial mode that list holds only the right codes that wrong ones were sent with.
        foreach (var redeemable in response.InapplicableRedeemables ?? [])
            if (redeemable.Result.Error?.Key == NotFoundKey && GuessBudget.Miss(call.Http) is { } refused) return refused;
        return Json.Ok(response);
    }

    /// <summary>POST /client/v1/redeem?code=, one code.</summary>
    internal static async Task<IResult> Redeem(ApiCall call, Database database, ValidationSessions sessions, Ledger ledger)
    {
        if (GuessBudget.Check(call.Http) is { } usedUp) return usedUp;
        if (call.Query.Text("code").Failed(out var error, out var code)) return error;
        if (code is null) return CommonErrors.InvalidQuery("code is required.");
        if ((await call.ReadBodyAsync<UseRequest>()).Failed(out error, out var request)) return error;
        return (await Resources.Redemptions.Redeem.RunAsync(call, request.For(code.Trim()), database, sessions, ledger, static r => r.Redemptions[0])).Failed(out error, out var response)
            ? Missed(call, error)
            : Json.Ok(Shown(response));
    }

    /// <summary>POST /client/v1/redemptions.</summary>
    internal static async Task<IResult> RedeemStacked(ApiCall call, Database database, ValidationSessions sessions, Ledger ledger)
    {
        if (GuessBudget.Check(call.Http) is { } usedUp) return usedUp;
        if ((await call.ReadBodyAsync<UseRequest>()).Failed(out var error, out var request)) return error;
        if ((await Resources.Redemptions.Redeem.RunAsync(call, request, database, sessions, ledger, static r => r)).Failed(out error, out var response))
            return Missed(call, error);
        // What was redeemed has happened and is told; the wrong codes beside it are counted for the next request.
        foreach (var redeemable in response.InapplicableRedeemables ?? [])
            if (redeemable.Result.Error?.Key == NotFoundKey) GuessBudget.Miss(call.Http);
        return Json.Ok(response with
        {
            Redemptions = [.. response.Redemptions.Select(Shown)],
            ParentRedemption = response.ParentRedemption is { } parent ? Shown(parent) : null,
        });
    }

    // Who knows or guesses a source id must not be told what else the shop has stored under it.
    private static RedemptionResponse Shown(RedemptionResponse redemption) => redemption with
    {
        Customer = redemption.Customer is { } customer ? customer with { Name = null, Email = null, Metadata = JsonText.EmptyObject } : null,
        Reward = redemption.Reward is { } reward ? RedeemedReward.ForAPage(reward) : null,
    };

    private static IResult Missed(ApiCall call, ApiError error) => error.Key == NotFoundKey ? GuessBudget.Miss(call.Http) ?? error : error;
}
