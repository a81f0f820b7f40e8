using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire.Idempotency;

namespace Vouchsafe.Api.Resources.Loyalties;

internal static class LoyaltiesEndpoints
{
    internal static void MapLoyalties(this ChannelRoutes routes)
    {
        routes.Get("/loyalties", Programs.List, "list-loyalty-programs", "loyalties");
        routes.Post("/loyalties", Programs.Create, "create-loyalty-program", "loyalties");
        routes.Get("/loyalties/{campaignId}", Programs.Get, "get-loyalty-program", "loyalties");
        routes.Get("/loyalties/{campaignId}/transactions", Programs.Transactions, "list-loyalty-campaign-transactions", "loyalties");
        routes.Get("/loyalties/{campaignId}/rewards", ReadProgramRewards.List, "list-reward-assignments-2", "loyalties");
        routes.Post("/loyalties/{campaignId}/rewards", AssignRewards.Handle, "create-reward-assignment-1", "loyalties");
        routes.Get("/loyalties/{campaignId}/rewards/{assignmentId}", ReadProgramRewards.Get, "get-reward-assignment-2", "loyalties");
        routes.Put("/loyalties/{campaignId}/rewards/{assignmentId}", ReadProgramRewards.Update, "update-reward-assignment-1", "loyalties");
        routes.Delete("/loyalties/{campaignId}/rewards/{assignmentId}", ReadProgramRewards.Delete, "delete-reward-assignment-1", "loyalties");
        routes.Get("/loyalties/{campaignId}/reward-assignments", ReadProgramRewards.List, "list-reward-assignments-1", "loyalties");
        routes.Get("/loyalties/{campaignId}/reward-assignments/{assignmentId}", ReadProgramRewards.Get, "get-reward-assignment-1", "loyalties");
        routes.Get("/loyalties/{campaignId}/reward-assignments/{assignmentId}/reward", ReadProgramRewards.GetReward, "get-reward-details", "loyalties");
        routes.Get("/loyalties/members/{memberId}/rewards", ListMemberRewards.Handle, "list-member-rewards", "loyalties");
        routes.Get("/loyalties/{campaignId}/members", ReadMembers.List, "list-members", "loyalties");
        routes.Post("/loyalties/{campaignId}/members", AddMember.Handle, "add-member", "loyalties").OncePerKey(AddMember.RenderAsync);
        routes.Get("/loyalties/{campaignId}/members/{memberId}", ReadMembers.GetOf, "get-member-1", "loyalties");
        routes.Get("/loyalties/members/{memberId}", ReadMembers.Get, "get-member", "loyalties");
        routes.Post("/loyalties/{campaignId}/members/{memberId}/balance", UpdatePoints.HandleOf, "update-loyalty-card-balance-1", "loyalties").OncePerKey();
        routes.Post("/loyalties/members/{memberId}/balance", UpdatePoints.Handle, "update-loyalty-card-balance", "loyalties").OncePerKey();
        routes.Get("/loyalties/{campaignId}/members/{memberId}/transactions", ReadMembers.TransactionsOf, "list-loyalty-card-transactions-1", "loyalties");
        routes.Get("/loyalties/members/{memberId}/transactions", ReadMembers.Transactions, "list-loyalty-card-transactions", "loyalties");
        routes.Post("/loyalties/{campaignId}/members/{memberId}/redemption", RedeemReward.HandleOf, "redeem-reward-1", "loyalties").OncePerKey();
        routes.Post("/loyalties/members/{memberId}/redemption", RedeemReward.Handle, "redeem-reward", "loyalties").OncePerKey();
        routes.Get("/loyalties/{campaignId}/earning-rules", ReadEarningRules.List, "list-earning-rules", "loyalties");
        routes.Post("/loyalties/{campaignId}/earning-rules", CreateEarningRules.Handle, "create-earning-rule", "loyalties");
        routes.Get("/loyalties/{campaignId}/earning-rules/{earningRuleId}", ReadEarningRules.Get, "get-earning-rule", "loyalties");
        routes.Put("/loyalties/{campaignId}/earning-rules/{earningRuleId}", ChangeEarningRules.Update, "update-earning-rule", "loyalties");
        routes.Delete("/loyalties/{campaignId}/earning-rules/{earningRuleId}", ChangeEarningRules.Delete, "delete-earning-rule", "loyalties");
        routes.Post("/loyalties/{campaignId}/earning-rules/{earningRuleId}/enable", ChangeEarningRules.Enable, "enable-earning-rule", "loyalties");
        routes.Post("/loyalties/{campaignId}/earning-rules/{earningRuleId}/disable", ChangeEarningRules.Disable, "disable-earning-rule", "loyalties");
    }
}
