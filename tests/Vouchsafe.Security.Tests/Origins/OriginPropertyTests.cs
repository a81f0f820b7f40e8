using System.Text;
using System.Text.RegularExpressions;

namespace Vouchsafe.Security.Tests.Origins;

/// <summary>A million generated Origin values against a matcher written from the grammar as regular expressions.</summary>
public partial class OriginPropertyTests
{
    private const string LabelPattern = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private const string PortPattern = "(?::(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3}))?";

    // Case is ignored among ASCII only: the caller has ruled out the Kelvin sign and its like. https? with an optional port, or a bare host without one
    [GeneratedRegex($@"\A(?:(?:[Hh][Tt][Tt][Pp][Ss]?://(?:{LabelPattern}\.)+yourdomain\.com{PortPattern})|(?:(?:{LabelPattern}\.)+yourdomain\.com))\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Subdomains();

    [GeneratedRegex($@"\A(?:(?:https?://yourdomain\.com{PortPattern})|yourdomain\.com)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Host();

    [GeneratedRegex(@"\Ahttps://shop\.example:8443\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Exact();

    [GeneratedRegex(@"\Ahttps://shop\.example(?::443)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ExactDefaultPort();

    [GeneratedRegex(@"\A[!-+\x2d-~]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex SingleToken();

    private static readonly string[] Pieces =
    [
        "https", "http", "HTTPS", "capacitor", "javascript", "://", ":", "//", "/", ".", "..", "yourdomain", "com", "yourdomain.com", ".yourdomain.com",
        "YourDomain.Com", "www", "www.", "a", "b-c", "-", "_", "xn--bcher-kva", "evil", "evil.com", "shop.example", ":8443", ":443", ":80", ":0", ":65535",
        ":65536", ":08443", "@", "%00", "\\", "?", "#", "`", "{", ",", " ", "\t", "\0", "\u3002", "\uff0e", "\u0130", "\u212a", "é", "[::1]", "[", "]", "127.0.0.1", "null", "1", "0x7f",
        "yourdomain.com.", "localhost", "*",
    ];

    private static readonly string[] Seeds =
    [
        "https://www.yourdomain.com", "https://yourdomain.com", "yourdomain.com", "a.b.yourdomain.com", "https://shop.example:8443",
        "https://shop.example", "http://x.yourdomain.com:8080",
    ];

    [Fact]
    public void Decide_OnAMillionGeneratedOrigins_AgreesWithTheGrammar()
    {
        (OriginWhitelist List, Func<string, bool> Reference)[] pairs =
        [
            (List(".yourdomain.com"), origin => Ascii.IsValid(origin) && Subdomains().IsMatch(origin) && HostLength(origin) <= 253),
            (List("yourdomain.com"), origin => Ascii.IsValid(origin) && Host().IsMatch(origin)),
            (List("https://shop.example:8443"), origin => Ascii.IsValid(origin) && Exact().IsMatch(origin)),
            (List("https://shop.example"), origin => Ascii.IsValid(origin) && ExactDefaultPort().IsMatch(origin)),
            (List("*"), SingleToken().IsMatch),
        ];
        var random = new Random(20260714);
        var allowed = new int[pairs.Length];
        for (var i = 0; i < 1_000_000; i++)
        {
            var origin = Generate(random);
            for (var pair = 0; pair < pairs.Length; pair++)
            {
                var verdict = pairs[pair].List.Decide(origin).Allowed;
                if (verdict != pairs[pair].Reference(origin)) Assert.Fail($"entry {pairs[pair].List.Rules[0]}, origin {origin}: {verdict}");
                if (verdict) allowed[pair]++;
            }
        }
        Assert.All(allowed, count => Assert.True(count > 1_000, $"only {count} positive examples: the generator is too wild"));
    }

    private static OriginWhitelist List(string entry)
    {
        Assert.True(OriginWhitelist.TryParse([entry], out var whitelist, out _));
        return whitelist;
    }

    private static int HostLength(string origin)
    {
        var host = origin[(origin.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..];
        return host.IndexOf(':') is var colon and >= 0 ? colon : host.Length;
    }

    /// <summary>A known origin with up to three edits, or pieces strung together.</summary>
    private static string Generate(Random random)
    {
        if (random.Next(3) == 0) return string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Pick(random, Pieces)));
        var text = Pick(random, Seeds);
        for (var edits = random.Next(4); edits > 0; edits--)
        {
            var at = random.Next(text.Length + 1);
            text = random.Next(5) switch
            {
                0 => text.Insert(at, Pick(random, Pieces)),
                1 when at < text.Length => text.Remove(at, random.Next(1, Math.Min(4, text.Length - at) + 1)),
                2 when at < text.Length => text.Remove(at, 1).Insert(at, ((char)random.Next(0, 130)).ToString()),
                3 => text.Insert(at, new string('a', random.Next(50, 70))),
                _ => random.Next(2) == 0 ? text.ToUpperInvariant() : text + Pick(random, Pieces),
            };
        }
        return text;
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
