using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Vouchsafe.Security;

/// <summary>
/// One entry of the Origin whitelist, in its normalised form: <c>*</c> (everyone), <c>shop.example</c> (that host over http
/// or https, any port), <c>.shop.example</c> (every subdomain at any depth, not the host itself) or a full origin such as
/// <c>https://shop.example:8443</c> or <c>capacitor://localhost</c> (exactly that one).
/// </summary>
public sealed class OriginRule : IEquatable<OriginRule>
{
    private enum Form
    {
        Any,
        Host,
        Subdomains,
        Exact,
    }

    private readonly Form _form;
    private readonly string _scheme;
    private readonly string _host;
    private readonly HostKind _hostKind;
    private readonly UInt128 _address;
    private readonly int _port;

    private OriginRule(Form form, string entry, string host = "", string scheme = "", int port = 0, HostKind hostKind = HostKind.Name,
        UInt128 address = default)
    {
        _form = form;
        Entry = entry;
        _scheme = scheme;
        _host = host;
        _port = port;
        _hostKind = hostKind;
        _address = address;
    }

    /// <summary>The entry as it is saved: lower case, international names in their <c>xn--</c> form, default ports left out.</summary>
    public string Entry { get; }

    /// <summary>Whether this is <c>*</c>, which also lets requests without an Origin in.</summary>
    public bool IsAny => _form == Form.Any;

    /// <summary>
    /// Reads an entry as a person writes it.
    /// </summary>
    /// <param name="entry">One entry; see <see cref="OriginWhitelist.Split"/> for a list in one text.</param>
    /// <param name="rule">The rule, when the entry is good.</param>
    /// <param name="hint">What is wrong and what to write instead; empty when the entry is good.</param>
    public static bool TryParse(string? entry, [NotNullWhen(true)] out OriginRule? rule, out string hint)
    {
        var text = (entry ?? "").Trim();
        rule = null;
        hint = OriginEntryHints.ForShape(text);
        if (hint.Length > 0) return false;

        (rule, hint) = text == "*" ? (new OriginRule(Form.Any, "*"), "")
            : text.Contains("://", StringComparison.Ordinal) ? ParseOrigin(text)
            : text[0] == '.' ? ParseSubdomains(text)
            : ParseHost(text);
        return rule is not null;
    }

    /// <summary>The narrowest entry that people usually mean when they want an origin let in: its host, or an app's whole origin. Null if there is none.</summary>
    public static string? Suggest(string? originHeader)
    {
        if (!Origin.TryParse(originHeader, out var origin)) return null;
        var entry = !origin.IsWeb ? originHeader : origin.Kind == HostKind.IPv6 ? $"[{origin.Host}]" : origin.Host.ToString();
        return TryParse(entry, out var rule, out _) && !rule.IsAny && rule.Matches(origin) ? rule.Entry : null;
    }

    /// <summary>The rule in plain words, for the person who looks at the list.</summary>
    public string Explain() => _form switch
    {
        Form.Any => "Every website, and every program that sends no Origin at all.",
        Form.Host => $"Pages served from {_host}, over http or https and on any port. Its subdomains are not included.",
        Form.Subdomains => $"Pages served from any subdomain of {_host[1..]}, at any depth. {_host[1..]} itself is not included.",
        Form.Exact => $"Pages whose origin is exactly {Entry}.",
    };

    /// <summary>Two rules are equal when their normalised entries are.</summary>
    public bool Equals(OriginRule? other) => other is not null && other.Entry == Entry;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OriginRule);

    /// <inheritdoc/>
    public override int GetHashCode() => Entry.GetHashCode(StringComparison.Ordinal);

    /// <summary>The normalised entry.</summary>
    public override string ToString() => Entry;

    internal bool Matches(in Origin origin) => _form switch
    {
        Form.Any => true,
        Form.Host => origin.IsWeb && HostEquals(origin),
        Form.Subdomains => origin.IsWeb && origin.Kind == HostKind.Name && origin.Host.Length > _host.Length
            && Ascii.EqualsIgnoreCase(origin.Host[^_host.Length..], _host),
        Form.Exact => Ascii.EqualsIgnoreCase(origin.Scheme, _scheme) && origin.Port == _port && HostEquals(origin),
    };

    private bool HostEquals(in Origin origin) =>
        origin.Kind == _hostKind
        && (_hostKind == HostKind.Name ? Ascii.EqualsIgnoreCase(origin.Host, _host) : origin.Address == _address);

    private static (OriginRule? Rule, string Hint) ParseSubdomains(string text)
    {
        if (!HostName.TryNormalise(text[1..], out var name) || HostName.EndsInNumber(name)) return (null, OriginEntryHints.NotAHost(text));
        if (!name.Contains('.') || PublicSuffixes.Contains(name))
            return (null, $"\"{text}\" would let in every site under a name that anybody can register in. Write your own domain, such as "
                + $"\".yourdomain.{name}\".");
        return (new OriginRule(Form.Subdomains, "." + name, "." + name), "");
    }

    private static (OriginRule? Rule, string Hint) ParseHost(string text)
    {
        if (!TryReadHost(text, out var host, out var kind, out var address)) return (null, OriginEntryHints.NotAHost(text));
        return (new OriginRule(Form.Host, host, host, hostKind: kind, address: address), "");
    }

    private static (OriginRule? Rule, string Hint) ParseOrigin(string text)
    {
        var separator = text.IndexOf("://", StringComparison.Ordinal);
        var scheme = text[..separator].ToLowerInvariant();
        var rest = text[(separator + 3)..];
        var portColon = rest.IndexOf(':', rest.LastIndexOf(']') + 1);
        var hostText = portColon < 0 ? rest : rest[..portColon];
        var portText = portColon < 0 ? "" : rest[portColon..];

        if (hostText.Length == 0 || !TryReadHost(hostText, out var host, out var kind, out var address)
            || !Origin.TryParse($"{scheme}://{host}{portText}", out var origin))
            return (null, OriginEntryHints.NotAnOrigin(text));

        var port = origin.Port == Origin.DefaultPort(scheme) ? "" : $":{origin.Port}";
        return (new OriginRule(Form.Exact, $"{scheme}://{host}{port}", host, scheme, origin.Port, kind, address), "");
    }

    private static bool TryReadHost(string text, out string host, out HostKind kind, out UInt128 address)
    {
        (host, kind, address) = ("", HostKind.Name, default);
        var v6Text = text[0] == '[' && text[^1] == ']' ? text.AsSpan(1, text.Length - 2) : text.AsSpan();
        if (IpLiteral.TryParseV6(v6Text, out address))
        {
            (host, kind) = ($"[{new IpValue(address, isV4: false)}]", HostKind.IPv6);
            return true;
        }
        if (!HostName.TryNormalise(text, out host)) return false;
        if (!HostName.EndsInNumber(host)) return true;
        kind = HostKind.IPv4;
        var isAddress = IpLiteral.TryParseV4(host, out var v4);
        address = v4;
        return isAddress;
    }
}
