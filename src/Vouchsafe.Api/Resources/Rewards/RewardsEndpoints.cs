using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Resources.Rewards;

internal static class RewardsEndpoints
{
    internal static void MapRewards(this ChannelRoutes routes)
    {
        routes.Get("/rewards", ReadRewards.List, "list-rewards", "rewards");
        routes.Post("/rewards", CreateReward.Handle, "create-reward", "rewards");
        routes.Get("/rewards/{rewardId}", ReadRewards.Get, "get-reward", "rewards");
        routes.Put("/rewards/{rewardId}", ChangeReward.Update, "update-reward", "rewards");
        routes.Delete("/rewards/{rewardId}", ChangeReward.Delete, "delete-reward", "rewards");
        routes.Get("/rewards/{rewardId}/assignments", ReadRewardAssignments.List, "list-reward-assignments", "rewards");
        routes.Post("/rewards/{rewardId}/assignments", CreateRewardAssignment.Handle, "create-reward-assignment", "rewards");
        routes.Get("/rewards/{rewardId}/assignments/{assignmentId}", ReadRewardAssignments.Get, "get-reward-assignment", "rewards");
        routes.Put("/rewards/{rewardId}/assignments/{assignmentId}", ChangeRewardAssignment.Update, "update-reward-assignment", "rewards");
        routes.Delete("/rewards/{rewardId}/assignments/{assignmentId}", ChangeRewardAssignment.Delete, "delete-reward-assignment", "rewards");
    }
}
