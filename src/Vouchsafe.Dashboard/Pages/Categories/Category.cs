namespace Vouchsafe.Dashboard.Pages.Categories;

/// <summary>A category on the wire.</summary>
public sealed record Category(string Id, string Name, int Hierarchy, string? StackingType, DateTimeOffset? CreatedAt);
