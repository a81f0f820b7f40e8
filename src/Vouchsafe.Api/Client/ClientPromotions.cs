using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Resources.Promotions;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.Validations;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Client;

/// <summary>GET /client/v1/promotions/validation and /tiers: what a page may show of promotions.</summary>
internal static class ClientPromotions
{
    internal sealed record Verdict(bool Valid, IReadOnlyList<JudgedTierResponse> Promotions, string TrackingId);

    /// <summary>The private channel's question behind the query form of the browser clients.</summary>
    internal static async Task<IResult> Validate(ApiCall call, Database database, Evaluator evaluator)
    {
        if (ContextQuery.Read(call.Http.Request.QueryString.Value).Failed(out var error, out var query)) return error;
        if (query.As<PromotionQuery>().Failed(out error, out var context)) return error;
        if ((await ValidatePromotions.RunAsync(call, context, database, evaluator)).Failed(out error, out var answer)) return error;
        return Json.Ok(new Verdict(answer.Valid, answer.Promotions, answer.TrackingId ?? ValidateStack.TrackingIdOf(call, null)!));
    }

    /// <summary>Tiers without what they have given so far: that is the shop's own figure.</summary>
    internal static async Task<IResult> ListTiers(ApiCall call, VouchsafeDbContext db) =>
        (await ListPromotionTiers.RunAsync(call, db, withSummary: false)).Failed(out var error, out var list) ? error : Json.Ok(list);
}
