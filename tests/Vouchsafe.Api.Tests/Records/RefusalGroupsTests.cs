using System.Net;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Records;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Tests.Records;

/// <summary>However much is refused in one portion, a project's check names a hundred at most, an address ten, and none is lost.</summary>
public sealed class RefusalGroupsTests
{
    private readonly RefusalGroups _groups = new();

    [Fact]
    public void ManyAddresses_AHundredAreNamed_AndTheRestStandTogether()
    {
        for (var i = 0; i < 150; i++) Add(RefusalReason.Origin, $"198.51.100.{i}", "https://evil.example");
        Assert.Equal((RefusalGroups.MaxOfReason + 1, 150L), (_groups.Groups.Count, _groups.Groups.Sum(g => g.Count)));
        Assert.Equal(50, Assert.Single(_groups.Groups, g => g.Address.Length == 0).Count);
    }

    [Fact]
    public void OneAddressThatVariesWhatItSends_TenAreTold_AndTheRestStandTogetherUnderItsName()
    {
        for (var i = 0; i < 55; i++) Add(RefusalReason.ClientLimit, "192.0.2.21", $"https://evil{i}.example");
        Assert.Equal((RefusalGroups.MaxOfAddress + 1, 55L), (_groups.Groups.Count, _groups.Groups.Sum(g => g.Count)));
        Assert.All(_groups.Groups, g => Assert.Equal("192.0.2.21", g.Address));
        Assert.Equal(45, Assert.Single(_groups.Groups, g => g.Origin.Length == 0).Count);
    }

    [Fact]
    public void AnotherCheck_AndAnotherAddress_AreNamedAllTheSame()
    {
        for (var i = 0; i < 150; i++) Add(RefusalReason.Origin, $"198.51.100.{i}", "https://evil.example");
        for (var i = 0; i < 20; i++) Add(RefusalReason.ClientLimit, "192.0.2.21", $"https://evil{i}.example");
        Add(RefusalReason.ClientLimit, "192.0.2.22", "https://ours.example");
        Assert.Single(_groups.Groups, g => g is { Address: "192.0.2.22", Origin: "https://ours.example" });
    }

    private void Add(RefusalReason reason, string address, string origin)
    {
        var ip = IpValue.Of(IPAddress.Parse(address));
        _groups.Add(
            new RefusalSample(reason, "", DateTimeOffset.UnixEpoch, ip, AddressKey.Of(ip), origin, "proj", "key", "GET", "operation", "/path") { Weight = 1 }, "proj");
    }
}
