namespace Vouchsafe.Api.Members.Identity;

/// <summary>What members call their passkeys.</summary>
internal static class PasskeyNames
{
    internal const int Longest = 100;

    /// <summary>What is wrong with a name; null: nothing.</summary>
    internal static string? Problem(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.Trim().Length > Longest || name.Any(char.IsControl)
            ? $"Give the passkey a name of 1 to {Longest} characters."
            : null;
}
