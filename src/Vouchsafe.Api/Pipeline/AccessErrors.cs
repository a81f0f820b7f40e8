using Vouchsafe.Api.Records;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Pipeline;

/// <summary>Refusals of callers that are known but not allowed.</summary>
internal static class AccessErrors
{
    internal static ApiError OriginRefused(OriginRefusal reason) => CommonErrors.Forbidden(reason switch
    {
        OriginRefusal.Missing => "The request carries no Origin header. Only the entry * of the project's website URLs lets such requests in.",
        OriginRefusal.Opaque => "The Origin is null, as sandboxed frames and local files send it. Only the entry * of the project's website URLs lets it in.",
        OriginRefusal.Malformed or OriginRefusal.Unreadable => "The Origin header holds no origin.",
        OriginRefusal.NotListed or OriginRefusal.None => "This website is not among the project's website URLs (client_trusted_domains).",
    }, OriginOf(RefusalReason.Origin, reason));

    internal static Refusal OriginOf(RefusalReason reason, OriginRefusal verdict) => new(reason, WireJson.NameOf(verdict));

    internal static ApiError AddressNotListed(IpValue address) => CommonErrors.Forbidden($"This key may not be used from the address {address}.", new(RefusalReason.KeyAddress));

    internal static ApiError ScopeMissing(string scope) => CommonErrors.Forbidden($"The scope {scope} is needed for this operation.", new(RefusalReason.Scope, scope));

    internal static ApiError RoleForbids(KeyRole role, string scope) =>
        CommonErrors.Forbidden($"The role {role.ToString().ToUpperInvariant()} of this key does not permit this operation ({scope}).", new(RefusalReason.Role, scope));

    internal static ApiError MemberMayNot(MemberRole? role) => CommonErrors.Forbidden(role is null
        ? "You are no member of this project."
        : $"Your role in this project, {role.ToString()!.ToLowerInvariant()}, does not permit this.");

    internal static ApiError RoleForbidsStacking(KeyRole role) =>
        CommonErrors.Forbidden($"The role {role.ToString().ToUpperInvariant()} of this key permits one redeemable in a request, not several.", new(RefusalReason.Role, "STACK"));

    internal static ApiError PermissionOff(ClientPermissions permission) => CommonErrors.Forbidden(permission switch
    {
        ClientPermissions.Redeem => Off("Redeeming", "client_redeem_enabled"),
        ClientPermissions.Publish => Off("Publishing", "client_publish_enabled"),
        ClientPermissions.ListVouchers => Off("Listing vouchers", "client_list_vouchers_enabled"),
        ClientPermissions.CreateCustomer => Off("Creating customers", "client_create_customer_enabled"),
        ClientPermissions.SetExpirationDate => Off("Setting the expiry of vouchers", "client_set_voucher_expiration_date_enabled"),
        ClientPermissions.TrackEvents => Off("Tracking events", "client_loyalty_events_enabled"),
        _ => "A client permission of this project is switched off.",
    }, new(RefusalReason.Permission, WireJson.NameOf(permission)));

    private static string Off(string what, string setting) => $"{what} from the public channel is switched off in this project ({setting}).";
}
