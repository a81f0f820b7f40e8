using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Members.SigningIn;

/// <summary>
/// What is kept of an address that no member has. It tells a colleague's slip from somebody who tries names at the shop's
/// domain, and a password that was typed into the wrong field leaves its first character at most: the rest is kept only if it
/// is the domain of a member's address, which no secret is.
/// </summary>
internal static class MaskedAddress
{
    private const int Longest = 254;

    /// <summary>Such as <c>a…@shop.example</c>; null where nothing may be kept.</summary>
    internal static async Task<string?> OfAsync(VouchsafeDbContext db, string? typed)
    {
        var text = (typed ?? "").Trim();
        var at = text.LastIndexOf('@');
        if (at <= 0 || text.Length > Longest) return null;
        var domain = text[at..].ToUpperInvariant();
        var isOurs = domain.Length > 1 && await db.Members.AnyAsync(m => m.NormalizedEmail!.EndsWith(domain));
        return isOurs ? (char.IsAsciiLetterOrDigit(text[0]) ? text[..1] : "") + "…" + domain.ToLowerInvariant() : null;
    }

    /// <summary>The domain with its @; of a whole address, too.</summary>
    internal static string DomainOf(string address) => address[address.LastIndexOf('@')..].ToLowerInvariant();
}
