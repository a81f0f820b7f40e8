using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Vouchsafe.Security;

/// <summary>
/// The SHA-256 of a secret token, all that is stored of it. A plain hash is enough because tokens are random: there is no
/// dictionary to try. Passwords, which people choose, need a slow hash instead.
/// </summary>
public readonly struct ApiSecretHash
{
    /// <summary>The length of a hash in bytes.</summary>
    public const int Length = 32;

    /// <summary>The longest token that is looked at, in characters; longer ones are wrong.</summary>
    public const int MaxTokenLength = 256;

    private readonly Bytes _bytes;

    private ApiSecretHash(ReadOnlySpan<byte> bytes) => bytes.CopyTo(_bytes);

    /// <summary>A hash that no token is known to have, compared against when there is no key.</summary>
    internal static readonly ApiSecretHash Dummy = RandomHash();

    /// <summary>The hash of a token. Allocates nothing.</summary>
    public static ApiSecretHash Of(ReadOnlySpan<char> token)
    {
        if (token.Length > MaxTokenLength) token = token[..MaxTokenLength];
        Span<byte> text = stackalloc byte[MaxTokenLength * 3];
        Span<byte> hash = stackalloc byte[Length];
        var used = Encoding.UTF8.GetBytes(token, text);
        SHA256.HashData(text[..used], hash);
        CryptographicOperations.ZeroMemory(text[..used]);
        return new ApiSecretHash(hash);
    }

    /// <summary>A stored hash.</summary>
    /// <param name="stored">Exactly 32 bytes.</param>
    public static ApiSecretHash FromBytes(ReadOnlySpan<byte> stored)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(stored.Length, Length);
        return new ApiSecretHash(stored);
    }

    /// <summary>The 32 bytes to store.</summary>
    public byte[] ToBytes() => ((ReadOnlySpan<byte>)_bytes).ToArray();

    /// <summary>Whether the token has this hash. Takes the same time whatever the answer.</summary>
    public bool Verify(ReadOnlySpan<char> token) => FixedTimeEquals(Of(token)) & token.Length is > 0 and <= MaxTokenLength;

    /// <summary>The work of <see cref="Verify"/> for a key that does not exist, so that an unknown id cannot be told by the time.</summary>
    public static void DummyVerify(ReadOnlySpan<char> token) => Dummy.Verify(token);

    /// <summary>Whether two hashes are equal, in constant time.</summary>
    public bool FixedTimeEquals(in ApiSecretHash other) => CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    /// <summary>Says nothing about the hash.</summary>
    public override string ToString() => "ApiSecretHash";

    private static ApiSecretHash RandomHash()
    {
        Span<byte> random = stackalloc byte[Length];
        RandomNumberGenerator.Fill(random);
        return new ApiSecretHash(random);
    }

    [InlineArray(Length)]
    private struct Bytes
    {
        private byte _first;
    }
}
