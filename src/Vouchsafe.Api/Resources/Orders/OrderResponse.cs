using System.Text.Json;
using System.Text.Json.Serialization;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Orders;

/// <summary>
/// An order on the wire, and in the same form in the database: amounts that are zero and members that do not apply are left
/// out, as clients expect. The columns of <see cref="Order"/> win over what the stored text says.
/// </summary>
internal sealed record OrderResponse
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Id { get; init; }
    public string? SourceId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? CreatedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? UpdatedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Status { get; init; }
    public long Amount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? InitialAmount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long DiscountAmount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long ItemsDiscountAmount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long TotalDiscountAmount { get; init; }
    public long TotalAmount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long AppliedDiscountAmount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long ItemsAppliedDiscountAmount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long TotalAppliedDiscountAmount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<OrderItemResponse>? Items { get; init; }
    public JsonText Metadata { get; init; } = JsonText.EmptyObject;
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public CustomerReference? Customer { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public CustomerReference? Referrer { get; init; }
    public string? CustomerId { get; init; }
    public string? ReferrerId { get; init; }
    public string Object => "order";
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyDictionary<string, OrderRedemption>? Redemptions { get; init; }

    /// <summary>What was redeemed against the order, and whether it was taken back.</summary>
    internal sealed record OrderRedemption
    {
        public required DateTimeOffset Date { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? RollbackId { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? RollbackDate { get; init; }
        public required string RelatedObjectType { get; init; }
        public required string RelatedObjectId { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? RelatedObjectParentId { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<string>? Stacked { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<string>? RollbackStacked { get; init; }
    }

    /// <summary>An order of a request, calculated but not stored.</summary>
    internal static OrderResponse From(CalculatedOrder order, JsonText? metadata, string? customerId, string? referrerId) => new()
    {
        Amount = order.Amount,
        InitialAmount = order.AmountChanged ? order.InitialAmount : null,
        DiscountAmount = order.DiscountAmount,
        ItemsDiscountAmount = order.ItemsDiscountAmount,
        TotalDiscountAmount = order.TotalDiscountAmount,
        TotalAmount = order.TotalAmount,
        AppliedDiscountAmount = order.AppliedDiscountAmount,
        ItemsAppliedDiscountAmount = order.ItemsAppliedDiscountAmount,
        TotalAppliedDiscountAmount = order.TotalAppliedDiscountAmount,
        Items = order.Items.Count == 0 ? null : [.. order.Items.Select(OrderItemResponse.From)],
        Metadata = metadata ?? JsonText.EmptyObject,
        Customer = CustomerReference.From(customerId),
        Referrer = CustomerReference.From(referrerId),
        CustomerId = customerId,
        ReferrerId = referrerId,
    };

    /// <summary>A stored order.</summary>
    internal static OrderResponse From(Order row) => Read(row.BodyJson) with
    {
        Id = row.Id,
        SourceId = row.SourceId,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
        Status = row.Status,
        Metadata = new JsonText(row.MetadataJson),
        Customer = CustomerReference.From(row.CustomerId),
        Referrer = CustomerReference.From(row.ReferrerId),
        CustomerId = row.CustomerId,
        ReferrerId = row.ReferrerId,
    };

    /// <summary>The order with every discount taken back.</summary>
    internal OrderResponse WithoutDiscounts() => this with
    {
        Amount = InitialAmount ?? Amount,
        InitialAmount = null,
        DiscountAmount = 0,
        ItemsDiscountAmount = 0,
        TotalDiscountAmount = 0,
        TotalAmount = InitialAmount ?? Amount,
        AppliedDiscountAmount = 0,
        ItemsAppliedDiscountAmount = 0,
        TotalAppliedDiscountAmount = 0,
        Items = Items is null ? null : [.. Items.Select(i => i.WithoutDiscounts()).OfType<OrderItemResponse>()],
    };

    internal string ToJson() => JsonSerializer.Serialize(this, WireJson.Options);

    internal static OrderResponse Read(string json) => JsonSerializer.Deserialize<OrderResponse>(json, WireJson.Options)!;
}

/// <summary>A line of an order on the wire.</summary>
internal sealed record OrderItemResponse
{
    public string Object => "order_item";
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Id { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? SourceId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? RelatedObject { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ProductId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? SkuId { get; init; }
    public long Quantity { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long DiscountQuantity { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? InitialQuantity { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? Amount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long DiscountAmount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? InitialAmount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long AppliedDiscountAmount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long AppliedDiscountQuantity { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long AppliedQuantity { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long AppliedQuantityAmount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? Price { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? SubtotalAmount { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonElement? Product { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonElement? Sku { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonElement? Metadata { get; init; }

    internal static OrderItemResponse From(CalculatedItem item) => new()
    {
        Id = item.Source.Id,
        SourceId = item.Source.SourceId,
        RelatedObject = item.Source.RelatedObject,
        // What the caller named by source id is not known by an id of ours.
        ProductId = item.Source.ProductId == item.Source.SourceId ? null : item.Source.ProductId,
        SkuId = item.Source.SkuId == item.Source.SourceId ? null : item.Source.SkuId,
        Quantity = item.Quantity,
        DiscountQuantity = item.DiscountQuantity,
        InitialQuantity = item.HasFreeUnits ? item.InitialQuantity : null,
        Amount = item.Amount,
        DiscountAmount = item.DiscountAmount,
        InitialAmount = item.HasFreeUnits ? item.InitialAmount : null,
        AppliedDiscountAmount = item.AppliedDiscountAmount,
        AppliedDiscountQuantity = item.AppliedDiscountQuantity,
        AppliedQuantity = item.AppliedQuantity,
        AppliedQuantityAmount = item.AppliedQuantityAmount,
        Price = item.Price,
        SubtotalAmount = item.SubtotalAmount,
        Product = Present(item.Source.Product),
        Sku = Present(item.Source.Sku),
        Metadata = Present(item.Source.Metadata),
    };

    /// <summary>The line before discounts; null if a discount had added all of it.</summary>
    internal OrderItemResponse? WithoutDiscounts() => InitialQuantity is 0
        ? null
        : this with
        {
            Quantity = InitialQuantity ?? Quantity,
            InitialQuantity = null,
            Amount = InitialAmount ?? Amount,
            InitialAmount = null,
            DiscountQuantity = 0,
            DiscountAmount = 0,
            AppliedDiscountAmount = 0,
            AppliedDiscountQuantity = 0,
            AppliedQuantity = 0,
            AppliedQuantityAmount = 0,
            SubtotalAmount = InitialAmount ?? Amount,
        };

    internal OrderItem ToEngine() => new()
    {
        Id = Id,
        ProductId = ProductId ?? (RelatedObject is "product" ? SourceId : null),
        SkuId = SkuId ?? (RelatedObject is "sku" ? SourceId : null),
        SourceId = SourceId,
        RelatedObject = RelatedObject,
        Quantity = Quantity,
        Price = Price,
        Amount = Amount,
        InitialQuantity = InitialQuantity,
        InitialAmount = InitialAmount,
        PriorDiscountAmount = DiscountAmount,
        PriorDiscountQuantity = DiscountQuantity,
        Product = Product ?? default,
        Sku = Sku ?? default,
        Metadata = Metadata ?? default,
    };

    private static JsonElement? Present(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? null : element;
}
