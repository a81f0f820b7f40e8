using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources.ValidationRules;

/// <summary>Refusals of validation rules and their assignments.</summary>
internal static class ValidationRuleErrors
{
    internal static ApiError NotFound(string id) => CommonErrors.NotFound("validation_rules", id);

    internal static ApiError AssignmentNotFound(string id) => CommonErrors.NotFound("validation_rules_assignment", id);

    internal static ApiError Invalid(string details) => new(400, "invalid_validation_rules", "Invalid Validation Rule Definition", details);

    internal static ApiError DuplicateAssignment(string id) => new(
        409, "duplicate_found", "Duplicated resource found", $"Duplicated validation_rules_assignment exists with id {id}", id, "validation_rules_assignment");
}
