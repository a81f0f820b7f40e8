using System.Text.Json;
using Vouchsafe.Engine.Products;
using Vouchsafe.Engine.Rules;

namespace Vouchsafe.Engine.Tests;

/// <summary>Short names for the things tests are about.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero); // a Wednesday

    public static OrderSnapshot Order(long amount) => new() { Amount = amount };

    public static OrderSnapshot Cart(params OrderItem[] items) => new() { Items = items };

    public static OrderItem Item(string product, long price, long quantity = 1) =>
        new() { ProductId = product, Price = price, Quantity = quantity };

    public static Redeemable Code(string code, Discount discount) => new()
    {
        Kind = RedeemableKind.Voucher, Id = code, ResourceId = "v_" + code, Benefit = new DiscountBenefit(discount),
    };

    public static Redeemable Card(string code, long balance, long? credits = null, long held = 0) => new()
    {
        Kind = RedeemableKind.GiftCard, Id = code, ResourceId = "v_" + code,
        Benefit = new GiftBenefit(balance) { RequestedCredits = credits, Held = held },
    };

    public static Redeemable In(this Redeemable redeemable, params (string Id, int Hierarchy)[] categories) =>
        redeemable with { Categories = [.. categories.Select(category => new RedeemableCategory(category.Id, category.Hierarchy))] };

    public static Evaluation Evaluate(OrderSnapshot? order, params Redeemable[] redeemables) =>
        Evaluate(order, StackingRules.Default, redeemables);

    public static Evaluation Evaluate(OrderSnapshot? order, StackingRules rules, params Redeemable[] redeemables) =>
        PromotionEngine.Evaluate(order, redeemables, new EvaluationContext { StackingRules = rules }, Now);

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    public static ValidationRule Rule(string definition, string id = "val_1")
    {
        var (rule, errors) = ValidationRule.Parse(id, Json(definition));
        Assert.Empty(errors);
        return rule!;
    }

    /// <summary>A rule of one condition: its name, its operators, and further members after a comma.</summary>
    public static ValidationRule Condition(string name, string conditions, string more = "") =>
        Rule($$$"""{"rules":{"1":{"name":"{{{name}}}","conditions":{{{conditions}}} {{{more}}} },"logic":"1"} }""");

    public static ValidationRule Only(params IncludedTarget[] targets) =>
        new("val_only", null, null, new ApplicableTo { Included = targets }, null);

    public static IncludedTarget Product(string id) => new(TargetObject.Product, id);

    public static Redeemable With(this Redeemable redeemable, params ValidationRule[] rules) => redeemable with { Rules = rules };

    public static Evaluation Evaluate(OrderSnapshot? order, EvaluationContext context, params Redeemable[] redeemables) =>
        PromotionEngine.Evaluate(order, redeemables, context, Now);

    public static string?[] Keys(this Evaluation evaluation) => [.. evaluation.Results.Select(result => result.Reason?.Key)];

    public static RedeemableStatus[] Statuses(this Evaluation evaluation) => [.. evaluation.Results.Select(result => result.Status)];
}
