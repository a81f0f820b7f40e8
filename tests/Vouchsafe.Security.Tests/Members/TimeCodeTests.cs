using System.Text;

namespace Vouchsafe.Security.Tests.Members;

public class TimeCodeTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B, the last six of its eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1_111_111_109, "081804")]
    [InlineData(1_111_111_111, "050471")]
    [InlineData(1_234_567_890, "005924")]
    [InlineData(2_000_000_000, "279037")]
    [InlineData(20_000_000_000, "353130")]
    public void At_GivesTheCodesOfTheStandard(long seconds, string code)
    {
        Assert.Equal(code, TimeCode.At(Key, DateTimeOffset.FromUnixTimeSeconds(seconds)));
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void Match_TakesOneStepAround(int secondsOff, bool accepted)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_010);

        Assert.Equal(accepted, TimeCode.Match(Key, TimeCode.At(Key, now.AddSeconds(secondsOff)), now, lastStep: 0) is not null);
    }

    [Fact]
    public void Match_ACodeThatWasAccepted_IsNotAcceptedAgain_NorAnEarlierOne()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_010);
        var step = TimeCode.Match(Key, TimeCode.At(Key, now), now, lastStep: 0)!.Value;

        Assert.Null(TimeCode.Match(Key, TimeCode.At(Key, now), now, step));
        Assert.Null(TimeCode.Match(Key, TimeCode.At(Key, now.AddSeconds(-30)), now, step));
        Assert.Equal(step + 1, TimeCode.Match(Key, TimeCode.At(Key, now.AddSeconds(30)), now, step));
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870820")]
    [InlineData("28708a")]
    [InlineData("２８７０８２")]
    public void Match_WhatIsNotSixDigits_IsNoCode(string code)
    {
        Assert.Null(TimeCode.Match(Key, code, DateTimeOffset.FromUnixTimeSeconds(59), lastStep: 0));
    }

    // RFC 4648, section 10, without the padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void KeyText_IsBase32(string bytes, string text)
    {
        Assert.Equal(text, TimeCode.KeyText(Encoding.ASCII.GetBytes(bytes)));
    }

    [Fact]
    public void KeyAddress_EscapesWhatPeopleAreCalled()
    {
        Assert.Equal("otpauth://totp/Vouchsafe:a%2Bb%40shop.example?secret=MZXW6&issuer=Vouchsafe&digits=6&period=30",
            TimeCode.KeyAddress("Vouchsafe", "a+b@shop.example", "foo"u8));
    }
}
