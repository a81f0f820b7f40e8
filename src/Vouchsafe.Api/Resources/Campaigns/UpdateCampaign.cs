using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Resources.AsyncActions;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary>PUT /v1/campaigns/{id}: changes what the body names; codes that nobody has yet follow in the background.</summary>
internal static class UpdateCampaign
{
    internal static async Task<IResult> Handle(ApiCall call, string campaignId, VouchsafeDbContext db, ActionQueue queue)
    {
        if ((await call.ReadBodyAsync<CampaignPayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem() is { } problem) return problem;
        if (await db.Campaigns.ByIdOrNameAsync(call.Project, campaignId, call.Aborted) is not { } campaign) return CampaignErrors.NotFound(campaignId);
        if (payload.CategoryId.IsPresent || payload.Category is not null)
        {
            if ((await db.Categories.ResolveAsync(call.Project, payload.CategoryId.Value, payload.Category, call.Aborted)).Failed(out error, out var categoryId)) return error;
            campaign.CategoryId = categoryId;
        }

        if (payload.Apply(campaign) is { } fault) return fault;
        if (payload.Type is "AUTO_UPDATE" or "STATIC" && WireNames.TryParse<CampaignMode>(payload.Type, out var mode)) campaign.Mode = mode;
        campaign.UpdatedAt = call.Now;
        var follows = payload.ReachesCodes && campaign.VoucherJson is not null;
        if (follows)
        {
            if (campaign.Generation == GenerationStatus.Done) campaign.Generation = GenerationStatus.Modifying;
            db.AsyncActions.Add(CampaignActions.Update(campaign, call.Now));
        }

        await db.SaveChangesAsync(call.Aborted);
        if (follows) queue.Wake();
        return Json.Ok((await CampaignResponse.LoadAsync(db, call.Project, [campaign], brief: false, call.Aborted))[0]);
    }
}

/// <summary>POST /v1/campaigns/{id}/enable and /disable.</summary>
internal static class SwitchCampaign
{
    internal static Task<IResult> Enable(ApiCall call, string campaignId, VouchsafeDbContext db) => Switch(call, campaignId, true, db);

    internal static Task<IResult> Disable(ApiCall call, string campaignId, VouchsafeDbContext db) => Switch(call, campaignId, false, db);

    private static async Task<IResult> Switch(ApiCall call, string campaignId, bool active, VouchsafeDbContext db)
    {
        if (await db.Campaigns.ByIdOrNameAsync(call.Project, campaignId, call.Aborted) is not { } campaign) return CampaignErrors.NotFound(campaignId);
        (campaign.Active, campaign.UpdatedAt) = (active, call.Now);
        await db.SaveChangesAsync(call.Aborted);
        return Json.Ok(JsonText.EmptyObject);
    }
}

/// <summary>DELETE /v1/campaigns/{id}: gone at once; its codes follow in the background.</summary>
internal static class DeleteCampaign
{
    internal static async Task<IResult> Handle(ApiCall call, string campaignId, VouchsafeDbContext db, ActionQueue queue)
    {
        if (call.Query.Flag("force").Failed(out var error, out var force)) return error;
        if (await db.Campaigns.ByIdOrNameAsync(call.Project, campaignId, call.Aborted) is not { } campaign) return CampaignErrors.NotFound(campaignId);
        // Even one that goes for good stays as a row until its codes are gone, so that none of them works meanwhile.
        (campaign.DeletedAt, campaign.Active) = (call.Now, false);
        if (force is not true) db.TrashEntries.Add(Products.Bin.Entry(call, "campaign", campaign.Id, campaign.Name, null));
        var action = CampaignActions.Delete(campaign, force is true, call.Now);
        db.AsyncActions.Add(action);
        await db.SaveChangesAsync(call.Aborted);
        queue.Wake();
        return AsyncActionAnswer.Accepted(action);
    }
}
