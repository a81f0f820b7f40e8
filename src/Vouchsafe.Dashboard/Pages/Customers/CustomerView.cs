namespace Vouchsafe.Dashboard.Pages.Customers;

/// <summary>A customer on the wire.</summary>
public sealed record CustomerView(string Id, string? SourceId, string? Name, string? Email, string? Phone, string? Description, CustomerSummaryView? Summary, DateTimeOffset? CreatedAt)
{
    /// <summary>The best name there is.</summary>
    public string Label => Name ?? SourceId ?? Email ?? Id;
}

/// <summary>What the customer did.</summary>
public sealed record CustomerSummaryView(CustomerRedemptions? Redemptions, CustomerOrders? Orders);

/// <summary>Redemptions of a customer.</summary>
public sealed record CustomerRedemptions(long TotalRedeemed, long TotalFailed, long TotalSucceeded, long TotalRolledBack);

/// <summary>Orders of a customer, amounts in minor units.</summary>
public sealed record CustomerOrders(long TotalAmount, long TotalCount, long AverageAmount);
