using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources.Qualifications;

/// <summary>What may this customer use for this order?</summary>
internal sealed record QualificationRequest
{
    private static readonly string[] Scenarios =
    [
        "ALL", "CUSTOMER_WALLET", "AUDIENCE_ONLY", "PRODUCTS", "PRODUCTS_DISCOUNT", "PROMOTION_STACKS", "PRODUCTS_BY_CUSTOMER",
        "PRODUCTS_DISCOUNT_BY_CUSTOMER",
    ];

    public CustomerPayload? Customer { get; init; }
    public OrderPayload? Order { get; init; }
    public string? TrackingId { get; init; }
    public string? Scenario { get; init; }
    public OptionsInfo? Options { get; init; }
    public SessionInfo? Session { get; init; }
    public JsonText? Metadata { get; init; }

    internal sealed record OptionsInfo
    {
        public long? Limit { get; init; }
        public DateTimeOffset? StartingAfter { get; init; }
        public JsonText? Filters { get; init; }
        public IReadOnlyList<string>? Expand { get; init; }
        public string? SortingRule { get; init; }
    }

    internal sealed record SessionInfo(string? Type);

    /// <summary>What is asked for; everything, if nothing is said.</summary>
    internal string ScenarioName => Scenario ?? "ALL";

    internal ApiError? Problem() =>
        Check.OneOf(Scenario, "scenario", Scenarios) ?? Customer?.Problem("customer.") ?? Order?.Problem("order.")
        ?? Check.Text(TrackingId, "tracking_id") ?? Check.Object(Metadata, "metadata") ?? Check.OneOf(Session?.Type, "session.type", "LOCK")
        ?? Check.Range(Options?.Limit, "options.limit", 1, QualificationScan.MaxPage)
        ?? Check.OneOf(Options?.SortingRule, "options.sorting_rule", "DEFAULT", "BEST_DEAL", "LEAST_DEAL")
        ?? Options?.Expand?.Select(name => Check.OneOf(name, "options.expand", "redeemable", "category", "validation_rules", UseRequest.Explanation)).FirstOrDefault(e => e is not null);

    /// <summary>Whether the reasons of each verdict are asked for.</summary>
    internal bool Explains => Expands(UseRequest.Explanation);

    internal bool Expands(string name) => Options?.Expand?.Contains(name) == true;
}
