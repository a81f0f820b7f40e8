using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Rewards;

/// <summary>Ways to find rewards.</summary>
internal static class RewardQueries
{
    internal static Task<Reward?> RewardAsync(this VouchsafeDbContext db, ProjectSettings project, string id, CancellationToken ct) =>
        db.Rewards.FirstOrDefaultAsync(r => r.ProjectId == project.Id && r.Id == id, ct);
}

/// <summary>POST /v1/rewards.</summary>
internal static class CreateReward
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<RewardPayload>()).Failed(out var error, out var payload)) return error;
        if (string.IsNullOrEmpty(payload.Name)) return RewardErrors.Missing("name");
        if (payload.ReadType().Failed(out error, out var type)) return error;
        if (payload.Parameters is null) return RewardErrors.Missing("parameters");
        if (payload.Problem(type) is { } problem) return problem;
        if ((await payload.ParametersAsync(call, type, db)).Failed(out error, out var parameters)) return error;
        var reward = new Reward
        {
            Id = Ids.New(IdPrefix.Reward, call.Now),
            ProjectId = call.Project.Id,
            Name = payload.Name,
            Type = type,
            ParametersJson = parameters,
            MetadataJson = payload.Metadata.Value?.Text ?? "{}",
            CreatedAt = call.Now,
        };
        db.Rewards.Add(reward);
        await db.SaveChangesAsync(call.Aborted);
        return Json.Ok(RewardResponse.From(reward));
    }
}

/// <summary>GET /v1/rewards and /v1/rewards/{id}.</summary>
internal static class ReadRewards
{
    internal static async Task<IResult> Get(ApiCall call, string rewardId, VouchsafeDbContext db) =>
        await db.RewardAsync(call.Project, rewardId, call.Aborted) is { } reward ? Json.Ok(RewardResponse.From(reward)) : RewardErrors.NotFound(rewardId);

    internal static async Task<IResult> List(ApiCall call, VouchsafeDbContext db)
    {
        if (Listing.Read(call.Query).Failed(out var error, out var listing)) return error;
        if (call.Query.Text("assignment_id").Failed(out error, out var assignmentId)) return error;
        var found = db.Rewards.AsNoTracking().Where(r => r.ProjectId == call.Project.Id);
        if (assignmentId is not null) found = found.Where(r => db.RewardAssignments.Any(a => a.RewardId == r.Id && a.Id == assignmentId));
        var (rows, total) = await listing.RunAsync(found, call.Aborted);
        return WireList.Ok<RewardResponse>("data", [.. rows.Select(RewardResponse.From)], total);
    }
}

/// <summary>PUT and DELETE /v1/rewards/{id}. What was redeemed keeps what it was given.</summary>
internal static class ChangeReward
{
    internal static async Task<IResult> Update(ApiCall call, string rewardId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<RewardPayload>()).Failed(out var error, out var payload)) return error;
        if (await db.RewardAsync(call.Project, rewardId, call.Aborted) is not { } reward) return RewardErrors.NotFound(rewardId);
        if (payload.Problem(reward.Type) is { } problem) return problem;
        if (payload.Parameters is not null)
        {
            if ((await payload.ParametersAsync(call, reward.Type, db)).Failed(out error, out var parameters)) return error;
            reward.ParametersJson = parameters;
        }

        if (!string.IsNullOrEmpty(payload.Name)) reward.Name = payload.Name;
        if (payload.Metadata.IsPresent) reward.MetadataJson = payload.Metadata.Value?.Text ?? "{}";
        reward.UpdatedAt = call.Now;
        await db.SaveChangesAsync(call.Aborted);
        return Json.Ok(RewardResponse.From(reward));
    }

    internal static async Task<IResult> Delete(ApiCall call, string rewardId, VouchsafeDbContext db)
    {
        if (await db.RewardAsync(call.Project, rewardId, call.Aborted) is not { } reward) return RewardErrors.NotFound(rewardId);
        var assigned = await db.RewardAssignments.Where(a => a.RewardId == reward.Id).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(call.Aborted);
        if (assigned.Count > 0) return RewardErrors.InUse(reward.Id, assigned);
        db.Rewards.Remove(reward);
        await db.SaveChangesAsync(call.Aborted);
        return Results.NoContent();
    }
}
