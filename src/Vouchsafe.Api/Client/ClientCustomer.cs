using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Client;

/// <summary>
/// A customer as the public channel shows one: by its ids alone. Whoever knows or guesses a source id must not be told
/// the name or e-mail that the shop has stored under it.
/// </summary>
internal sealed record ClientCustomer(string Id, string? SourceId)
{
    public string Object => "customer";

    internal static ClientCustomer From(Customer customer) => new(customer.Id, customer.SourceId);
}
