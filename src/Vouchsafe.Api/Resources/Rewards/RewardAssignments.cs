using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Resources.Loyalties;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Rewards;

/// <summary>An assignment as requests write one: the program, and the price where the reward has no rate of exchange.</summary>
internal sealed record RewardAssignmentPayload(string? Campaign, RewardAssignmentPayload.ParameterInfo? Parameters)
{
    internal sealed record ParameterInfo(ParameterInfo.LoyaltyInfo? Loyalty)
    {
        internal sealed record LoyaltyInfo(long? Points, bool? AutoRedeem);
    }

    /// <summary>The price; null for a reward that has a rate.</summary>
    internal Result<long?> ReadPoints(Reward reward)
    {
        if (Parameters?.Loyalty?.AutoRedeem is true) return CommonErrors.InvalidPayload("parameters.loyalty.auto_redeem is not supported by this version.");
        if (reward.Type == RewardType.Coin) return (long?)null;
        if (Parameters?.Loyalty is not { } loyalty) return RewardErrors.Missing("parameters.loyalty");
        if (loyalty.Points is not { } points) return RewardErrors.Missing("parameters.loyalty.points");
        return Check.Range(points, "parameters.loyalty.points", 1) is { } problem ? problem : points;
    }
}

/// <summary>POST /v1/rewards/{rewardId}/assignments.</summary>
internal static class CreateRewardAssignment
{
    internal static async Task<IResult> Handle(ApiCall call, string rewardId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<RewardAssignmentPayload>()).Failed(out var error, out var payload)) return error;
        if (await db.RewardAsync(call.Project, rewardId, call.Aborted) is not { } reward) return RewardErrors.NotFound(rewardId);
        if (string.IsNullOrEmpty(payload.Campaign)) return CampaignErrors.NotFound("null");
        if ((await db.ProgramAsync(call, payload.Campaign)).Failed(out error, out var campaign)) return error;
        if (payload.ReadPoints(reward).Failed(out error, out var points)) return error;
        if (await ExistingAsync(call, db, reward, campaign) is { } existing) return RewardErrors.Duplicate(existing);
        var assignment = New(call, reward, campaign, points);
        db.RewardAssignments.Add(assignment);
        return await Store.SaveAsync(db, call, () => RewardErrors.Duplicate(reward.Id)) ?? Json.Ok(RewardAssignmentResponse.From(assignment));
    }

    internal static RewardAssignment New(ApiCall call, Reward reward, Campaign campaign, long? points) => new()
    {
        Id = Ids.New(IdPrefix.RewardAssignment, call.Now),
        ProjectId = call.Project.Id,
        RewardId = reward.Id,
        CampaignId = campaign.Id,
        Points = points,
        CreatedAt = call.Now,
    };

    private static Task<string?> ExistingAsync(ApiCall call, VouchsafeDbContext db, Reward reward, Campaign campaign) =>
        db.RewardAssignments.Where(a => a.RewardId == reward.Id && a.CampaignId == campaign.Id).Select(a => a.Id).FirstOrDefaultAsync(call.Aborted);
}

/// <summary>GET /v1/rewards/{rewardId}/assignments and /{assignmentId}.</summary>
internal static class ReadRewardAssignments
{
    internal static async Task<IResult> List(ApiCall call, string rewardId, VouchsafeDbContext db)
    {
        if (Listing.Read(call.Query).Failed(out var error, out var listing)) return error;
        if (await db.RewardAsync(call.Project, rewardId, call.Aborted) is null) return RewardErrors.NotFound(rewardId);
        var (rows, total) = await listing.RunAsync(db.RewardAssignments.AsNoTracking().Where(a => a.RewardId == rewardId), call.Aborted);
        return WireList.Ok<RewardAssignmentResponse>("data", [.. rows.Select(RewardAssignmentResponse.From)], total);
    }

    internal static async Task<IResult> Get(ApiCall call, string rewardId, string assignmentId, VouchsafeDbContext db) =>
        await FindAsync(call, rewardId, assignmentId, db) is { } assignment ? Json.Ok(RewardAssignmentResponse.From(assignment)) : RewardErrors.AssignmentNotFound(assignmentId);

    internal static Task<RewardAssignment?> FindAsync(ApiCall call, string rewardId, string assignmentId, VouchsafeDbContext db) =>
        db.RewardAssignments.FirstOrDefaultAsync(a => a.ProjectId == call.Project.Id && a.RewardId == rewardId && a.Id == assignmentId, call.Aborted);
}

/// <summary>PUT and DELETE /v1/rewards/{rewardId}/assignments/{assignmentId}.</summary>
internal static class ChangeRewardAssignment
{
    internal static async Task<IResult> Update(ApiCall call, string rewardId, string assignmentId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<RewardAssignmentPayload>()).Failed(out var error, out var payload)) return error;
        if (await db.RewardAsync(call.Project, rewardId, call.Aborted) is not { } reward) return RewardErrors.NotFound(rewardId);
        if (await ReadRewardAssignments.FindAsync(call, rewardId, assignmentId, db) is not { } assignment) return RewardErrors.AssignmentNotFound(assignmentId);
        if (payload.ReadPoints(reward).Failed(out error, out var points)) return error;
        (assignment.Points, assignment.UpdatedAt) = (points, call.Now);
        await db.SaveChangesAsync(call.Aborted);
        return Json.Ok(RewardAssignmentResponse.From(assignment));
    }

    internal static async Task<IResult> Delete(ApiCall call, string rewardId, string assignmentId, VouchsafeDbContext db)
    {
        if (await ReadRewardAssignments.FindAsync(call, rewardId, assignmentId, db) is not { } assignment) return RewardErrors.AssignmentNotFound(assignmentId);
        db.RewardAssignments.Remove(assignment);
        await db.SaveChangesAsync(call.Aborted);
        return Results.NoContent();
    }
}
