using Vouchsafe.Api.Management.Projects;
using Vouchsafe.Api.Members.Identity;

namespace Vouchsafe.Api.Members.SigningIn;

/// <summary>What somebody gives who becomes a member; checked.</summary>
internal sealed record NewMember(string Email, string DisplayName, string Password)
{
    internal const int LongestName = 100;

    /// <summary>Reads it; what is wrong with it otherwise.</summary>
    internal static string? Read(string? email, string? displayName, string? password, out NewMember? member)
    {
        member = null;
        var address = (email ?? "").Trim();
        if (!EmailAddresses.IsAddress(address)) return "The e-mail address must be an address such as you@shop.example.";
        if (NameProblem(displayName) is { } problem) return problem;
        if (MemberPasswords.Problem(password, address) is { } weak) return weak;
        member = new NewMember(address, displayName!.Trim(), password!);
        return null;
    }

    internal static string? NameProblem(string? displayName) =>
        string.IsNullOrWhiteSpace(displayName) || displayName.Trim().Length > LongestName || displayName.Any(char.IsControl)
            ? $"The name must have 1 to {LongestName} characters."
            : null;
}
