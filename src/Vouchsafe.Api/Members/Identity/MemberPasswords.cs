using Microsoft.AspNetCore.Identity;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.Identity;

/// <summary>
/// Passwords: 12 to 256 characters of any kind and not the address itself; rules of composition only make people choose
/// "Password1!" (NIST SP 800-63B, section 3.1.1.2). They are kept as Identity's slow hash.
/// </summary>
internal sealed class MemberPasswords(IPasswordHasher<Member> hasher)
{
    internal const int Shortest = 12;
    internal const int Longest = 256; // hashing a longer text only takes time

    // Compared against where there is no member, so that an unknown address takes as long as a wrong password.
    private static string? _dummy;

    internal static void Configure(PasswordOptions options)
    {
        options.RequiredLength = Shortest;
        options.RequiredUniqueChars = 1;
        options.RequireDigit = options.RequireLowercase = options.RequireUppercase = options.RequireNonAlphanumeric = false;
    }

    /// <summary>What is wrong with a password that somebody wants; null: nothing.</summary>
    internal static string? Problem(string? password, string? email) =>
        password is null || password.Length < Shortest ? $"The password must have {Shortest} characters or more."
        : password.Length > Longest ? $"The password may have {Longest} characters at most."
        : password.Contains('\0') ? "The password must not contain the NUL character."
        : password.Distinct().Take(4).Count() < 4 ? "The password repeats too few characters; take more different ones."
        : string.Equals(password, email, StringComparison.OrdinalIgnoreCase) ? "The password must not be the e-mail address."
        : null;

    internal string Hash(string password) => hasher.HashPassword(null!, password); // it salts by chance, not by member

    /// <summary>Whether the password is right; null as a member takes the same time and is wrong.</summary>
    internal bool IsRight(Member? member, string password)
    {
        if (password.Length > Longest) password = password[..Longest];
        var stored = member?.PasswordHash ?? (_dummy ??= hasher.HashPassword(null!, Guid.NewGuid().ToString("N")));
        var verdict = hasher.VerifyHashedPassword(member!, stored, password);
        return member?.PasswordHash is not null && verdict is not PasswordVerificationResult.Failed;
    }
}
