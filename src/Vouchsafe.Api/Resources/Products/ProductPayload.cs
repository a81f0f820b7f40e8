using System.Text.Json;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Products;

/// <summary>A product as requests write one.</summary>
internal sealed record ProductPayload
{
    private const int MaxAttributes = 100;

    public string? Id { get; init; }
    public string? SourceId { get; init; }
    public Optional<string> Name { get; init; }
    public Optional<long?> Price { get; init; }
    public Optional<List<string>> Attributes { get; init; }
    public Optional<JsonText?> Metadata { get; init; }
    public Optional<string> ImageUrl { get; init; }

    /// <summary>What is wrong with it; null: nothing.</summary>
    /// <param name="path">Where it stands in the body, with a dot at the end, or nothing.</param>
    internal ApiError? Problem(string path = "") =>
        Check.Text(Id, path + "id") ?? Check.Text(SourceId, path + "source_id") ?? Check.Text(Name.Value, path + "name", Check.LongText)
        ?? Check.Range(Price.Value, path + "price", 0) ?? Check.Object(Metadata.Value, path + "metadata") ?? Check.Text(ImageUrl.Value, path + "image_url", Check.LongText)
        ?? (Attributes.Value is { Count: > MaxAttributes } ? CommonErrors.InvalidPayload($"{path}attributes may hold {MaxAttributes} names at most.") : null)
        ?? Attributes.Value?.Select(name => Check.Text(name, path + "attributes")).FirstOrDefault(error => error is not null);

    /// <summary>Writes into a product what this names, and nothing else.</summary>
    internal void Apply(Product product)
    {
        if (!string.IsNullOrEmpty(SourceId)) product.SourceId = SourceId;
        product.Name = Name.Or(product.Name);
        product.Price = Price.Or(product.Price);
        product.ImageUrl = ImageUrl.Or(product.ImageUrl);
        if (Attributes.IsPresent) product.AttributesJson = JsonSerializer.Serialize(Attributes.Value ?? [], WireJson.Options);
        if (Metadata.IsPresent) product.MetadataJson = Metadata.Value?.Text ?? "{}";
    }
}

/// <summary>A variant as requests write one.</summary>
internal sealed record SkuPayload
{
    public string? Id { get; init; }
    public string? SourceId { get; init; }
    public Optional<string> Sku { get; init; }
    public Optional<long?> Price { get; init; }
    public Optional<string> Currency { get; init; }
    public Optional<JsonText?> Attributes { get; init; }
    public Optional<JsonText?> Metadata { get; init; }
    public Optional<string> ImageUrl { get; init; }

    internal ApiError? Problem() =>
        Check.Text(Id, "id") ?? Check.Text(SourceId, "source_id") ?? Check.Text(Sku.Value, "sku", Check.LongText)
        ?? Check.Range(Price.Value, "price", 0) ?? Check.Text(Currency.Value, "currency", 10) ?? Check.Object(Attributes.Value, "attributes")
        ?? Check.Object(Metadata.Value, "metadata") ?? Check.Text(ImageUrl.Value, "image_url", Check.LongText);

    /// <summary>Writes into a variant what this names, and nothing else.</summary>
    internal void Apply(Sku sku)
    {
        if (!string.IsNullOrEmpty(SourceId)) sku.SourceId = SourceId;
        sku.Name = Sku.Or(sku.Name);
        sku.Price = Price.Or(sku.Price);
        sku.Currency = Currency.Or(sku.Currency);
        sku.ImageUrl = ImageUrl.Or(sku.ImageUrl);
        if (Attributes.IsPresent) sku.AttributesJson = Attributes.Value?.Text ?? "{}";
        if (Metadata.IsPresent) sku.MetadataJson = Metadata.Value?.Text ?? "{}";
    }
}
