using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Vouchsafe.Security;

/// <summary>Makes the ids and the secret tokens of API keys.</summary>
public static class ApiSecret
{
    private const int SecretBytes = 20; // 160 bits: guessing one of a million keys at a million tries a second takes 10^28 years

    /// <summary>
    /// A new secret token of 160 random bits: 40 lower-case hexadecimal digits in five groups, like a UUID with a longer
    /// tail, so that it fits wherever Voucherify's tokens do.
    /// </summary>
    public static string Generate()
    {
        Span<byte> random = stackalloc byte[SecretBytes];
        RandomNumberGenerator.Fill(random);
        var hex = Convert.ToHexStringLower(random);
        CryptographicOperations.ZeroMemory(random);
        return $"{hex[..8]}-{hex[8..12]}-{hex[12..16]}-{hex[16..20]}-{hex[20..]}";
    }

    /// <summary>A new key id: a random UUID (RFC 9562, version 4) in lower case. An id is public and proves nothing.</summary>
    public static string GenerateId()
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        random[6] = (byte)(random[6] & 0x0f | 0x40);
        random[8] = (byte)(random[8] & 0x3f | 0x80);
        return new Guid(random, bigEndian: true).ToString("D");
    }

    /// <summary>Whether a text can be a key id at all: a UUID in its usual form. The normal form is lower case.</summary>
    public static bool TryReadId(string? text, [NotNullWhen(true)] out string? id)
    {
        id = Guid.TryParseExact(text, "D", out var guid) && text!.Length == 36 ? guid.ToString("D") : null;
        return id is not null;
    }
}
