namespace Vouchsafe.Dashboard.Pages.Settings;

/// <summary>A step of an example.</summary>
/// <param name="What">What happens.</param>
/// <param name="Result">What is left to pay, or what became of it.</param>
/// <param name="IsRefused">Whether it came to nothing.</param>
public sealed record ExampleStep(string What, string Result, bool IsRefused = false);

/// <summary>What each rule does to an order of 100.00, step by step.</summary>
internal static class StackingExamples
{
    internal static ExampleStep[] Application(string mode) => mode == "PARTIAL"
        ? [new("TEN-OFF applies", "90.00"), new("STAFF-ONLY: not for this customer", "left out", true), new("FIVE-OFF applies", "85.00")]
        : [new("TEN-OFF would apply", "90.00"), new("STAFF-ONLY: not for this customer", "refused", true), new("The whole request is refused", "100.00", true)];

    internal static ExampleStep[] Sorting(string rule) => rule == "CATEGORY_HIERARCHY"
        ? [new("Seasonal (hierarchy 1): 10.00 off", "90.00"), new("Loyal (hierarchy 2): 20 % off", "72.00")]
        : [new("Asked first, Loyal (hierarchy 2): 20 % off", "80.00"), new("Asked second, Seasonal (hierarchy 1): 10.00 off", "70.00")];

    internal static ExampleStep[] Joint(string rule) => rule == "SORTING_RULE"
        ? [new("Joint, asked first: 10.00 off", "90.00"), new("Exclusive, asked second: 20 % off", "72.00")]
        : [new("Exclusive, though asked second: 20 % off", "80.00"), new("Joint, always last: 10.00 off", "70.00")];

    internal static ExampleStep[] Calculation(string mode) => mode == "INITIAL_AMOUNT"
        ? [new("10.00 off", "90.00"), new("20 % of 100.00 is 20.00 off", "70.00")]
        : [new("10.00 off", "90.00"), new("20 % of 90.00 is 18.00 off", "72.00")];

    internal static ExampleStep[] Products(string mode) => mode == "ONCE"
        ? [new("Coffee 10.00: 2.00 off", "8.00"), new("Coffee: 1.00 off, but it has a discount", "8.00", true)]
        : [new("Coffee 10.00: 2.00 off", "8.00"), new("Coffee: 1.00 off", "7.00")];

    internal static ExampleStep[] NoEffect(string rule) => rule == "SKIP"
        ? [new("100.00 off", "0.00"), new("TEN-OFF has nothing left to take off", "skipped, stays unused", true)]
        : [new("100.00 off", "0.00"), new("TEN-OFF has nothing left to take off", "redeemed all the same")];

    internal static ExampleStep[] Rollback(string mode) => mode == "WITHOUT_ORDER"
        ? [new("Redeemed: 10.00 off", "90.00"), new("Rolled back: the code is free again", "order stays at 90.00")]
        : [new("Redeemed: 10.00 off", "90.00"), new("Rolled back: the code is free again", "order is back at 100.00")];
}
