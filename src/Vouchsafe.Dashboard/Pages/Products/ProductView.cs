namespace Vouchsafe.Dashboard.Pages.Products;

/// <summary>A product on the wire.</summary>
public sealed record ProductView(string Id, string? SourceId, string? Name, long? Price, DateTimeOffset? CreatedAt);
