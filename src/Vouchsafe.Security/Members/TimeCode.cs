using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Vouchsafe.Security;

/// <summary>
/// The six digits of an authenticator: RFC 6238 with SHA-1, 30 seconds a step, which is what every authenticator speaks.
/// One step around the present one is accepted, as the RFC's section 5.2 advises for clocks that differ.
/// </summary>
public static class TimeCode
{
    private const int KeyBytes = 20; // RFC 4226, section 4: 160 bits are recommended
    private const int StepSeconds = 30;
    private const int Tolerance = 1;
    private const int Digits = 6;
    private const int Modulus = 1_000_000;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // RFC 4648

    /// <summary>A new key of 160 random bits.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    /// <summary>The key as people type it: base 32.</summary>
    public static string KeyText(ReadOnlySpan<byte> key)
    {
        var text = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var octet in key)
        {
            buffer = (buffer << 8 | octet) & 0xFFF;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(Base32[buffer >> (bits - 5) & 31]);
        }
        if (bits > 0) text.Append(Base32[buffer << (5 - bits) & 31]);
        return text.ToString();
    }

    /// <summary>The address that an authenticator reads from a QR code.</summary>
    /// <param name="issuer">Whose account it is.</param>
    /// <param name="account">Which account.</param>
    /// <param name="key">The key.</param>
    public static string KeyAddress(string issuer, string account, ReadOnlySpan<byte> key) =>
        $"otpauth://totp/{Escape(issuer)}:{Escape(account)}?secret={KeyText(key)}&issuer={Escape(issuer)}&digits={Digits}&period={StepSeconds}";

    /// <summary>The code of an instant.</summary>
    public static string At(ReadOnlySpan<byte> key, DateTimeOffset instant) => OfStep(key, instant.ToUnixTimeSeconds() / StepSeconds);

    /// <summary>
    /// The time step whose code this is; null if it is none, or none later than the last one accepted. The caller stores the
    /// step, so that a code that was looked over somebody's shoulder opens nothing.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="code">What was typed.</param>
    /// <param name="now">The present.</param>
    /// <param name="lastStep">The step of the last code that was accepted; 0: none.</param>
    public static long? Match(ReadOnlySpan<byte> key, string code, DateTimeOffset now, long lastStep)
    {
        if (code.Length != Digits || code.Any(c => !char.IsAsciiDigit(c))) return null;
        var typed = Encoding.ASCII.GetBytes(code);
        var present = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = present - Tolerance; step <= present + Tolerance; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(OfStep(key, step)), typed) && step > lastStep) found = step;
        return found;
    }

    // RFC 3986, section 2.3: what needs no escape.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || "-._~".Contains((char)octet)) escaped.Append((char)octet);
            else escaped.Append(System.Globalization.CultureInfo.InvariantCulture, $"%{octet:X2}");
        }
        return escaped.ToString();
    }

    private static string OfStep(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        HMACSHA1.HashData(key, counter, hash);
        var part = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue; // RFC 4226, section 5.3
        return (part % Modulus).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }
}
