using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Loyalties;

/// <summary>/v1/loyalties: campaigns of the one kind, under a name of their own.</summary>
internal static class Programs
{
    internal static Task<IResult> List(ApiCall call, VouchsafeDbContext db) =>
        ListCampaigns.RunAsync(call, db, static campaigns => campaigns.Where(c => c.CampaignType == CampaignType.LoyaltyProgram));

    internal static async Task<IResult> Create(ApiCall call, VouchsafeDbContext db, ActionQueue queue) =>
        (await call.ReadBodyAsync<CreateCampaign.Request>()).Failed(out var error, out var request)
            ? error
            : await CreateCampaign.RunAsync(call, request with { CampaignType = "LOYALTY_PROGRAM" }, db, queue);

    internal static async Task<IResult> Get(ApiCall call, string campaignId, VouchsafeDbContext db) =>
        (await db.ProgramAsync(call, campaignId)).Failed(out var error, out var program)
            ? error
            : Json.Ok((await CampaignResponse.LoadAsync(db, call.Project, [program], brief: false, call.Aborted))[0]);

    internal static async Task<IResult> Transactions(ApiCall call, string campaignId, VouchsafeDbContext db) =>
        (await db.ProgramAsync(call, campaignId)).Failed(out var error, out var program) ? error : await ListCampaignTransactions.Handle(call, program.Id, db);
}
