using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Management.Keys;

/// <summary>What may be said of a key when it is made or changed.</summary>
internal sealed record KeyPayload
{
    private const int MostAddresses = 200;

    public Optional<string> Name { get; init; }
    public Optional<string> Kind { get; init; }
    public Optional<string> Role { get; init; }
    public Optional<List<string>> Scopes { get; init; }
    public Optional<List<string>> IpWhitelist { get; init; }
    public Optional<bool?> Blocked { get; init; }

    /// <summary>Checks what was written and puts it into the key; the first fault otherwise, and the key is untouched.</summary>
    internal ApiError? Apply(ApiKey key)
    {
        if (Name.IsPresent && string.IsNullOrWhiteSpace(Name.Value)) return CommonErrors.InvalidPayload("name must not be empty.");
        if (Check.Text(Name.Value, "name") is { } tooLong) return tooLong;
        if (Blocked is { IsPresent: true, Value: null }) return CommonErrors.InvalidPayload("blocked must be true or false.");
        if (ReadRole(key).Failed(out var error, out var role)) return error;
        if (ReadScopes(key).Failed(out error, out var scopes)) return error;
        if (role is not null && scopes is not null) return CommonErrors.InvalidPayload("A key has a role or scopes, not both.");
        if (ReadAddresses(key).Failed(out error, out var addresses)) return error;
        key.Name = Name.Or(key.Name)!;
        (key.Role, key.Scopes, key.IpRules) = (role, scopes, addresses);
        key.Blocked = Blocked.Or(key.Blocked) ?? key.Blocked;
        return null;
    }

    private Result<string?> ReadRole(ApiKey key)
    {
        if (!Role.IsPresent) return key.Role;
        if (Role.Value is not { } name) return (string?)null;
        if (key.Kind == KeyKind.Client) return CommonErrors.InvalidPayload("role is for server-side keys; limit a client-side key with scopes.");
        return KeyEntry.TryReadRole(name, out _) ? name : CommonErrors.InvalidPayload($"role must be one of: {string.Join(", ", KeyEntry.RoleNames)}.");
    }

    private Result<string?> ReadScopes(ApiKey key)
    {
        if (!Scopes.IsPresent) return key.Scopes;
        if (Scopes.Value is not { } names) return (string?)null;
        var text = string.Join(' ', names);
        if (!ScopeSet.TryParse(text, out var scopes, out var unknown))
            return CommonErrors.InvalidPayload(unknown.Length > 0 ? $"scopes: there is no scope {unknown}." : "scopes must hold at least one scope; leave it out for all.");
        if (key.Kind == KeyKind.Client && scopes.Enumerate().Any(s => !s.IsClient()))
            return CommonErrors.InvalidPayload("scopes of a client-side key begin with client_.");
        return scopes.ToString();
    }

    private Result<List<string>> ReadAddresses(ApiKey key)
    {
        if (!IpWhitelist.IsPresent) return key.IpRules;
        if (IpWhitelist.Value is not { } entries) return new List<string>();
        if (!IpRuleSet.TryParse(entries, out var rules, out var errors)) return CommonErrors.InvalidPayload($"ip_whitelist: {errors[0].Hint}");
        // An empty list lets every address in, which nobody means who sends a blank entry.
        if (rules.Rules.Count == 0 && entries.Count > 0) return CommonErrors.InvalidPayload("ip_whitelist must hold addresses or networks; [] lets every address use the key.");
        return rules.Rules.Count <= MostAddresses
            ? rules.Rules.Select(r => r.Entry).ToList()
            : CommonErrors.InvalidPayload($"ip_whitelist may hold {MostAddresses} entries at most.");
    }
}
