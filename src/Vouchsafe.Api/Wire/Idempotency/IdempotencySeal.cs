using System.Security.Cryptography;
using System.Text;

namespace Vouchsafe.Api.Wire.Idempotency;

/// <summary>
/// Seals a remembered answer under a key that comes of the request itself and is stored nowhere. Answers speak of customers and are kept
/// for a day, also past a customer's permanent deletion; so they open for nobody but the caller who sends the same request again, and a
/// copy of the database tells nothing (docs/adr/0302-idempotency.md).
/// </summary>
internal sealed class IdempotencySeal
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _key;

    /// <param name="projectId">The project.</param>
    /// <param name="idempotencyKey">The caller's key, as sent.</param>
    /// <param name="request">Path, query and body.</param>
    internal IdempotencySeal(string projectId, string idempotencyKey, ReadOnlySpan<byte> request)
    {
        var name = Encoding.UTF8.GetBytes($"{projectId}\n{idempotencyKey}");
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(request));
        StoredKey = Convert.ToHexStringLower(SHA256.HashData(name));
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, [.. name, .. SHA256.HashData([0, .. request])], 32, info: "vouchsafe idempotent answer"u8.ToArray());
    }

    /// <summary>Tells requests apart.</summary>
    internal string Fingerprint { get; }

    /// <summary>The form in which the caller's key is stored: the answer's own key must not follow from it.</summary>
    internal string StoredKey { get; }

    /// <summary>Closes an answer.</summary>
    internal string Close(string answer)
    {
        var text = Encoding.UTF8.GetBytes(answer);
        var closed = new byte[NonceBytes + TagBytes + text.Length];
        RandomNumberGenerator.Fill(closed.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Encrypt(closed.AsSpan(0, NonceBytes), text, closed.AsSpan(NonceBytes + TagBytes), closed.AsSpan(NonceBytes, TagBytes));
        return Convert.ToBase64String(closed);
    }

    /// <summary>Opens what the same request closed, as UTF-8.</summary>
    internal byte[] Open(string stored)
    {
        var closed = Convert.FromBase64String(stored);
        var text = new byte[closed.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Decrypt(closed.AsSpan(0, NonceBytes), closed.AsSpan(NonceBytes + TagBytes), closed.AsSpan(NonceBytes, TagBytes), text);
        return text;
    }
}
