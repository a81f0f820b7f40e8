using System.Text.Json;
using System.Text.Json.Nodes;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.ValidationRules;

/// <summary>The rule itself, between the row and the engine's rule language.</summary>
internal static class RuleDefinition
{
    /// <summary>What the rule language finds wrong, as an error that names the field; null: nothing.</summary>
    internal static ApiError? Problem(ValidationRule rule)
    {
        using var document = Read(rule);
        var (_, errors) = Engine.Rules.ValidationRule.Parse(rule.Id, document.RootElement);
        return errors.Count == 0 ? null : ValidationRuleErrors.Invalid($"{errors[0].Field} {errors[0].Problem}");
    }

    /// <summary>A stored rule as the engine judges it.</summary>
    internal static Engine.Rules.ValidationRule ToEngine(ValidationRule rule)
    {
        using var document = Read(rule);
        // What is stored was checked when it was written; a rule that cannot be read any more must not let anything pass.
        return Engine.Rules.ValidationRule.Parse(rule.Id, document.RootElement).Rule
            ?? throw new InvalidOperationException($"The stored validation rule {rule.Id} cannot be read.");
    }

    /// <summary>The rule as one document: <c>rules</c>, <c>bundle_rules</c>, <c>applicable_to</c>, <c>error</c>.</summary>
    internal static JsonDocument Read(ValidationRule rule)
    {
        var whole = new JsonObject();
        foreach (var (name, json) in new[]
            { ("rules", rule.RulesJson), ("bundle_rules", rule.BundleRulesJson), ("applicable_to", rule.ApplicableToJson), ("error", rule.ErrorJson) })
            if (json is not null) whole[name] = JsonNode.Parse(json);
        return JsonDocument.Parse(whole.ToJsonString());
    }
}
