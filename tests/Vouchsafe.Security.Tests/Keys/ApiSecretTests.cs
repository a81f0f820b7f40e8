namespace Vouchsafe.Security.Tests.Keys;

public class ApiSecretTests
{
    [Fact]
    public void Generate_Carries160RandomBitsAndNeverRepeats()
    {
        var secrets = Enumerable.Range(0, 10_000).Select(_ => ApiSecret.Generate()).ToList();

        Assert.All(secrets, secret => Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{20}$", secret));
        Assert.Equal(secrets.Count, secrets.Distinct().Count());
        // Every digit position takes every value: no fixed version or variant bits eat into the 160.
        var positions = Enumerable.Range(0, secrets[0].Length).Where(position => secrets[0][position] != '-');
        Assert.All(positions, position => Assert.Equal(16, secrets.Select(secret => secret[position]).Distinct().Count()));
    }

    [Fact]
    public void GenerateId_IsAVersion4Uuid()
    {
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", ApiSecret.GenerateId());
        Assert.NotEqual(ApiSecret.GenerateId(), ApiSecret.GenerateId());
    }

    [Theory]
    [InlineData("C5AB1A2B-0000-4000-8000-00000000000F", "c5ab1a2b-0000-4000-8000-00000000000f")]
    [InlineData("{c5ab1a2b-0000-4000-8000-00000000000f}", null)]
    [InlineData(" c5ab1a2b-0000-4000-8000-00000000000f", null)]
    [InlineData("c5ab1a2b00004000800000000000000f", null)]
    [InlineData("' OR 1=1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void TryReadId_TakesOnlyTheUsualForm(string? text, string? expected)
    {
        Assert.Equal(expected is not null, ApiSecret.TryReadId(text, out var id));
        Assert.Equal(expected, id);
    }
}
