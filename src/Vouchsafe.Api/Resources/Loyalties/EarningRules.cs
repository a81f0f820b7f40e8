using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Loyalties;

/// <summary>POST /v1/loyalties/{campaignId}/earning-rules: all of the list, or none.</summary>
internal static class CreateEarningRules
{
    /// <summary>Most rules of one program.</summary>
    private const int MaxRules = 100;

    internal static async Task<IResult> Handle(ApiCall call, string campaignId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<EarningRulePayload[]>()).Failed(out var error, out var payloads)) return error;
        if (payloads.Length == 0) return CommonErrors.InvalidPayload("The list must hold at least one earning rule.");
        if ((await db.ProgramAsync(call, campaignId)).Failed(out error, out var campaign)) return error;
        if (payloads.Length + await db.EarningRules.CountAsync(r => r.CampaignId == campaign.Id, call.Aborted) > MaxRules)
            return CommonErrors.InvalidPayload($"A loyalty program may have {MaxRules} earning rules at most.");
        var rules = new List<EarningRule>();
        for (var i = 0; i < payloads.Length; i++)
        {
            if (payloads[i] is not { } payload) return CommonErrors.InvalidPayload($"[{i}] must be an object.");
            if (payload.Problem($"[{i}].", isNew: true) is { } problem) return problem;
            var rule = new EarningRule
            {
                Id = Ids.New(IdPrefix.EarningRule, call.Now),
                ProjectId = call.Project.Id,
                CampaignId = campaign.Id,
                Event = payload.Event!,
                LoyaltyJson = "{}",
                CreatedAt = call.Now,
            };
            if (payload.Apply(rule, campaign) is { } fault) return fault;
            rules.Add(rule);
        }

        db.EarningRules.AddRange(rules);
        await db.SaveChangesAsync(call.Aborted);
        return Json.Ok(rules.Select(EarningRuleResponse.From).ToList());
    }
}

/// <summary>GET /v1/loyalties/{campaignId}/earning-rules and /{earningRuleId}.</summary>
internal static class ReadEarningRules
{
    internal static async Task<IResult> List(ApiCall call, string campaignId, VouchsafeDbContext db)
    {
        if (Listing.Read(call.Query).Failed(out var error, out var listing)) return error;
        if ((await db.ProgramAsync(call, campaignId)).Failed(out error, out var campaign)) return error;
        var (rows, total) = await listing.RunAsync(db.EarningRules.AsNoTracking().Where(r => r.CampaignId == campaign.Id), call.Aborted);
        return WireList.Ok<EarningRuleResponse>("data", [.. rows.Select(EarningRuleResponse.From)], total);
    }

    internal static async Task<IResult> Get(ApiCall call, string campaignId, string earningRuleId, VouchsafeDbContext db) =>
        (await db.EarningRuleAsync(call, campaignId, earningRuleId)).Failed(out var error, out var found) ? error : Json.Ok(EarningRuleResponse.From(found.Rule));
}

/// <summary>PUT /v1/loyalties/{campaignId}/earning-rules/{earningRuleId}, /enable, /disable and DELETE.</summary>
internal static class ChangeEarningRules
{
    internal static async Task<IResult> Update(ApiCall call, string campaignId, string earningRuleId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<EarningRulePayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem("", isNew: false) is { } problem) return problem;
        if ((await db.EarningRuleAsync(call, campaignId, earningRuleId)).Failed(out error, out var found)) return error;
        if (payload.Apply(found.Rule, found.Campaign) is { } fault) return fault;
        return await SaveAsync(call, found.Rule, db);
    }

    internal static Task<IResult> Enable(ApiCall call, string campaignId, string earningRuleId, VouchsafeDbContext db) => SwitchAsync(call, campaignId, earningRuleId, true, db);

    internal static Task<IResult> Disable(ApiCall call, string campaignId, string earningRuleId, VouchsafeDbContext db) => SwitchAsync(call, campaignId, earningRuleId, false, db);

    internal static async Task<IResult> Delete(ApiCall call, string campaignId, string earningRuleId, VouchsafeDbContext db)
    {
        if ((await db.EarningRuleAsync(call, campaignId, earningRuleId)).Failed(out var error, out var found)) return error;
        db.EarningRules.Remove(found.Rule);
        await db.SaveChangesAsync(call.Aborted);
        return Results.NoContent();
    }

    private static async Task<IResult> SwitchAsync(ApiCall call, string campaignId, string earningRuleId, bool active, VouchsafeDbContext db)
    {
        if ((await db.EarningRuleAsync(call, campaignId, earningRuleId)).Failed(out var error, out var found)) return error;
        found.Rule.Active = active;
        return await SaveAsync(call, found.Rule, db);
    }

    private static async Task<IResult> SaveAsync(ApiCall call, EarningRule rule, VouchsafeDbContext db)
    {
        rule.UpdatedAt = call.Now;
        await db.SaveChangesAsync(call.Aborted);
        return Json.Ok(EarningRuleResponse.From(rule));
    }
}
