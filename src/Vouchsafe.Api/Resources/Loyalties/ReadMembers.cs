using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Loyalties;

/// <summary>GET /v1/loyalties/{campaignId}/members, /{memberId} and its transactions; also without the program.</summary>
internal static class ReadMembers
{
    internal static async Task<IResult> List(ApiCall call, string campaignId, VouchsafeDbContext db) =>
        (await db.ProgramAsync(call, campaignId)).Failed(out var error, out var campaign)
            ? error
            : await ListVouchers.RunAsync(call, db, cards => cards.Where(v => v.CampaignId == campaign.Id));

    internal static Task<IResult> GetOf(ApiCall call, string campaignId, string memberId, VouchsafeDbContext db) => FindAsync(call, campaignId, memberId, db);

    internal static Task<IResult> Get(ApiCall call, string memberId, VouchsafeDbContext db) => FindAsync(call, null, memberId, db);

    internal static Task<IResult> TransactionsOf(ApiCall call, string campaignId, string memberId, VouchsafeDbContext db) => TransactionsAsync(call, campaignId, memberId, db);

    internal static Task<IResult> Transactions(ApiCall call, string memberId, VouchsafeDbContext db) => TransactionsAsync(call, null, memberId, db);

    private static async Task<IResult> FindAsync(ApiCall call, string? campaignId, string memberId, VouchsafeDbContext db) =>
        (await db.CardAsync(call, campaignId, memberId)).Failed(out var error, out var card)
            ? error
            : Json.Ok(await VoucherResponse.LoadAsync(db, call.Project, (await VoucherState.LoadAsync(db, [card], call.Aborted))[0], call.Aborted));

    private static async Task<IResult> TransactionsAsync(ApiCall call, string? campaignId, string memberId, VouchsafeDbContext db) =>
        (await db.CardAsync(call, campaignId, memberId)).Failed(out var error, out var card) ? error : await ListVoucherTransactions.OfAsync(call, card, db);
}
