using System.Text.RegularExpressions;

namespace Vouchsafe.Architecture.Tests;

/// <summary>The repository speaks of itself alone: no place of one machine, no host of one registry, no unfinished business.</summary>
public sealed class RepositoryTextTests
{
    private static readonly string[] Binary = [".png", ".jpg", ".ico", ".woff2", ".gz", ".zip", ".pdf"];

    // Written in parts, so that this file does not find itself.
    private static readonly (string What, Regex Pattern)[] Forbidden =
    [
        ("a path of one machine", Pattern(@"(?<![\w./-])/(wo" + @"rk|ro" + @"ot|ho" + @"me/[a-z]+)/[\w.-]+")),
        ("a temporary folder of one machine", Pattern("/tmp/" + "npm")),
        ("a registry's host", Pattern(@"registry\.np" + @"mjs\.org|api\.nu" + @"get\.org|registry\.ya" + @"rnpkg\.com|(deb|security)\.deb" + @"ian\.org|npm\.pk" + @"g\.github\.com|""resol" + @"ved"":\s*""http")),
        ("unfinished business", Pattern(@"\b(TO" + @"DO|FIX" + @"ME|XX" + @"X|HA" + @"CK)\b|NotImplemented" + "Exception")),
        ("talk about how it was made", Pattern(@"\b(anthr" + @"opic|clau" + @"de|chat" + @"gpt|copi" + @"lot|large language mo" + @"del|AI[- ]gener" + @"ated|AI assist" + @"ant)\b", RegexOptions.IgnoreCase)),
        ("a secret in the clear", Pattern("-----BEGIN [A-Z ]*PRIV" + "ATE KEY-----")),
    ];

    [Fact]
    public void NoFile_NamesWhatDoesNotBelongToTheProject()
    {
        List<string> found = [];
        foreach (var file in Sources.Files.Where(f => !Binary.Contains(Path.GetExtension(f))))
            found.AddRange(Find(file, File.ReadAllText(Sources.Path(file))));

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public void TheScan_FindsWhatItIsFor()
    {
        string[] bad =
        [
            "cd /wo" + "rk/main", "see /ro" + "ot/.bashrc", "https://registry.np" + "mjs.org/x", "// TO" + "DO: later", "\"resol" + "ved\": \"https://a.example\"",
        ];

        Assert.All(bad, text => Assert.Single(Find("sample", text)));
        Assert.Empty(Find("sample", "the framework of the workers; docs/work/home; /v1/vouchers"));
    }

    [Fact]
    public void TextFiles_EndTheirLinesAlike()
    {
        var found = Sources.Files.Where(f => !Binary.Contains(Path.GetExtension(f)) && File.ReadAllText(Sources.Path(f)).Contains('\r'));

        Assert.Empty(found);
    }

    [Fact]
    public void NoTest_IsSwitchedOff()
    {
        var off = new Regex(@"\[(Fact|Theory)\([^)]*\bSk" + @"ip\s*=");

        Assert.DoesNotContain(Sources.CodeLines("tests"), line => off.IsMatch(line.Text));
    }

    private static IEnumerable<string> Find(string file, string text)
    {
        foreach (var (what, pattern) in Forbidden)
            foreach (Match match in pattern.Matches(text))
                yield return $"{file}:{text.AsSpan(0, match.Index).Count('\n') + 1}: {what}: {match.Value}";
    }

    private static Regex Pattern(string text, RegexOptions options = RegexOptions.None) => new(text, options | RegexOptions.CultureInvariant);
}
