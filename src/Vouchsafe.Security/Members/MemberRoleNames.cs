namespace Vouchsafe.Security;

/// <summary>The wire names of roles.</summary>
public static class MemberRoleNames
{
    /// <summary>All of them, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<MemberRole>().Select(ToWire)];

    /// <summary>The name as it travels, such as <c>ADMINISTRATOR</c>.</summary>
    public static string ToWire(this MemberRole role) => role switch
    {
        MemberRole.Owner => "OWNER",
        MemberRole.Administrator => "ADMINISTRATOR",
        MemberRole.Editor => "EDITOR",
        MemberRole.Viewer => "VIEWER",
        MemberRole.Security => "SECURITY",
    };

    /// <summary>Reads a name; they are in capitals only.</summary>
    public static bool TryParse(string? name, out MemberRole role)
    {
        foreach (var candidate in Enum.GetValues<MemberRole>())
        {
            if (candidate.ToWire() != name) continue;
            role = candidate;
            return true;
        }
        role = MemberRole.Viewer;
        return false;
    }
}
