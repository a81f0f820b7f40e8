using System.Diagnostics;
using Vouchsafe.Testing;

namespace Vouchsafe.Architecture.Tests;

/// <summary>The repository's own text.</summary>
internal static class Sources
{
    /// <summary>Every file that git knows or would add, with forward slashes, relative to the root.</summary>
    internal static IReadOnlyList<string> Files { get; } = List();

    internal static string Path(params string[] parts) => System.IO.Path.Combine([Repository.Root, .. parts]);

    /// <summary>The lines of C# files below a folder that are not comments.</summary>
    internal static IEnumerable<(string File, int Number, string Text)> CodeLines(string folder) =>
        from file in Files
        where file.StartsWith(folder.Replace('\\', '/') + "/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)
        from line in File.ReadLines(Path(file)).Select((text, index) => (File: file, Number: index + 1, Text: WithoutComment(text)))
        where line.Text.Length > 0
        select line;

    private static string WithoutComment(string line)
    {
        var trimmed = line.Trim();
        if (trimmed.StartsWith("//", StringComparison.Ordinal)) return "";
        var comment = trimmed.IndexOf(" // ", StringComparison.Ordinal);
        return comment < 0 ? trimmed : trimmed[..comment];
    }

    private static List<string> List()
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            ArgumentList = { "-c", "safe.directory=*", "-c", "core.quotePath=false", "ls-files", "--cached", "--others", "--exclude-standard" },
        };
        using var git = Process.Start(start)!;
        List<string> files = [];
        while (git.StandardOutput.ReadLine() is { } file)
            if (File.Exists(Path(file))) files.Add(file);
        git.WaitForExit();
        return git.ExitCode == 0 && files.Count > 0 ? files : throw new InvalidOperationException("git could not list the repository's files.");
    }
}
