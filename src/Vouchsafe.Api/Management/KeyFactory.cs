using Vouchsafe.Security;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Management;

/// <summary>A key that was just made, with the secret that is shown to its owner.</summary>
internal sealed record NewKey(ApiKey Row, string Secret);

/// <summary>Makes keys and gives them new secrets.</summary>
internal sealed class KeyFactory(SecretVault vault, TimeProvider time)
{
    internal NewKey Create(Project? project, KeyKind kind, string name, bool isPrimary, string? id = null, string? secret = null)
    {
        var now = time.GetUtcNow();
        var key = new ApiKey
        {
            Id = id ?? ApiSecret.GenerateId(),
            ProjectId = project?.Id,
            Kind = kind,
            Name = name,
            IsPrimary = isPrimary,
            SecretHash = [],
            CreatedAt = now,
        };
        return Renew(key, project, isPrimary ? SecretVault.FirstKeyWindow : SecretVault.OtherKeyWindow, secret);
    }

    /// <summary>Gives a key a new secret; the old one is dead unless an overlap is given.</summary>
    internal NewKey Regenerate(ApiKey key, Project? project, TimeSpan? overlap = null)
    {
        var now = time.GetUtcNow();
        (key.PreviousSecretHash, key.PreviousValidUntil) = overlap is { } span ? (key.SecretHash, (DateTimeOffset?)(now + span)) : (null, null);
        key.UpdatedAt = now;
        return Renew(key, project, SecretVault.OtherKeyWindow, null);
    }

    private NewKey Renew(ApiKey key, Project? project, TimeSpan window, string? given)
    {
        var secret = given ?? ApiSecret.Generate();
        key.SecretHash = ApiSecretHash.Of(secret).ToBytes();
        key.ProtectedSecret = vault.Protect(key.Id, secret);
        key.VisibleUntil = project?.IsSandbox == true ? null : time.GetUtcNow() + window;
        return new NewKey(key, secret);
    }
}
