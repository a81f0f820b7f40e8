using Microsoft.Extensions.Configuration;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Security;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Management;

/// <summary>What the first start of an empty database takes from <c>Bootstrap:*</c>; null where it is to be made at random.</summary>
internal sealed record BootstrapSettings(
    string? ApplicationId, string? ApplicationToken, string? ClientApplicationId, string? ClientToken,
    string? ManagementId, string? ManagementToken, IReadOnlyList<string> WebsiteUrls, ClientPermissions ClientPermissions)
{
    /// <summary>Where developers open pages from; used when no website URL is given.</summary>
    private const string DefaultWebsite = "localhost";

    private static readonly Dictionary<string, ClientPermissions> Permissions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["all"] = ClientPermissions.All,
        ["none"] = ClientPermissions.None,
        ["redeem"] = ClientPermissions.Redeem,
        ["publish"] = ClientPermissions.Publish,
        ["list_vouchers"] = ClientPermissions.ListVouchers,
        ["create_customer"] = ClientPermissions.CreateCustomer,
        ["create_customers"] = ClientPermissions.CreateCustomer,
        ["set_voucher_expiration_date"] = ClientPermissions.SetExpirationDate,
        ["update_expiry"] = ClientPermissions.SetExpirationDate,
        ["loyalty_events"] = ClientPermissions.TrackEvents,
        ["track_events"] = ClientPermissions.TrackEvents,
    };

    internal static BootstrapSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Bootstrap");
        var websites = section["WebsiteUrls"] is { Length: > 0 } given ? given : DefaultWebsite;
        if (!OriginWhitelist.TryParse([websites], out var whitelist, out var errors))
            throw new SettingsException($"Bootstrap:WebsiteUrls: {string.Join(" ", errors.Select(e => e.Hint))}");
        return new BootstrapSettings(
            Id(section, "ApplicationId"), Token(section, "ApplicationToken"), Id(section, "ClientApplicationId"), Token(section, "ClientToken"),
            Id(section, "ManagementId"), Token(section, "ManagementToken"), [.. whitelist.Rules.Select(r => r.Entry)],
            ReadPermissions(section["ClientPermissions"]));
    }

    /// <summary>The first member of a server that has none; null: not configured.</summary>
    internal static NewMember? ReadAdmin(IConfiguration configuration)
    {
        var (email, password) = (configuration["Bootstrap:AdminEmail"], configuration["Bootstrap:AdminPassword"]);
        if (string.IsNullOrEmpty(email) && string.IsNullOrEmpty(password)) return null;
        if (string.IsNullOrEmpty(email) || string.IsNullOrEmpty(password)) throw new SettingsException("Bootstrap:AdminEmail and Bootstrap:AdminPassword go together: set both or neither.");
        return NewMember.Read(email, "Administrator", password, out var admin) is { } problem
            ? throw new SettingsException($"Bootstrap:AdminEmail, Bootstrap:AdminPassword: {problem}")
            : admin;
    }

    private static string? Id(IConfigurationSection section, string name) =>
        Text(section, name, 100) is { } id ? PresentedCredential.Normalise(id) : null;

    private static string? Token(IConfigurationSection section, string name) => Text(section, name, ApiSecretHash.MaxTokenLength);

    private static string? Text(IConfigurationSection section, string name, int maxLength)
    {
        var text = section[name];
        if (string.IsNullOrEmpty(text)) return null;
        var readable = text.Length <= maxLength && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && !text.Contains(',');
        return readable ? text : throw new SettingsException($"Bootstrap:{name} may hold {maxLength} printable ASCII characters, without spaces and commas.");
    }

    private static ClientPermissions ReadPermissions(string? text)
    {
        var permissions = ClientPermissions.None;
        foreach (var name in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var plain = name.StartsWith("client_", StringComparison.OrdinalIgnoreCase) ? name[7..] : name;
            if (plain.EndsWith("_enabled", StringComparison.OrdinalIgnoreCase)) plain = plain[..^8];
            plain = plain.Replace('-', '_').Replace(' ', '_');
            permissions |= Permissions.TryGetValue(plain, out var permission)
                ? permission
                : throw new SettingsException($"Bootstrap:ClientPermissions: \"{name}\" is none of {string.Join(", ", Permissions.Keys)}.");
        }
        return permissions;
    }
}
