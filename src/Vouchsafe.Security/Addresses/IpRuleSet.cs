using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Vouchsafe.Security;

/// <summary>One entry of an application key's IP whitelist: an address or a network.</summary>
public sealed class IpRule
{
    private readonly AddressRange _range;

    private IpRule(AddressRange range)
    {
        _range = range;
        Entry = range.ToString();
    }

    /// <summary>The entry as it is saved, such as <c>203.0.113.7</c> or <c>2001:db8::/32</c>.</summary>
    public string Entry { get; }

    /// <summary>Reads one entry strictly; host bits beyond the prefix are refused.</summary>
    /// <param name="entry">An address, or a network in CIDR form.</param>
    /// <param name="rule">The rule, when the entry is good.</param>
    /// <param name="hint">What is wrong and what to write instead; empty when the entry is good.</param>
    public static bool TryParse(string? entry, [NotNullWhen(true)] out IpRule? rule, out string hint)
    {
        rule = AddressRange.TryParse((entry ?? "").Trim(), out var range, out hint) ? new IpRule(range.WithoutNat64()) : null;
        return rule is not null;
    }

    /// <summary>Whether the address is covered.</summary>
    public bool Allows(IpValue address) => _range.Contains(address.WithoutNat64());

    /// <summary>The rule in plain words, for the person who looks at the list.</summary>
    public string Explain() => _range switch
    {
        { IsSingle: true } => "This one address.",
        { PrefixLength: 0, Network.IsV4: true } => "Every IPv4 address.",
        { PrefixLength: 0 } => "Every IPv6 address.",
        { Network.IsV4: true } => string.Create(CultureInfo.InvariantCulture, $"{1L << (32 - _range.PrefixLength):N0} addresses: {_range.Network} to {_range.Last}."),
        _ => $"The IPv6 addresses from {_range.Network} to {_range.Last}.",
    };

    /// <summary>The normalised entry.</summary>
    public override string ToString() => Entry;
}

/// <summary>The IP whitelist of an application key. An empty one lets every address use the key. Immutable.</summary>
public sealed class IpRuleSet
{
    /// <summary>The list that lets every address in.</summary>
    public static readonly IpRuleSet Everyone = new([]);

    private readonly IpRule[] _rules;

    private IpRuleSet(IpRule[] rules) => _rules = rules;

    /// <summary>The entries in the order in which they were given.</summary>
    public IReadOnlyList<IpRule> Rules => _rules;

    /// <summary>Reads a list; elements may hold several entries separated by commas or white space.</summary>
    public static bool TryParse(IEnumerable<string?> entries, [NotNullWhen(true)] out IpRuleSet? rules, out IReadOnlyList<EntryError> errors)
    {
        var good = new List<IpRule>();
        var bad = new List<EntryError>();
        foreach (var entry in entries.SelectMany(AddressList.Split))
        {
            if (!IpRule.TryParse(entry, out var rule, out var hint)) bad.Add(new EntryError(entry, hint));
            else if (!good.Exists(known => known.Entry == rule.Entry)) good.Add(rule);
        }
        errors = bad;
        rules = bad.Count == 0 ? new IpRuleSet([.. good]) : null;
        return rules is not null;
    }

    /// <summary>Whether the key may be used from this address.</summary>
    public bool Allows(IPAddress? address) => Allows(IpValue.Of(address));

    /// <summary>Whether the key may be used from this address.</summary>
    public bool Allows(IpValue address)
    {
        if (_rules.Length == 0) return true;
        foreach (var rule in _rules)
        {
            if (rule.Allows(address)) return true;
        }
        return false;
    }
}
