using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Management;

/// <summary>
/// The ring of keys that encrypts what may be shown again. All nodes share it through the database; with a certificate of the
/// operator's the ring itself is encrypted, so that the database, or a backup of it, shows no secret by itself.
/// </summary>
internal static class SecretRing
{
    internal static void AddSecretRing(this IServiceCollection services, IConfiguration configuration)
    {
        var ring = services.AddDataProtection().SetApplicationName("Vouchsafe").PersistKeysToDbContext<VouchsafeDbContext>();
        if (configuration["Secrets:Certificate"] is { Length: > 0 } path) ring.ProtectKeysWithCertificate(Read(path, configuration["Secrets:CertificatePassword"]));
    }

    private static X509Certificate2 Read(string path, string? password)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"Secrets:Certificate: {path} cannot be read as a PKCS #12 file with the password of Secrets:CertificatePassword.");
        }
        // The toolkit that encrypts the ring knows RSA only.
        return certificate.GetRSAPrivateKey() is not null
            ? certificate
            : throw new SettingsException($"Secrets:Certificate: {path} holds no RSA certificate with its private key.");
    }
}
