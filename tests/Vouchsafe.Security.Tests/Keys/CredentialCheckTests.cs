namespace Vouchsafe.Security.Tests.Keys;

public class CredentialCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly StoredCredential Plain = new(ApiSecretHash.Of("current"));

    private static readonly StoredCredential Rotated = new(ApiSecretHash.Of("current"), ApiSecretHash.Of("previous"), Now);

    [Theory]
    [InlineData("current", CredentialVerdict.Accepted)]
    [InlineData("previous", CredentialVerdict.Wrong)]
    [InlineData("Current", CredentialVerdict.Wrong)]
    [InlineData("current ", CredentialVerdict.Wrong)]
    [InlineData("", CredentialVerdict.Wrong)]
    public void Verify_OnAKey_AcceptsOnlyItsToken(string token, CredentialVerdict verdict)
    {
        Assert.Equal(verdict, CredentialCheck.Verify(token, Plain, Now));
    }

    [Theory]
    [InlineData(-1, CredentialVerdict.AcceptedPrevious)]
    [InlineData(0, CredentialVerdict.Expired)]
    [InlineData(1, CredentialVerdict.Expired)]
    public void Verify_AfterARotation_AcceptsTheOldTokenUntilTheChosenTime(int secondsAfter, CredentialVerdict verdict)
    {
        Assert.Equal(verdict, CredentialCheck.Verify("previous", Rotated, Now.AddSeconds(secondsAfter)));
        Assert.Equal(CredentialVerdict.Accepted, CredentialCheck.Verify("current", Rotated, Now.AddSeconds(secondsAfter)));
    }

    [Fact]
    public void Verify_OnABlockedKey_RefusesEveryToken()
    {
        Assert.Equal(CredentialVerdict.Blocked, CredentialCheck.Verify("current", Plain with { Blocked = true }, Now));
        Assert.Equal(CredentialVerdict.Blocked, CredentialCheck.Verify("previous", Rotated with { Blocked = true }, Now.AddDays(-1)));
        Assert.Equal(CredentialVerdict.Wrong, CredentialCheck.Verify("other", Plain with { Blocked = true }, Now));
    }

    [Theory]
    [InlineData("current")]
    [InlineData("")]
    public void Verify_OnAnUnknownId_IsUnknown(string token)
    {
        Assert.Equal(CredentialVerdict.Unknown, CredentialCheck.Verify(token, null, Now));
    }

    [Fact]
    public void Verify_OnAnOverlongToken_IsWrongEvenIfItsStartMatches()
    {
        var longest = new string('x', ApiSecretHash.MaxTokenLength);
        var stored = new StoredCredential(ApiSecretHash.Of(longest));

        Assert.Equal(CredentialVerdict.Accepted, CredentialCheck.Verify(longest, stored, Now));
        Assert.Equal(CredentialVerdict.Wrong, CredentialCheck.Verify(longest + "x", stored, Now));
        Assert.False(stored.Current.Verify(longest + "x"));
    }

    [Fact]
    public void Verify_AllocatesNothing()
    {
        CredentialCheck.Verify("current", Rotated, Now);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) CredentialCheck.Verify("current", Rotated, Now);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Hash_IsSha256AndSurvivesStorage()
    {
        var hash = ApiSecretHash.Of("abc");

        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Convert.ToHexStringLower(hash.ToBytes()));
        Assert.True(ApiSecretHash.FromBytes(hash.ToBytes()).Verify("abc"));
        Assert.DoesNotContain("ba78", hash.ToString());
    }
}
