using System.Collections.Frozen;

namespace Vouchsafe.Security;

/// <summary>The wire names of scopes.</summary>
public static class ScopeNames
{
    private static readonly (Scope Scope, string Name)[] Table =
    [
        (Scope.Api, "api"),
        (Scope.Assets, "assets"),
        (Scope.AsyncActions, "async-actions"),
        (Scope.Campaigns, "campaigns"),
        (Scope.Categories, "categories"),
        (Scope.Consents, "consents"),
        (Scope.Customers, "customers"),
        (Scope.Events, "events"),
        (Scope.Exports, "exports"),
        (Scope.Locations, "locations"),
        (Scope.Loyalties, "loyalties"),
        (Scope.MetadataSchemas, "metadata-schemas"),
        (Scope.Orders, "orders"),
        (Scope.ProductCollections, "product-collections"),
        (Scope.Products, "products"),
        (Scope.Promotions, "promotions"),
        (Scope.Publications, "publications"),
        (Scope.Qualifications, "qualifications"),
        (Scope.Redemptions, "redemptions"),
        (Scope.Referrals, "referrals"),
        (Scope.Rewards, "rewards"),
        (Scope.Segments, "segments"),
        (Scope.Skus, "skus"),
        (Scope.TaskResults, "task-results"),
        (Scope.Templates, "templates"),
        (Scope.TrashBin, "trash-bin"),
        (Scope.ValidationRulesAssignments, "validation-rules-assignments"),
        (Scope.ValidationRules, "validation-rules"),
        (Scope.Validations, "validations"),
        (Scope.Vouchers, "vouchers"),
        (Scope.ClientApi, "client_api"),
        (Scope.ClientConsents, "client_consents"),
        (Scope.ClientCustomers, "client_customers"),
        (Scope.ClientEvents, "client_events"),
        (Scope.ClientPromotions, "client_promotions"),
        (Scope.ClientPublish, "client_publish"),
        (Scope.ClientQualifications, "client_qualifications"),
        (Scope.ClientRedeem, "client_redeem"),
        (Scope.ClientRedemptions, "client_redemptions"),
        (Scope.ClientValidate, "client_validate"),
        (Scope.ClientValidations, "client_validations"),
        (Scope.ClientVouchers, "client_vouchers"),
    ];

    private static readonly string[] ByScope = [.. Table.OrderBy(row => row.Scope).Select(row => row.Name)];
    private static readonly FrozenDictionary<string, Scope> ByName = Table.ToFrozenDictionary(row => row.Name, row => row.Scope, StringComparer.Ordinal);

    /// <summary>The name as it travels, such as <c>validation-rules</c>.</summary>
    public static string ToWire(this Scope scope) => ByScope[(int)scope];

    /// <summary>Reads a name; they are in lower case only.</summary>
    public static bool TryParse(string name, out Scope scope) => ByName.TryGetValue(name, out scope);

    /// <summary>Whether the scope belongs to the client-side API.</summary>
    public static bool IsClient(this Scope scope) => scope >= Scope.ClientApi;
}
