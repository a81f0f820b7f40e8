using Vouchsafe.Security;

namespace Vouchsafe.Dashboard.Pages.Settings;

/// <summary>What is said of origins.</summary>
internal static class OriginWords
{
    internal static string Why(OriginRefusal reason) => reason switch
    {
        OriginRefusal.None => "",
        OriginRefusal.Missing => "The request has no Origin header, as programs send it; only * lets it in.",
        OriginRefusal.Opaque => "The browser says null (a sandboxed frame or a local file); only * lets it in.",
        OriginRefusal.Malformed => "This is no origin: it takes a scheme and a host, such as https://shop.example, and nothing after them.",
        OriginRefusal.Unreadable => "No browser sends this; nothing lets it in.",
        OriginRefusal.NotListed => "No entry of the list covers this host.",
    };

    /// <summary>The same for a reason as the API names it.</summary>
    internal static string Why(string reason) =>
        Enum.TryParse<OriginRefusal>(reason.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var known) ? Why(known) : reason;

    /// <summary>The entry that would let an origin in: its host, or the whole origin where it is not of the web.</summary>
    internal static string? Suggest(string? origin)
    {
        if (string.IsNullOrEmpty(origin)) return null;
        var host = origin.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? origin[8..] : origin.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? origin[7..] : null;
        var candidate = host is null ? origin : host.LastIndexOf(':') is var colon and > 0 && !host.EndsWith(']') ? host[..colon] : host;
        return OriginRule.TryParse(candidate, out var rule, out _) ? rule.Entry : null;
    }
}
