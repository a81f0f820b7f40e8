namespace Vouchsafe.Dashboard.Layout;

/// <summary>Addresses of a project's pages.</summary>
internal static class ProjectPath
{
    private const string Prefix = "/projects/";

    /// <summary>The project that an address names, or null.</summary>
    internal static string? IdOf(string path)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var rest = path.AsSpan(Prefix.Length);
        var end = rest.IndexOfAny('/', '?', '#');
        return end switch { 0 => null, < 0 => rest.Length == 0 ? null : rest.ToString(), _ => rest[..end].ToString() };
    }
}
