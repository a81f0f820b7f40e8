using MudBlazor;
using Vouchsafe.Dashboard.Shared;
using Vouchsafe.Security;

namespace Vouchsafe.Dashboard.Layout;

/// <summary>A page in the side bar.</summary>
/// <param name="Group">Heading it stands under; null: at the top.</param>
/// <param name="Page">Its address below the project's.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Icon">Its picture.</param>
/// <param name="Needs">Shown to members who may do this; null: to all.</param>
public sealed record NavItem(string? Group, string Page, string Title, string Icon, MemberAction? Needs = null);

/// <summary>The side bar, one line a page that exists.</summary>
public static class NavItems
{
    /// <summary>All of them in their order.</summary>
    public static IReadOnlyList<NavItem> All { get; } =
    [
        new(null, "", "Overview", Icons.Material.Outlined.SpaceDashboard),
        new(null, "playground", "Playground", Icons.Material.Outlined.Science),
        new("Promotions", "vouchers", "Vouchers", Icons.Material.Outlined.ConfirmationNumber),
        new("Promotions", "gift-cards", "Gift cards", Icons.Material.Outlined.CardGiftcard),
        new("Promotions", "campaigns", "Campaigns", Icons.Material.Outlined.Campaign),
        new("Promotions", "promotions", "Promotions", Icons.Material.Outlined.LocalOffer),
        new("Promotions", "rules", "Validation rules", Icons.Material.Outlined.Rule),
        new("Promotions", "categories", "Categories", Icons.Material.Outlined.Category),
        new("Shop", "redemptions", "Redemptions", Icons.Material.Outlined.ReceiptLong),
        new("Shop", "customers", "Customers", Icons.Material.Outlined.People),
        new("Shop", "products", "Products", Icons.Material.Outlined.ShoppingBag),
        new("Shop", "product-collections", "Product collections", Icons.Material.Outlined.CollectionsBookmark),
        new("Traffic", "security", "Security", Icons.Material.Outlined.Shield, MemberAction.ReadSecurity),
        new("Traffic", "usage", "API usage", Icons.Material.Outlined.QueryStats),
        new("Project settings", "settings/general", "General", Icons.Material.Outlined.Tune),
        new("Project settings", "settings/members", "Members", Icons.Material.Outlined.Group, MemberAction.ReadMembers),
        new("Project settings", "settings/keys", "Keys", Icons.Material.Outlined.VpnKey),
        new("Project settings", "settings/website-url", "Your website URL", Icons.Material.Outlined.Public),
        new("Project settings", "settings/permissions", "Permissions", Icons.Material.Outlined.ToggleOn),
        new("Project settings", "settings/limits", "Limits", Icons.Material.Outlined.Speed),
        new("Project settings", "settings/stacking-rules", "Stacking rules", Icons.Material.Outlined.Layers),
        new("Project settings", "settings/branding", "Branding", Icons.Material.Outlined.Storefront),
    ];

    internal static IEnumerable<IGrouping<string?, NavItem>> For(ProjectApi project) =>
        All.Where(i => i.Needs is not { } action || project.May(action)).GroupBy(i => i.Group);
}
