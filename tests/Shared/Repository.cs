namespace Vouchsafe.Testing;

/// <summary>Where things lie, seen from a test.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    /// <summary>How this test was built: Debug or Release; the server under test is taken from the same build.</summary>
    internal static string Configuration { get; } =
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";

    internal static string ServerAssembly => Path.Combine(Root, "src", "Vouchsafe.Server", "bin", Configuration, "net10.0", "Vouchsafe.Server.dll");

    /// <summary>A file of the reference data that may lie beside the repository; null where it does not.</summary>
    internal static string? Shared(params string[] path)
    {
        var full = Path.GetFullPath(Path.Combine([Root, "..", "shared", .. path]));
        return Path.Exists(full) ? full : null;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Vouchsafe.slnx"))) return folder.FullName;
        throw new InvalidOperationException("The tests must run from a build inside the repository.");
    }
}
