using System.Net;
using CsCheck;

namespace Vouchsafe.Security.Tests.Addresses;

public class IpLiteralTests
{
    [Theory]
    [InlineData("016.1.1.1")]
    [InlineData("134744072")]
    [InlineData("0x7f.1")]
    [InlineData("0x7f000001")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.")]
    [InlineData("1..2.3")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1.2.3.4 ")]
    [InlineData("1.2.3.-4")]
    [InlineData("１.2.3.4")]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7::8")]
    [InlineData("::12345")]
    [InlineData("::g")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData(":1:2:3:4:5:6:7")]
    [InlineData("::1.2.3")]
    [InlineData("::1.2.3.04")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("[::1]")]
    [InlineData("::1/64")]
    [InlineData("::1%")]
    [InlineData("::1%a b")]
    [InlineData("1.2.3.4%1")]
    public void TryParse_RefusesEverythingThatIsNotPlain(string text)
    {
        Assert.False(IpValue.TryParse(text, out _));
    }

    [Theory]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("1::", "1::")]
    [InlineData("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6::8", "1:2:3:4:5:6:0:8")]
    [InlineData("2001:DB8::A", "2001:db8::a")]
    [InlineData("::ffff:1.2.3.4", "1.2.3.4")]
    [InlineData("::ffff:102:304", "1.2.3.4")]
    [InlineData("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304")]
    [InlineData("fe80::1%1", "fe80::1")]
    [InlineData("fe80::1%eth0", "fe80::1")]
    public void TryParse_ReadsTheStandardForms(string text, string expected)
    {
        Assert.True(IpValue.TryParse(text, out var value));
        Assert.Equal(expected, value.ToString());
    }

    [Fact]
    public void TryParse_ReadsBackEveryAddressTheRuntimeWrites()
    {
        Gen.Byte.Array[16].Where(bytes => bytes.Length == 16).Sample(
            bytes =>
            {
                // Zero out some groups, so that the shortened forms occur.
                for (var i = 0; i < 8; i++)
                {
                    if (bytes[i * 2] % 2 == 0) bytes[i * 2] = bytes[i * 2 + 1] = 0;
                }
                var v6 = new IPAddress(bytes);
                var v4 = new IPAddress(bytes.AsSpan(12));
                return IpValue.TryParse(v6.ToString(), out var six) && six == IpValue.Of(v6) && IpValue.TryParse(v4.ToString(), out var four)
                    && four.ToIPAddress().Equals(v4);
            },
            iter: 20_000);
    }

    [Fact]
    public void TryParse_NeverReadsATextDifferentlyFromTheRuntime()
    {
        Gen.Char["0123456789abcdefF:.:.::"].Array[1, 24].Select(chars => new string(chars)).Sample(
            text => !IpValue.TryParse(text, out var value)
                || (IPAddress.TryParse(text, out var address) && IpValue.Of(address) == value),
            iter: 300_000);
    }
}
