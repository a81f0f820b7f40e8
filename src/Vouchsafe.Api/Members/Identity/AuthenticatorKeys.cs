using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Vouchsafe.Security;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.Identity;

/// <summary>Keeps the keys of authenticators encrypted, each bound to its member: the database alone makes no codes.</summary>
internal sealed class AuthenticatorKeys(IDataProtectionProvider protection)
{
    internal byte[] Protect(string memberId, byte[] key) => For(memberId).Protect(key);

    /// <summary>The key; null if there is none, or it was written under a ring that is gone.</summary>
    internal byte[]? Reveal(Member member)
    {
        if (member.ProtectedAuthenticatorKey is not { } text) return null;
        try
        {
            return For(member.Id).Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The time step of a code as it was typed; null if it is wrong, or not later than the last one accepted.</summary>
    internal long? StepOf(Member member, string? typed, DateTimeOffset now)
    {
        var code = new string([.. (typed ?? "").Where(c => c is not (' ' or '-'))]);
        return Reveal(member) is { } key ? TimeCode.Match(key, code, now, member.LastCodeStep) : null;
    }

    private IDataProtector For(string memberId) => protection.CreateProtector("Vouchsafe.Member.Authenticator.v1", memberId);
}
