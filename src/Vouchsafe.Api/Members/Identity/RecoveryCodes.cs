using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.Identity;

/// <summary>Ten codes that stand in for a lost authenticator, each once.</summary>
internal static class RecoveryCodes
{
    internal const int Count = 10;

    private const string Alphabet = "23456789abcdefghjkmnpqrstvwxyz"; // nothing that reads like something else
    private const int Length = 16; // 78 bits; with five tries a quarter of an hour nobody guesses one

    /// <summary>Replaces all codes of a member; they are shown once.</summary>
    internal static async Task<IReadOnlyList<string>> RenewAsync(VouchsafeDbContext db, string memberId, CancellationToken ct)
    {
        var codes = Enumerable.Range(0, Count).Select(_ => RandomNumberGenerator.GetString(Alphabet, Length)).ToList();
        await db.RecoveryCodes.Where(c => c.MemberId == memberId).ExecuteDeleteAsync(ct);
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { MemberId = memberId, Hash = Hash(code) }));
        await db.SaveChangesAsync(ct);
        return codes.ConvertAll(code => string.Join('-', code.Chunk(4).Select(four => new string(four))));
    }

    /// <summary>Uses a code up; false if the member has no such code. Of two uses at the same moment one succeeds.</summary>
    internal static async Task<bool> UseAsync(VouchsafeDbContext db, string memberId, string code, CancellationToken ct)
    {
        var plain = new string([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);
        if (plain.Length != Length) return false;
        var hash = Hash(plain);
        return await db.RecoveryCodes.Where(c => c.MemberId == memberId && c.Hash == hash).ExecuteDeleteAsync(ct) == 1;
    }

    private static byte[] Hash(string code) => ApiSecretHash.Of(code).ToBytes();
}
