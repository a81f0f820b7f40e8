using System.Text.Json;

namespace Vouchsafe.Engine.Orders;

/// <summary>
/// The order as the engine reads it: the request's own values with gaps filled from what is stored. Amounts are minor units.
/// </summary>
public sealed record OrderSnapshot
{
    /// <summary>The order's id when it is stored already.</summary>
    public string? Id { get; init; }

    /// <summary>The merchant's own id of the order.</summary>
    public string? SourceId { get; init; }

    /// <summary>The amount the caller states. It beats the sum of the items; null means: sum the items.</summary>
    public long? Amount { get; init; }

    /// <summary>Amount before any free units, for an order that earlier redemptions changed; null means: the same as the amount.</summary>
    public long? InitialAmount { get; init; }

    /// <summary>Order-level discounts that earlier redemptions of this stored order gave. Never taken from a request.</summary>
    public long PriorDiscountAmount { get; init; }

    /// <summary>The order lines, in the caller's order.</summary>
    public IReadOnlyList<OrderItem> Items { get; init; } = [];

    /// <summary>The order's metadata object; undefined when there is none.</summary>
    public JsonElement Metadata { get; init; }
}

/// <summary>One order line.</summary>
public sealed record OrderItem
{
    /// <summary>Id of the line itself, when stored.</summary>
    public string? Id { get; init; }

    /// <summary>Id of the product; for a SKU, of its parent product where known.</summary>
    public string? ProductId { get; init; }

    /// <summary>Id of the SKU.</summary>
    public string? SkuId { get; init; }

    /// <summary>The merchant's id of what <see cref="RelatedObject"/> says.</summary>
    public string? SourceId { get; init; }

    /// <summary><c>product</c> or <c>sku</c>.</summary>
    public string? RelatedObject { get; init; }

    /// <summary>The merchant's id of the product, where known from the store or the request's product object.</summary>
    public string? ProductSourceId { get; init; }

    /// <summary>The merchant's id of the SKU, where known from the store or the request's sku object.</summary>
    public string? SkuSourceId { get; init; }

    /// <summary>Units; null counts as one.</summary>
    public long? Quantity { get; init; }

    /// <summary>Unit price the request names.</summary>
    public long? Price { get; init; }

    /// <summary>Line amount the request names; used where no unit price is known from the request.</summary>
    public long? Amount { get; init; }

    /// <summary>Unit price of the stored SKU or product; fills the gap when the request names neither price nor amount.</summary>
    public long? StoredPrice { get; init; }

    /// <summary>Quantity before earlier redemptions added free units; null means: the same as the quantity.</summary>
    public long? InitialQuantity { get; init; }

    /// <summary>Amount before earlier redemptions added free units; null means: the same as the amount.</summary>
    public long? InitialAmount { get; init; }

    /// <summary>Discounts of this line from earlier redemptions of this stored order. Never taken from a request.</summary>
    public long PriorDiscountAmount { get; init; }

    /// <summary>Free units of this line from earlier redemptions of this stored order. Never taken from a request.</summary>
    public long PriorDiscountQuantity { get; init; }

    /// <summary>Ids of the product collections this line belongs to, resolved by the caller.</summary>
    public IReadOnlyCollection<string> CollectionIds { get; init; } = [];

    /// <summary>The product object (name, price, metadata) as the request or the store has it; undefined when there is none.</summary>
    public JsonElement Product { get; init; }

    /// <summary>The SKU object as the request or the store has it; undefined when there is none.</summary>
    public JsonElement Sku { get; init; }

    /// <summary>The line's own metadata; undefined when there is none.</summary>
    public JsonElement Metadata { get; init; }
}
