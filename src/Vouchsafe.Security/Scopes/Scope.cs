namespace Vouchsafe.Security;

/// <summary>
/// What an OAuth token may be limited to. The names and what each covers are Voucherify's: a scope opens every method
/// under its path, and says nothing about reading or writing.
/// </summary>
public enum Scope
{
    /// <summary><c>api</c>: the whole server-side API.</summary>
    Api,

    /// <summary><c>assets</c>: <c>/v1/assets</c>.</summary>
    Assets,

    /// <summary><c>async-actions</c>: <c>/v1/async-actions</c>.</summary>
    AsyncActions,

    /// <summary><c>campaigns</c>: <c>/v1/campaigns</c>.</summary>
    Campaigns,

    /// <summary><c>categories</c>: <c>/v1/categories</c>.</summary>
    Categories,

    /// <summary><c>consents</c>: <c>/v1/consents</c>.</summary>
    Consents,

    /// <summary><c>customers</c>: <c>/v1/customers</c>.</summary>
    Customers,

    /// <summary><c>events</c>: <c>/v1/events</c>.</summary>
    Events,

    /// <summary><c>exports</c>: <c>/v1/exports</c>.</summary>
    Exports,

    /// <summary><c>locations</c>: <c>/v1/locations</c>.</summary>
    Locations,

    /// <summary><c>loyalties</c>: <c>/v1/loyalties</c>.</summary>
    Loyalties,

    /// <summary><c>metadata-schemas</c>: <c>/v1/metadata-schemas</c>.</summary>
    MetadataSchemas,

    /// <summary><c>orders</c>: <c>/v1/orders</c>.</summary>
    Orders,

    /// <summary><c>product-collections</c>: <c>/v1/product-collections</c>.</summary>
    ProductCollections,

    /// <summary><c>products</c>: <c>/v1/products</c>.</summary>
    Products,

    /// <summary><c>promotions</c>: <c>/v1/promotions</c>.</summary>
    Promotions,

    /// <summary><c>publications</c>: <c>/v1/publications</c>.</summary>
    Publications,

    /// <summary><c>qualifications</c>: <c>/v1/qualifications</c>.</summary>
    Qualifications,

    /// <summary><c>redemptions</c>: <c>/v1/redemptions</c>.</summary>
    Redemptions,

    /// <summary><c>referrals</c>: <c>/v1/referrals</c>.</summary>
    Referrals,

    /// <summary><c>rewards</c>: <c>/v1/rewards</c>.</summary>
    Rewards,

    /// <summary><c>segments</c>: <c>/v1/segments</c>.</summary>
    Segments,

    /// <summary><c>skus</c>: <c>/v1/skus</c>.</summary>
    Skus,

    /// <summary><c>task-results</c>: <c>/v1/task-results</c>.</summary>
    TaskResults,

    /// <summary><c>templates</c>: <c>/v1/templates</c>.</summary>
    Templates,

    /// <summary><c>trash-bin</c>: <c>/v1/trash-bin</c>.</summary>
    TrashBin,

    /// <summary><c>validation-rules-assignments</c>: <c>/v1/validation-rules-assignments</c>.</summary>
    ValidationRulesAssignments,

    /// <summary><c>validation-rules</c>: <c>/v1/validation-rules</c>.</summary>
    ValidationRules,

    /// <summary><c>validations</c>: <c>/v1/validations</c>.</summary>
    Validations,

    /// <summary><c>vouchers</c>: <c>/v1/vouchers</c>.</summary>
    Vouchers,

    /// <summary><c>client_api</c>: the whole client-side API.</summary>
    ClientApi,

    /// <summary><c>client_consents</c>: <c>/client/v1/consents</c>.</summary>
    ClientConsents,

    /// <summary><c>client_customers</c>: <c>/client/v1/customers</c>.</summary>
    ClientCustomers,

    /// <summary><c>client_events</c>: <c>/client/v1/events</c>.</summary>
    ClientEvents,

    /// <summary><c>client_promotions</c>: <c>/client/v1/promotions</c>.</summary>
    ClientPromotions,

    /// <summary><c>client_publish</c>: <c>/client/v1/publish</c>.</summary>
    ClientPublish,

    /// <summary><c>client_qualifications</c>: <c>/client/v1/qualifications</c>.</summary>
    ClientQualifications,

    /// <summary><c>client_redeem</c>: <c>/client/v1/redeem</c>.</summary>
    ClientRedeem,

    /// <summary><c>client_redemptions</c>: <c>/client/v1/redemptions</c>.</summary>
    ClientRedemptions,

    /// <summary><c>client_validate</c>: <c>/client/v1/validate</c>.</summary>
    ClientValidate,

    /// <summary><c>client_validations</c>: <c>/client/v1/validations</c>.</summary>
    ClientValidations,

    /// <summary><c>client_vouchers</c>: <c>/client/v1/vouchers</c>.</summary>
    ClientVouchers,
}
