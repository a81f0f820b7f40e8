using System.Globalization;
using System.Text.Json.Serialization;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Customers;

/// <summary>A customer as requests write one: to create or change it, or only to say who it is.</summary>
internal sealed record CustomerPayload
{
    public string? Id { get; init; }
    public string? SourceId { get; init; }
    public Optional<string> Name { get; init; }
    public Optional<string> Description { get; init; }
    public Optional<string> Email { get; init; }
    public Optional<string> Phone { get; init; }
    public Optional<string> Birthdate { get; init; }
    /// <summary>Older name of <see cref="Birthdate"/>.</summary>
    public Optional<string> Birthday { get; init; }
    public Optional<AddressPayload> Address { get; init; }
    public Optional<JsonText?> Metadata { get; init; }

    /// <summary>Whether it says who the customer is.</summary>
    internal bool NamesSomebody => !string.IsNullOrEmpty(Id) || !string.IsNullOrEmpty(SourceId);

    /// <summary>Whether it says more than who the customer is.</summary>
    internal bool CarriesData => Name.IsPresent || Description.IsPresent || Email.IsPresent || Phone.IsPresent
        || Birthdate.IsPresent || Birthday.IsPresent || Address.IsPresent || Metadata.IsPresent;

    /// <summary>What is wrong with it; null: nothing.</summary>
    /// <param name="path">Where it stands in the body, with a dot at the end, or nothing.</param>
    internal ApiError? Problem(string path) =>
        Check.Text(Id, path + "id") ?? Check.Text(SourceId, path + "source_id")
        ?? Check.Text(Name.Value, path + "name") ?? Check.Text(Description.Value, path + "description", Check.LongText)
        ?? Check.Text(Email.Value, path + "email") ?? Check.Text(Phone.Value, path + "phone")
        ?? Day(Birthdate.Value, path + "birthdate") ?? Day(Birthday.Value, path + "birthday")
        ?? Address.Value?.Problem(path + "address.") ?? Check.Object(Metadata.Value, path + "metadata");

    /// <summary>A new customer of this description.</summary>
    internal Customer Create(ProjectSettings project, DateTimeOffset now)
    {
        var customer = new Customer
        {
            Id = Ids.New(IdPrefix.Customer, now),
            ProjectId = project.Id,
            SourceId = string.IsNullOrEmpty(SourceId) ? null : SourceId,
            CreatedAt = now,
        };
        Write(customer);
        return customer;
    }

    /// <summary>Writes into a customer what this names, and nothing else.</summary>
    internal void Apply(Customer customer, DateTimeOffset now)
    {
        Write(customer);
        customer.UpdatedAt = now;
    }

    private void Write(Customer customer)
    {
        customer.Name = Name.Or(customer.Name);
        customer.Description = Description.Or(customer.Description);
        customer.Email = Email.Or(customer.Email);
        customer.Phone = Phone.Or(customer.Phone);
        customer.Birthdate = Birthdate.Or(Birthday.Or(customer.Birthdate));
        if (Address.IsPresent) customer.AddressJson = Address.Value?.ToJson();
        if (Metadata.IsPresent) customer.MetadataJson = Metadata.Value?.Text ?? "{}";
    }

    // Stored as a day; an instant (which clients send too) is its day in UTC.
    private static ApiError? Day(string? value, string field) =>
        value is null || DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null
            : CommonErrors.InvalidPayload($"{field} must be a date in the form YYYY-MM-DD.");
}

/// <summary>A postal address.</summary>
internal sealed record AddressPayload(
    string? City, string? State, [property: JsonPropertyName("line_1")] string? Line1, [property: JsonPropertyName("line_2")] string? Line2,
    string? Country, string? PostalCode)
{
    internal ApiError? Problem(string path) =>
        Check.Text(City, path + "city") ?? Check.Text(State, path + "state") ?? Check.Text(Line1, path + "line_1")
        ?? Check.Text(Line2, path + "line_2") ?? Check.Text(Country, path + "country") ?? Check.Text(PostalCode, path + "postal_code");

    internal string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, WireJson.Sparse);
}
