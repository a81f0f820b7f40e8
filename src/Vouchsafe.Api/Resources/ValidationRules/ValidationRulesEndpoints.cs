using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Resources.ValidationRules;

internal static class ValidationRulesEndpoints
{
    internal static void MapValidationRules(this ChannelRoutes routes)
    {
        const string scope = "validation-rules";
        routes.Post("/validation-rules", CreateValidationRule.Handle, "create-validation-rules", scope);
        routes.Get("/validation-rules", ListValidationRules.Handle, "list-validation-rules", scope);
        routes.Get("/validation-rules/{validationRuleId}", GetValidationRule.Handle, "get-validation-rule", scope);
        routes.Put("/validation-rules/{validationRuleId}", UpdateValidationRule.Handle, "update-validation-rule", scope);
        routes.Delete("/validation-rules/{validationRuleId}", DeleteValidationRule.Handle, "delete-validation-rules", scope);
        routes.Post("/validation-rules/{validationRuleId}/assignments", CreateAssignment.Handle, "create-validation-rule-assignment", scope);
        routes.Get("/validation-rules/{validationRuleId}/assignments", ListRuleAssignments.Handle, "list-validation-rule-assignments", scope);
        routes.Delete("/validation-rules/{validationRuleId}/assignments/{assignmentId}", DeleteAssignment.Handle, "delete-validation-rule-assignment", scope);
        routes.Get("/validation-rules-assignments", ListAssignments.Handle, "list-validation-rules-assignments", "validation-rules-assignments");
    }

    internal static void MapValidationRuleBrowsing(this ChannelRoutes routes) =>
        routes.Member(HttpMethods.Get, "/projects/{projectId}/validation-rules", BrowseValidationRules.Handle, "browse-validation-rules", MemberAction.ReadFigures);
}
