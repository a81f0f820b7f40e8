using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Resources.Customers;

/// <summary>
/// Codes the shop's own customer ids for places where a shopper can see them. The same id always gives the same
/// <c>track_...</c>, which this project can read back and nobody else can make or read: a synthetic IV (the MAC of the text)
/// and AES-CBC under it. Plain hashing was rejected because the customer could not be found from it without another index.
/// </summary>
internal static class TrackingIds
{
    private const string Prefix = "track_";
    private const int IvBytes = 16;

    /// <summary>The coded form of an id; a form that is coded already stays as it is.</summary>
    internal static string Code(ProjectSettings project, string id)
    {
        if (IsCoded(id)) return id;
        var text = Encoding.UTF8.GetBytes(id);
        var iv = Mac(project, text);
        using var aes = Cipher(project);
        return Prefix + Base64Url.EncodeToString([.. iv, .. aes.EncryptCbc(text, iv)]);
    }

    /// <summary>The id as the shop knows it: decoded if it is coded, else as it stands.</summary>
    internal static string Plain(ProjectSettings project, string id) => TryDecode(project, id, out var plain) ? plain : id;

    /// <summary>A coded id of nobody, for answers that must carry one: it looks like any other and decodes to nothing.</summary>
    internal static string Anonymous()
    {
        Span<byte> bytes = stackalloc byte[4 * IvBytes];
        RandomNumberGenerator.Fill(bytes);
        return string.Concat(Prefix, Base64Url.EncodeToString(bytes));
    }

    private static bool IsCoded(string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal) && Base64Url.IsValid(id.AsSpan(Prefix.Length), out var length) && length >= 2 * IvBytes && length % IvBytes == 0;

    private static bool TryDecode(ProjectSettings project, string id, [NotNullWhen(true)] out string? plain)
    {
        plain = null;
        if (!id.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        Span<byte> bytes = new byte[Base64Url.GetMaxDecodedLength(id.Length - Prefix.Length)];
        if (Base64Url.DecodeFromChars(id.AsSpan(Prefix.Length), bytes, out _, out var length) != OperationStatus.Done
            || length < 2 * IvBytes || length % IvBytes != 0)
            return false;
        using var aes = Cipher(project);
        var text = new byte[length - IvBytes];
        // The framework's own removal of padding throws at ids that nobody made, and pages come back with such ids all day.
        if (!aes.TryDecryptCbc(bytes[IvBytes..length], bytes[..IvBytes], text, out _, PaddingMode.None)) return false;
        if (text[^1] is 0 or > IvBytes) return false;
        var written = text.Length - text[^1];
        if (!CryptographicOperations.FixedTimeEquals(Mac(project, text.AsSpan(0, written)), bytes[..IvBytes])) return false;
        plain = Encoding.UTF8.GetString(text, 0, written);
        return true;
    }

    private static byte[] Mac(ProjectSettings project, ReadOnlySpan<byte> text) =>
        HMACSHA256.HashData(Derive(project, "track-mac"), text)[..IvBytes];

    private static Aes Cipher(ProjectSettings project)
    {
        var aes = Aes.Create();
        aes.Key = Derive(project, "track-enc");
        return aes;
    }

    private static byte[] Derive(ProjectSettings project, string purpose) =>
        HMACSHA256.HashData(project.TrackingKey, Encoding.ASCII.GetBytes(purpose));
}
