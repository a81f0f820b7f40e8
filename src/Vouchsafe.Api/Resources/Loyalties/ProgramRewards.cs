using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Rewards;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Loyalty;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Loyalties;

/// <summary>POST /v1/loyalties/{campaignId}/rewards: assigns rewards to the program; all of the list, or none.</summary>
internal static class AssignRewards
{
    private const int MaxRewards = 100;

    internal sealed record Request(string? Reward, RewardAssignmentPayload.ParameterInfo? Parameters);

    internal static async Task<IResult> Handle(ApiCall call, string campaignId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<Request[]>()).Failed(out var error, out var requests)) return error;
        if (requests.Length is 0 or > MaxRewards) return CommonErrors.InvalidPayload($"The list must hold 1 to {MaxRewards} rewards.");
        if ((await db.ProgramAsync(call, campaignId)).Failed(out error, out var program)) return error;
        List<RewardAssignment> assignments = [];
        for (var i = 0; i < requests.Length; i++)
        {
            if (requests[i] is not { Reward: { Length: > 0 } rewardId } request) return RewardErrors.Missing($"[{i}].reward");
            if (await db.RewardAsync(call.Project, rewardId, call.Aborted) is not { } reward) return RewardErrors.NotFound(rewardId);
            if (new RewardAssignmentPayload(null, request.Parameters).ReadPoints(reward).Failed(out error, out var points)) return error;
            assignments.Add(CreateRewardAssignment.New(call, reward, program, points));
        }

        List<string> ids = [.. assignments.Select(a => a.RewardId)];
        if (await db.RewardAssignments.Where(a => a.CampaignId == program.Id && ids.Contains(a.RewardId)).Select(a => a.Id).FirstOrDefaultAsync(call.Aborted) is { } existing)
            return RewardErrors.Duplicate(existing);
        db.RewardAssignments.AddRange(assignments);
        return await Store.SaveAsync(db, call, () => RewardErrors.Duplicate(assignments[0].Id)) ?? Json.Ok(assignments.Select(RewardAssignmentResponse.From).ToList());
    }
}

/// <summary>The assignments of a program, by either of the two names of the path, and what they assign.</summary>
internal static class ReadProgramRewards
{
    internal static async Task<IResult> List(ApiCall call, string campaignId, VouchsafeDbContext db)
    {
        if (Listing.Read(call.Query).Failed(out var error, out var listing)) return error;
        if (call.Query.Text("assignment_id").Failed(out error, out var assignmentId)) return error;
        if ((await db.ProgramAsync(call, campaignId)).Failed(out error, out var program)) return error;
        var found = db.RewardAssignments.AsNoTracking().Where(a => a.CampaignId == program.Id && (assignmentId == null || a.Id == assignmentId));
        var (rows, total) = await listing.RunAsync(found, call.Aborted);
        return WireList.Ok<RewardAssignmentResponse>("data", [.. rows.Select(RewardAssignmentResponse.From)], total);
    }

    internal static async Task<IResult> Get(ApiCall call, string campaignId, string assignmentId, VouchsafeDbContext db) =>
        (await FindAsync(call, campaignId, assignmentId, db)).Failed(out var error, out var assignment) ? error : Json.Ok(RewardAssignmentResponse.From(assignment));

    internal static async Task<IResult> GetReward(ApiCall call, string campaignId, string assignmentId, VouchsafeDbContext db)
    {
        if ((await FindAsync(call, campaignId, assignmentId, db)).Failed(out var error, out var assignment)) return error;
        return await db.RewardAsync(call.Project, assignment.RewardId, call.Aborted) is { } reward ? Json.Ok(RewardResponse.From(reward)) : RewardErrors.NotFound(assignment.RewardId);
    }

    internal static async Task<IResult> Update(ApiCall call, string campaignId, string assignmentId, VouchsafeDbContext db) =>
        (await FindAsync(call, campaignId, assignmentId, db)).Failed(out var error, out var assignment)
            ? error
            : await ChangeRewardAssignment.Update(call, assignment.RewardId, assignment.Id, db);

    internal static async Task<IResult> Delete(ApiCall call, string campaignId, string assignmentId, VouchsafeDbContext db) =>
        (await FindAsync(call, campaignId, assignmentId, db)).Failed(out var error, out var assignment)
            ? error
            : await ChangeRewardAssignment.Delete(call, assignment.RewardId, assignment.Id, db);

    private static async ValueTask<Result<RewardAssignment>> FindAsync(ApiCall call, string campaignId, string assignmentId, VouchsafeDbContext db)
    {
        if ((await db.ProgramAsync(call, campaignId)).Failed(out var error, out var program)) return error;
        return await db.RewardAssignments.FirstOrDefaultAsync(a => a.CampaignId == program.Id && a.Id == assignmentId, call.Aborted) is { } assignment
            ? assignment
            : RewardErrors.AssignmentNotFound(assignmentId);
    }
}

/// <summary>GET /v1/loyalties/members/{memberId}/rewards: what a card can be spent on; with <c>affordable_only</c>, what it has the points for.</summary>
internal static class ListMemberRewards
{
    internal sealed record Item(RewardResponse Reward, RewardAssignmentResponse Assignment)
    {
        public string Object => "loyalty_reward";
    }

    internal static async Task<IResult> Handle(ApiCall call, string memberId, VouchsafeDbContext db)
    {
        if (call.Query.Flag("affordable_only").Failed(out var error, out var affordable)) return error;
        if ((await db.CardAsync(call, null, memberId)).Failed(out error, out var card)) return error;
        var balance = (await VoucherState.LoadAsync(db, [card], call.Aborted))[0].Balance;
        var assigned = await (from a in db.RewardAssignments.AsNoTracking()
                              join r in db.Rewards.AsNoTracking() on a.RewardId equals r.Id
                              where a.CampaignId == card.CampaignId
                              orderby a.Id descending
                              select new { Reward = r, Assignment = a }).ToListAsync(call.Aborted);
        List<Item> items =
        [
            .. assigned.Where(p => affordable is not true || LeastOf(p.Reward, p.Assignment) <= balance)
                .Select(p => new Item(RewardResponse.From(p.Reward), RewardAssignmentResponse.From(p.Assignment))),
        ];
        return WireList.Ok("data", items, items.Count);
    }

    private static long LeastOf(Reward reward, RewardAssignment assignment) => RewardTerms.ToEngine(reward, assignment) switch
    {
        CoinReward coin => coin.Points,
        PricedReward priced => priced.Points,
        _ => throw new InvalidOperationException("An unknown kind of reward."),
    };
}
