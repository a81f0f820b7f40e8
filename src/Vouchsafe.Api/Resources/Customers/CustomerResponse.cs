using System.Text.Json.Serialization;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Customers;

/// <summary>A customer on the wire.</summary>
internal sealed record CustomerResponse
{
    public required string Id { get; init; }
    public string? SourceId { get; init; }
    public string? Name { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Description { get; init; }
    public string? Email { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Phone { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Birthday { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Birthdate { get; init; }
    public JsonText? Address { get; init; }
    public required CustomerSummary Summary { get; init; }
    public required LoyaltyInfo Loyalty { get; init; }
    public required ReferralInfo Referrals { get; init; }
    public required JsonText Metadata { get; init; }
    public JsonText SystemMetadata { get; init; } = JsonText.EmptyObject;
    public required DateTimeOffset CreatedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? UpdatedAt { get; init; }
    public string Object => "customer";

    internal sealed record LoyaltyInfo(long Points, long ReferredCustomers, JsonText Campaigns);

    internal sealed record ReferralInfo(long Total, IReadOnlyList<JsonText> Campaigns);

    internal static CustomerResponse From(Customer customer, CustomerSummary summary) => new()
    {
        Id = customer.Id,
        SourceId = customer.SourceId,
        Name = customer.Name,
        Description = customer.Description,
        Email = customer.Email,
        Phone = customer.Phone,
        Birthday = customer.Birthdate,
        Birthdate = customer.Birthdate,
        Address = JsonText.From(customer.AddressJson),
        Summary = summary,
        Loyalty = new(summary.Redemptions.LoyaltyCard.PointsToGo, 0, JsonText.EmptyObject),
        Referrals = new(0, []),
        Metadata = new JsonText(customer.MetadataJson),
        CreatedAt = customer.CreatedAt,
        UpdatedAt = customer.UpdatedAt,
    };
}

/// <summary>A customer inside another resource.</summary>
internal sealed record SimpleCustomer(string Id, string? SourceId, string? Name, string? Email, JsonText Metadata)
{
    public string Object => "customer";

    internal static SimpleCustomer? From(Customer? customer) => customer is null
        ? null
        : new(customer.Id, customer.SourceId, customer.Name, customer.Email, new JsonText(customer.MetadataJson));
}

/// <summary>Only which customer.</summary>
internal sealed record CustomerReference(string Id)
{
    public string Object => "customer";

    internal static CustomerReference? From(string? id) => id is null ? null : new(id);
}
