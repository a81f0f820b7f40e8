using System.Globalization;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Records;

/// <summary>Which check refused a request, why, and what to change if requests like it should pass.</summary>
/// <param name="Title">The check in a few words.</param>
/// <param name="Why">What it found.</param>
/// <param name="Steps">What to do, the likeliest first; also when to do nothing.</param>
/// <param name="Setting">Where: <c>website_urls</c>, <c>keys</c>, <c>permissions</c>, <c>limits</c>; null where no setting of the project decides.</param>
/// <param name="SuggestedEntry">An entry that would let the origin in.</param>
/// <param name="PassesNow">Whether the check would let the same request through as the project stands now; null where that cannot be told.</param>
internal sealed record RefusalExplanation(string Title, string Why, IReadOnlyList<string> Steps, string? Setting = null, string? SuggestedEntry = null, bool? PassesNow = null)
{
    /// <summary>Explains with the project's settings as they stand now.</summary>
    internal static RefusalExplanation Of(RefusalGroup refusal, Project project, ApiKey? key, PipelineSettings settings) => (RefusalReason)refusal.Reason switch
    {
        RefusalReason.ClientLimit => ClientLimit(refusal, settings),
        RefusalReason.Origin or RefusalReason.OriginReportOnly => OfOrigin(refusal, project),
        RefusalReason.KeyAddress => OfKeyAddress(refusal, key),
        RefusalReason.Unauthorized => OfCredentials(refusal, key),
        RefusalReason.Scope => new("The key's scopes", $"The key {Name(key)} or its token does not have the scope {refusal.Detail}, which this operation needs.",
            ["Give the key the scope, or make the token with it.", "If this program has no business there, leave it: the refusal is what the scopes are for."], "keys"),
        RefusalReason.Role => refusal.Detail == "STACK"
            ? new("The key's role", $"The role {key?.Role} of the key {Name(key)} permits one redeemable in a request, not several.", ["Send one redeemable, or give the key another role."], "keys")
            : new("The key's role", $"The role {key?.Role} of the key {Name(key)} does not permit this operation ({refusal.Detail}).", ["Give the key another role if the program should do this."], "keys"),
        RefusalReason.Permission => OfPermission(refusal, project),
        RefusalReason.ProjectQuota => OfQuota(project, settings),
        RefusalReason.FailedAuthentications => FailedAuthentications(settings),
        RefusalReason.WrongCodes => new("The budget of wrong codes",
            $"This address tried more than {Text(settings.WrongCodesPerHour)} codes that do not exist within an hour. Until the hour is over no code is looked up for it.",
            ["If you do not know the address, somebody is guessing codes: long random codes make that hopeless.", "If a campaign printed wrong codes, tell the customers.", "The budget is a setting of the server: Limits:WrongCodes:PerHour."]),
        RefusalReason.Preflights => Preflights(),
        _ => Unknown(),
    };

    /// <summary>Explains a refusal that belongs to no project: no page of settings decides about it.</summary>
    internal static RefusalExplanation OfUnclaimed(RefusalGroup refusal, ApiKey? key, PipelineSettings settings) => (RefusalReason)refusal.Reason switch
    {
        RefusalReason.Unauthorized when key is null => new("No valid credentials", "The request named no key that exists here, so nobody can tell which project it was meant for.",
            ["Compare the key's id in the program with the keys of the project it is for: a key that was mistyped, or deleted, ends up here.", "If you do not know the address, somebody is trying keys: secrets have 160 random bits, so nothing is to be feared but the noise."]),
        RefusalReason.Unauthorized => OfCredentials(refusal, key),
        RefusalReason.KeyAddress => OfKeyAddress(refusal, key),
        RefusalReason.ClientLimit => ClientLimit(refusal, settings),
        RefusalReason.FailedAuthentications => FailedAuthentications(settings),
        RefusalReason.Preflights => Preflights(),
        _ => Unknown(),
    } with { Setting = null };

    private static RefusalExplanation ClientLimit(RefusalGroup refusal, PipelineSettings settings)
    {
        var limit = $"{Text(settings.ClientRequests)} requests in {Text(settings.ClientWindowSeconds)} seconds";
        var who = refusal.Address.Length == 0 ? "These addresses" : $"The address {refusal.Address}";
        return new("The limit per address", $"{who} sent more than {limit} to the public channel. Every request counts, also one with a wrong key or to a path that does not exist.",
        [
            "A page should call when the customer acts, not while they type, and wait as long as Retry-After says.",
            "If many customers share one address (an office, a mobile network), or your own server calls the public channel for them, use the private channel from the server.",
            "If the product stands behind a reverse proxy and this is the proxy's address, name it in Network:TrustedProxies.",
            "The limit is a setting of the server: Limits:Client:Requests and Limits:Client:WindowSeconds.",
        ], "limits");
    }

    private static RefusalExplanation FailedAuthentications(PipelineSettings settings) => new("Too many wrong credentials",
        $"More than {Text(settings.FailedAuthenticationsPerMinute)} requests without valid credentials came from this address within a minute. Valid ones are let in all the same.",
        ["Look for a program with an old or mistyped key at this address.", "If you do not know the address, somebody is trying keys: secrets have 160 random bits, so nothing is to be feared but the noise."]);

    private static RefusalExplanation Preflights() => new("Too many preflights", "A browser asks before it calls another origin. This address asked more than 50 times within 5 seconds.",
        ["A page usually calls in a loop. The answer to a preflight may be kept for two hours, so one is enough."]);

    private static RefusalExplanation Unknown() => new("Refused", "The check is not known to this version.", []);

    private static RefusalExplanation OfOrigin(RefusalGroup refusal, Project project)
    {
        var whitelist = OriginWhitelist.TryParse(project.ClientTrustedDomains, out var parsed, out _) ? parsed : OriginWhitelist.Empty;
        var verdict = whitelist.Decide(refusal.Origin.Length == 0 ? null : refusal.Origin);
        var entry = OriginRule.Suggest(refusal.Origin);
        var let = refusal.Reason == (short)RefusalReason.OriginReportOnly ? " The list runs in report-only mode, so the request was let in; without it, it would be refused." : "";
        var why = refusal.Detail switch
        {
            "MISSING" => "The request carries no Origin header. Browsers send one from pages; programs do not. Only the entry * lets such requests in.",
            "OPAQUE" => "The Origin is null, as sandboxed frames and files opened from disk send it. Only the entry * lets it in.",
            "NOT_LISTED" => project.ClientTrustedDomains.Count == 0
                ? $"The list Your website URL is empty, so no website may use the public channel. The page's origin is {refusal.Origin}."
                : $"No entry of Your website URL covers {refusal.Origin}. The list holds: {string.Join(", ", project.ClientTrustedDomains)}.",
            _ => "The Origin header holds no origin.",
        };
        if (verdict.Allowed)
            return new("Your website URL", why + let, [$"Nothing is left to do: by now the entry {verdict.By!.Entry} lets it in. {verdict.By.Explain()}"], "website_urls", null, true);
        List<string> steps = entry is null
            ? ["Open the shop from its own address, not from a file or a sandboxed frame.", "A server should use the private channel, which asks for no Origin."]
            : [$"If the website is yours, add {entry} to Your website URL; it acts at once.", "If you do not know it, leave it: somebody shows your shop's key on another website."];
        return new("Your website URL", why + let, steps, "website_urls", entry, false);
    }

    private static RefusalExplanation OfKeyAddress(RefusalGroup refusal, ApiKey? key)
    {
        bool? passes = key is not null && IpRuleSet.TryParse(key.IpRules, out var rules, out _) && AddressText.TryRead(refusal.Address, out var address) ? rules.Allows(address) : null;
        return new("The key's addresses", $"The key {Name(key)} may be used only from {(key is null ? "the addresses of its list" : string.Join(", ", key.IpRules.DefaultIfEmpty("anywhere, by now")))}; the request came from {refusal.Address}.",
            ["If the program is yours and has moved, add its address to the key's list.", "If you do not know the address, the key is in other hands: rotate it."], "keys", null, passes);
    }

    private static RefusalExplanation OfCredentials(RefusalGroup refusal, ApiKey? key) => key is null
        ? new("No valid credentials", "The request named no key of this project, or none that still exists.", ["Compare the key's id in the program with the list of keys."], "keys")
        : key.Blocked
            ? new("No valid credentials", $"The key {Name(key)} is blocked.", ["Unblock it, or give the program another key."], "keys", null, false)
            : new("No valid credentials", $"The request named the key {Name(key)} with a secret that is not (or no longer) its own, or on another channel than {Channel(key)}.",
                ["Compare the secret in the program; after a rotation the old one ends with the overlap.", $"Check the channel: this key opens {Channel(key)}.", "If you do not know the address, somebody tries secrets; 160 random bits are not guessed."], "keys");

    private static RefusalExplanation OfPermission(RefusalGroup refusal, Project project)
    {
        var permission = Enum.GetValues<ClientPermissions>().FirstOrDefault(p => WireJson.NameOf(p) == refusal.Detail);
        var isOn = permission != 0 && (project.ClientPermissions & permission) == permission;
        return new("Client permissions", $"{refusal.Operation} from the public channel needs the client permission {refusal.Detail}, which {(isOn ? "was switched off then" : "is switched off")}.",
            isOn ? ["Nothing is left to do: by now it is switched on."]
                : ["Switch it on if pages should do this. Everybody who opens the shop can then do it, within the limits.", "Otherwise call the private channel from your server."], "permissions", null, isOn);
    }

    private static RefusalExplanation OfQuota(Project project, PipelineSettings settings) =>
        new("Calls per minute", (project.ServerRequestsPerMinute ?? settings.ServerRequestsPerMinute) is { } limit and > 0
                ? $"The project may make {Text(limit)} private calls in any minute, and they were used up."
                : "The project's private calls of a minute were used up. By now it has no limit.",
            ["Spread the calls, or use the operations that take many entries at once.", "Raise the project's limit, or set it to 0 for none."], "limits");

    private static string Name(ApiKey? key) => key is null ? "(gone by now)" : $"\"{key.Name}\"";

    private static string Channel(ApiKey key) => key.Kind switch
    {
        KeyKind.Client => "the public channel (/client/v1)",
        KeyKind.Management => "the management channel (/management/v1)",
        KeyKind.Application => "the private channel (/v1)",
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
