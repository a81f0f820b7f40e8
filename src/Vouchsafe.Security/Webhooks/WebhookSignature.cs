using System.Security.Cryptography;
using System.Text;

namespace Vouchsafe.Security;

/// <summary>
/// The signature of a webhook: HMAC-SHA256 (RFC 2104) of the body with the project's webhook secret, in lower-case
/// hexadecimal. The receiver computes it over the JSON without insignificant white space, so bodies must be sent compact.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header that carries the signature.</summary>
    public const string HeaderName = "x-voucherify-signature";

    /// <summary>The signature of a body.</summary>
    /// <param name="body">The bytes exactly as they are sent.</param>
    /// <param name="secret">The project's webhook secret; its UTF-8 bytes are the key.</param>
    public static string Sign(ReadOnlySpan<byte> body, string secret)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, mac);
        return Convert.ToHexStringLower(mac);
    }

    /// <summary>Whether a signature belongs to a body, in constant time.</summary>
    public static bool Verify(ReadOnlySpan<byte> body, string secret, string? signature) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(body, secret)), Encoding.UTF8.GetBytes(signature ?? ""));
}
