using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Tests.Management;

/// <summary>With the operator's certificate the database alone shows no secret that may still be read again.</summary>
public sealed class SecretRingTests : IDisposable
{
    private const string Password = "password-of-the-certificate";
    private readonly string _folder = Directory.CreateTempSubdirectory("vouchsafe-test-").FullName;

    [Fact]
    public async Task WithACertificate_TheRingInTheDatabaseIsEncrypted_AndSecretsAreReadableAfterARestart()
    {
        var settings = Settings(WriteCertificate("ring.pfx"));
        string keys;
        await using (var first = await TestServer.StartAsync(settings, directory: _folder))
        {
            Assert.All(await RingAsync(first), xml => Assert.Contains("EncryptedData", xml));
            keys = ManagementCalls.Path(await first.CreateProjectAsync()) + "/keys";
        }
        await using (var again = await TestServer.StartAsync(settings, directory: _folder)) Assert.Equal(2, await ShownAsync(again, keys));
        // Without the certificate keys still open their channels; only the second look is gone.
        await using var without = await TestServer.StartAsync(directory: _folder);
        Assert.Equal(0, await ShownAsync(without, keys));
        Assert.Equal(HttpStatusCode.OK, (await without.Private().GetAsync("/v1/vouchers")).StatusCode);
    }

    [Fact]
    public async Task WithoutACertificate_TheRingIsInClear()
    {
        await using var server = await TestServer.StartAsync();
        Assert.All(await RingAsync(server), xml => Assert.Contains("<value>", xml));
    }

    [Theory]
    [InlineData("missing.pfx", Password)]
    [InlineData("ring.pfx", "wrong")]
    [InlineData("text.pfx", Password)]
    [InlineData("no-key.pfx", Password)]
    public async Task ACertificateThatCannotBeUsed_KeepsTheServerFromStarting(string file, string password)
    {
        WriteCertificate("ring.pfx");
        WriteCertificate("no-key.pfx", withKey: false);
        await File.WriteAllTextAsync(Path.Combine(_folder, "text.pfx"), "no certificate");
        var refusal = await Assert.ThrowsAsync<SettingsException>(() =>
            TestServer.StartAsync([("Secrets:Certificate", Path.Combine(_folder, file)), ("Secrets:CertificatePassword", password)], directory: _folder));
        Assert.StartsWith("Secrets:Certificate: ", refusal.Message);
        Assert.DoesNotContain(password, refusal.Message);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static (string, string?)[] Settings(string certificate) => [("Secrets:Certificate", certificate), ("Secrets:CertificatePassword", Password)];

    private string WriteCertificate(string file, bool withKey = true)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=vouchsafe-test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddYears(1));
        using var plain = X509CertificateLoader.LoadCertificate(certificate.RawData);
        var path = Path.Combine(_folder, file);
        File.WriteAllBytes(path, (withKey ? certificate : plain).Export(X509ContentType.Pkcs12, Password));
        return path;
    }

    private static Task<List<string?>> RingAsync(TestServer server) => server.ReadAsync(db => db.DataProtectionKeys.Select(k => k.Xml).ToListAsync());

    private static async Task<int> ShownAsync(TestServer server, string keys) =>
        (await server.Management().GetJsonAsync(keys)).Ok()["data"].EnumerateArray().Count(k => k.TryGetProperty("secret", out _));
}
