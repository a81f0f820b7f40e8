using System.Text.Json;
using Vouchsafe.Engine.Products;
using Vouchsafe.Engine.Validation;

namespace Vouchsafe.Engine.Rules;

/// <summary>
/// A validation rule that was checked when it was written. It is immutable and may be kept and shared; judging it happens inside
/// <see cref="PromotionEngine.Evaluate"/>.
/// </summary>
public sealed class ValidationRule
{
    internal ValidationRule(string id, RuleGroup? rules, BundleRules? bundle, ApplicableTo applicableTo, string? message) =>
        (Id, Rules, Bundle, ApplicableTo, Message) = (id, rules, bundle, applicableTo, message);

    /// <summary>The rule's id; refusals name it.</summary>
    public string Id { get; }

    /// <summary>What it lets a discount reach.</summary>
    public ApplicableTo ApplicableTo { get; }

    /// <summary>The rule's own message, used when no failing condition has one.</summary>
    public string? Message { get; }

    /// <summary>Segments its conditions name: the caller resolves the customer's membership of these.</summary>
    public IReadOnlyCollection<string> SegmentIds => [.. Nodes()
        .Where(node => node.Name == "customer.segment")
        .SelectMany(node => node.Comparisons).SelectMany(one => one.Operands).Select(operand => operand.ToString()).Distinct()];

    /// <summary>Product collections it names anywhere: the caller resolves which lines belong to them.</summary>
    public IReadOnlyCollection<string> CollectionIds => [.. Nodes()
        .SelectMany(node => node.Is.Concat(node.IsNot).Concat(node.From))
        .Concat(Bundle?.Parts.Select(part => part.Target) ?? [])
        .Concat(ApplicableTo.Included).Concat(ApplicableTo.Excluded)
        .Where(target => target.Object == TargetObject.ProductsCollection).Select(target => target.Id).Distinct()];

    /// <summary>True when one of its conditions asks for products, SKUs or collections.</summary>
    public bool AsksForItems => Nodes().Any(node => node.Condition.SelectsItems);

    internal RuleGroup? Rules { get; }

    internal BundleRules? Bundle { get; }

    /// <summary>Reads a rule as the wire writes it: <c>rules</c>, <c>bundle_rules</c>, <c>applicable_to</c>, <c>error</c>.</summary>
    /// <returns>The rule, or the errors with the path of each field; exactly one of them is there.</returns>
    public static (ValidationRule? Rule, IReadOnlyList<FieldError> Errors) Parse(string id, JsonElement definition)
    {
        var check = new FieldCheck("");
        if (definition.ValueKind != JsonValueKind.Object)
        {
            check.Fail("rules", "must be part of an object");
            return (null, check.Errors);
        }

        var rules = RuleReader.Read(definition, check);
        var bundle = BundleReader.Read(definition, check);
        var applicable = ApplicableToReader.Read(definition, check);
        var message = RuleReader.Message(definition, "error", check);
        return check.Errors.Count > 0 ? (null, check.Errors) : (new ValidationRule(id, rules, bundle, applicable, message), []);
    }

    internal IEnumerable<RuleNode> Nodes()
    {
        static IEnumerable<RuleNode> All(RuleGroup? group) =>
            group is null ? [] : group.Nodes.SelectMany(node => All(node.Rules).Prepend(node));
        return All(Rules);
    }
}
