using System.Text.Json;
using System.Text.Json.Serialization;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Orders;

namespace Vouchsafe.Api.Resources.Orders;

/// <summary>An order as requests write one. Calculated members that clients send back are skipped: discounts are ours to say.</summary>
internal sealed record OrderPayload
{
    private const int MaxItems = 500;

    internal static readonly string[] Statuses = ["CREATED", "PAID", "CANCELED", "FULFILLED"];

    public string? Id { get; init; }
    public string? SourceId { get; init; }
    public string? Status { get; init; }
    public long? Amount { get; init; }
    public IReadOnlyList<OrderItemPayload>? Items { get; init; }
    public JsonText? Metadata { get; init; }
    public CustomerPayload? Customer { get; init; }
    public string? CustomerId { get; init; }
    public CustomerPayload? Referrer { get; init; }
    public string? ReferrerId { get; init; }

    /// <summary>What is wrong with it; null: nothing.</summary>
    /// <param name="path">Where it stands in the body, with a dot at the end, or nothing.</param>
    internal ApiError? Problem(string path)
    {
        var problem = Check.Text(Id, path + "id") ?? Check.Text(SourceId, path + "source_id") ?? Check.OneOf(Status, path + "status", Statuses)
            ?? Amount_(path) ?? Check.Object(Metadata, path + "metadata") ?? Customer?.Problem(path + "customer.")
            ?? Check.Text(CustomerId, path + "customer_id") ?? Referrer?.Problem(path + "referrer.") ?? Check.Text(ReferrerId, path + "referrer_id");
        if (problem is not null || Items is null) return problem;
        if (Items.Count > MaxItems) return CommonErrors.InvalidPayload($"{path}items may hold {MaxItems} items at most.");
        for (var i = 0; i < Items.Count; i++)
            if ((Items[i] is { } item ? item.Problem($"{path}items[{i}].") : CommonErrors.InvalidPayload($"{path}items[{i}] must be an object.")) is { } fault)
                return fault;
        return null;
    }

    /// <summary>The customer it names itself, in either of the two ways.</summary>
    internal CustomerPayload? Buyer => Customer ?? (CustomerId is { Length: > 0 } ? new CustomerPayload { Id = CustomerId } : null);

    private ApiError? Amount_(string path) => Check.Range(Amount, path + "amount", 0);
}

/// <summary>A line of an order as requests write one.</summary>
internal sealed record OrderItemPayload
{
    public string? Id { get; init; }
    public string? ProductId { get; init; }
    public string? SkuId { get; init; }
    public string? SourceId { get; init; }
    public string? RelatedObject { get; init; }
    /// <summary>Shops also send it as text, as the form on their page gave it.</summary>
    [JsonConverter(typeof(IntegralTextConverter))] public long? Quantity { get; init; }
    public long? Amount { get; init; }
    public long? Price { get; init; }
    public JsonText? Product { get; init; }
    public JsonText? Sku { get; init; }
    public JsonText? Metadata { get; init; }

    internal ApiError? Problem(string path) =>
        Check.Text(Id, path + "id") ?? Check.Text(ProductId, path + "product_id") ?? Check.Text(SkuId, path + "sku_id")
        ?? Check.Text(SourceId, path + "source_id") ?? Check.OneOf(RelatedObject, path + "related_object", "product", "sku")
        ?? Check.Range(Quantity, path + "quantity", 0) ?? Check.Range(Amount, path + "amount", 0) ?? Check.Range(Price, path + "price", 0)
        ?? Goods(Product, path + "product") ?? Goods(Sku, path + "sku") ?? Check.Object(Metadata, path + "metadata");

    private static ApiError? Goods(JsonText? goods, string path) =>
        Check.Object(goods, path) is { } fault ? fault
        : Parse(goods) is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty("price", out var price)
            && price.ValueKind != JsonValueKind.Null && PriceIn(given) is null ? CommonErrors.InvalidPayload($"{path}.price must be an integer of 0 or more.")
        : null;

    internal OrderItem ToEngine()
    {
        var (product, sku) = (Parse(Product), Parse(Sku));
        return new OrderItem
        {
            Id = Id,
            ProductId = ProductId ?? (RelatedObject is "product" ? SourceId : null) ?? NameIn(product),
            SkuId = SkuId ?? (RelatedObject is "sku" ? SourceId : null) ?? NameIn(sku),
            SourceId = SourceId,
            RelatedObject = RelatedObject,
            Quantity = Quantity,
            Price = Price,
            Amount = Amount,
            StoredPrice = PriceIn(sku) ?? PriceIn(product),
            Product = product,
            Sku = sku,
            Metadata = Parse(Metadata),
        };
    }

    // The object of a product or SKU may say by itself which one it is.
    private static string? NameIn(JsonElement goods) => goods.ValueKind != JsonValueKind.Object ? null
        : goods.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString()
        : goods.TryGetProperty("source_id", out var sourceId) && sourceId.ValueKind == JsonValueKind.String ? sourceId.GetString() : null;

    /// <summary>The price in the object of a product or SKU, for this call.</summary>
    internal static long? PriceIn(JsonElement goods) =>
        goods.ValueKind == JsonValueKind.Object && goods.TryGetProperty("price", out var price) && price.ValueKind == JsonValueKind.Number
            && price.TryGetInt64(out var amount) && amount >= 0 ? amount : null;

    internal static JsonElement Parse(JsonText? json) =>
        json is { } text ? JsonSerializer.Deserialize<JsonElement>(text.Text, WireJson.Options) : default;
}
