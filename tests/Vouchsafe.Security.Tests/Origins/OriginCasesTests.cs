using System.Text.Json;

namespace Vouchsafe.Security.Tests.Origins;

public class OriginCasesTests
{
    [Theory]
    [InlineData(".yourdomain.com")]
    [InlineData("yourdomain.com")]
    [InlineData("*")]
    public void Decide_OnTheReferenceCases_AgreesWithEveryVerdict(string entry)
    {
        using var document = JsonDocument.Parse(SharedData.Read("data/origin-cases.json"));
        Assert.True(OriginWhitelist.TryParse([entry], out var whitelist, out _));

        var cases = document.RootElement.GetProperty("cases").EnumerateArray().ToList();
        Assert.True(cases.Count > 30);
        var wrong = cases
            .Where(item => whitelist.Decide(item.GetProperty("origin").GetString()).Allowed != item.GetProperty(entry).GetBoolean())
            .Select(item => item.GetProperty("origin").GetString());
        Assert.Empty(wrong);
    }
}
