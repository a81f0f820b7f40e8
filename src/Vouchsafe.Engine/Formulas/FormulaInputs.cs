using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Engine.Formulas;

/// <summary>Everything a formula may read.</summary>
internal sealed record FormulaInputs(OrderState? Order, Redeemable Redeemable, EvaluationContext Context, DateTimeOffset Now, int BundleQuantity)
{
    /// <summary>The line whose discount is calculated; null for order-level values.</summary>
    public OrderLine? Line { get; init; }

    public ProjectClock Clock => new(Now, Context.TimeZone);

    /// <summary>The cheapest line: lowest price, then lowest subtotal, then the first.</summary>
    public OrderLine? Cheapest => Ranked(line => line.Price!.Value);

    /// <summary>The most expensive line: highest price, then lowest subtotal, then the first.</summary>
    public OrderLine? MostExpensive => Ranked(line => -line.Price!.Value);

    private OrderLine? Ranked(Func<OrderLine, long> rank) =>
        Order?.Lines.Where(line => line.Price is not null).OrderBy(rank).ThenBy(line => line.Left).FirstOrDefault();
}
