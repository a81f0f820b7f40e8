using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Management;

/// <summary>
/// Keeps a new secret readable while its window is open: encrypted with the Data Protection ring, bound to the key's id.
/// What checks a secret is its hash; losing the ring loses nothing but the second look.
/// </summary>
internal sealed class SecretVault(IDataProtectionProvider protection)
{
    /// <summary>The first key of its kind in a project.</summary>
    internal static readonly TimeSpan FirstKeyWindow = TimeSpan.FromDays(14);

    /// <summary>A regenerated, rotated or additional key.</summary>
    internal static readonly TimeSpan OtherKeyWindow = TimeSpan.FromMinutes(15);

    internal byte[] Protect(string keyId, string secret) => For(keyId).Protect(Encoding.UTF8.GetBytes(secret));

    /// <summary>The secret, while its window is open and the ring can read it; else null.</summary>
    internal string? Reveal(ApiKey key, DateTimeOffset now)
    {
        return key.ProtectedSecret is null || key.VisibleUntil <= now ? null : Read(For(key.Id), key.ProtectedSecret);
    }

    /// <summary>The token of a project's webhooks, which its owner may look up at any time.</summary>
    internal byte[] ProtectWebhookToken(string projectId, string token) => ForWebhooks(projectId).Protect(Encoding.UTF8.GetBytes(token));

    /// <summary>The token; null if the ring cannot read it.</summary>
    internal string? RevealWebhookToken(Project project) => Read(ForWebhooks(project.Id), project.ProtectedWebhookToken);

    private static string? Read(IDataProtector protector, byte[] text)
    {
        try
        {
            return Encoding.UTF8.GetString(protector.Unprotect(text));
        }
        catch (CryptographicException)
        {
            return null; // written under a ring that is gone
        }
    }

    private IDataProtector For(string keyId) => protection.CreateProtector("Vouchsafe.ApiKey.Secret.v1", keyId);

    private IDataProtector ForWebhooks(string projectId) => protection.CreateProtector("Vouchsafe.Project.WebhookToken.v1", projectId);
}
