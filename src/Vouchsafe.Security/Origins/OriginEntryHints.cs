namespace Vouchsafe.Security;

/// <summary>What to tell the person whose whitelist entry cannot be saved.</summary>
internal static class OriginEntryHints
{
    /// <summary>A hint when the shape alone shows that the entry is wrong; empty otherwise.</summary>
    public static string ForShape(string text)
    {
        if (text.Length == 0) return "An entry must not be empty. Write a domain such as \"yourdomain.com\".";
        if (text == "*") return "";
        if (text.Equals("null", StringComparison.OrdinalIgnoreCase))
            return "\"null\" is what every sandboxed page sends, so it cannot be listed. Only \"*\" lets it in.";
        if (text.StartsWith("*.", StringComparison.Ordinal) && text.Length > 2) return $"Write \"{text[1..]}\": a leading dot already means every subdomain.";
        if (text.Contains('*')) return "\"*\" stands alone and means everyone. For every subdomain write a leading dot, such as \".yourdomain.com\".";
        if (text.Any(char.IsWhiteSpace)) return "An entry must not hold white space. Separate entries with commas.";
        if (text.Contains('@')) return "An origin carries no user name. Write only the host, such as \"yourdomain.com\".";
        var authority = text[(text.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..];
        if (authority.AsSpan().ContainsAny('/', '\\', '?') || authority.Contains('#'))
            return "An origin has no path. Write only scheme and host, such as \"https://yourdomain.com\".";
        if (authority == text && HasPort(text))
            return $"A port needs a scheme. Write \"https://{text}\", or leave the port out to allow every port.";
        return "";
    }

    public static string NotAHost(string text) =>
        $"\"{text}\" is not a host name. Write a domain such as \"yourdomain.com\", an address, or a full origin such as "
        + "\"https://yourdomain.com\". International names that are not accepted as they are can be written in their xn-- form.";

    public static string NotAnOrigin(string text) =>
        $"\"{text}\" is not an origin. Write scheme, host and, if it is not the default, port, such as \"https://yourdomain.com:8443\".";

    private static bool HasPort(string text)
    {
        var colon = text.IndexOf(':', text.LastIndexOf(']') + 1);
        return colon >= 0 && text.LastIndexOf(':') == colon; // more colons: an IPv6 address without brackets
    }
}
