using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Rewards;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Redeemables;

/// <summary>The rewards that loyalty cards of a request are to be spent on.</summary>
internal sealed class RewardLookup
{
    private static readonly RewardLookup Nothing = new([], []);

    private readonly Dictionary<string, Reward> _rewards;
    private readonly List<RewardAssignment> _assignments;

    private RewardLookup(Dictionary<string, Reward> rewards, List<RewardAssignment> assignments) => (_rewards, _assignments) = (rewards, assignments);

    internal static async ValueTask<RewardLookup> LoadAsync(
        Database database, ProjectSettings project, IReadOnlyList<RedeemableReference> references, CancellationToken ct)
    {
        if (references.All(r => r.Reward is null)) return Nothing;
        List<string> ids = [.. references.Select(r => r.Reward?.Id).OfType<string>().Distinct()];
        return new RewardLookup(
            await database.Context.Rewards.AsNoTracking().Where(r => r.ProjectId == project.Id && ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct),
            await database.Context.RewardAssignments.AsNoTracking().Where(a => a.ProjectId == project.Id && ids.Contains(a.RewardId)).ToListAsync(ct));
    }

    /// <summary>The card with its reward. One that is not there, or not for the card's program, makes it unusable; whatever is no loyalty card stays as it is.</summary>
    internal Resolved Give(Resolved card, RedeemableReference.RewardInfo? wanted)
    {
        if (card.Redeemable.Benefit is not PointsBenefit points || wanted?.Id is not { } id) return card;
        if (!_rewards.TryGetValue(id, out var reward)) return Refused(card, Reasons.NotFound("reward", id));
        return _assignments.Find(a => a.RewardId == id && a.CampaignId == card.Campaign?.Id) is { } assignment
            ? card with
            {
                Redeemable = card.Redeemable with { Benefit = points with { RequestedPoints = wanted.Points, Reward = RewardTerms.ToEngine(reward, assignment) } },
                Reward = reward,
                RewardAssignment = assignment,
            }
            : Refused(card, Reasons.NotFound("reward_assignment", id));
    }

    private static Resolved Refused(Resolved card, Reason reason) => card with { Redeemable = card.Redeemable with { Unusable = reason } };
}
