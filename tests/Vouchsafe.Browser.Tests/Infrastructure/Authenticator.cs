using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Vouchsafe.Browser.Tests.Infrastructure;

/// <summary>An authenticator app, by RFC 6238 and not by the product's own code.</summary>
internal sealed class Authenticator(string keyText)
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <summary>The code it shows, or will show so many steps from now.</summary>
    internal string Code(int steps = 0)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / StepSeconds + steps);
        var hash = HMACSHA1.HashData(Key(), counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private byte[] Key()
    {
        var bits = string.Concat(keyText.Where(Base32.Contains).Select(c => Convert.ToString(Base32.IndexOf(c), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
