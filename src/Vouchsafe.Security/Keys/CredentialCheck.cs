namespace Vouchsafe.Security;

/// <summary>What is stored of a key and decides whether a token opens it.</summary>
/// <param name="Current">The hash of the present token.</param>
/// <param name="Previous">The hash of the token before a rotation with overlap; <c>null</c> when there is none.</param>
/// <param name="PreviousValidUntil">The instant from which the previous token is dead.</param>
/// <param name="Blocked">Whether the key has been blocked.</param>
public readonly record struct StoredCredential(
    ApiSecretHash Current, ApiSecretHash? Previous = null, DateTimeOffset PreviousValidUntil = default, bool Blocked = false);

/// <summary>The verdict on a presented credential. Whatever the refusal, the answer to the caller is the same 401.</summary>
public enum CredentialVerdict
{
    /// <summary>The present token of a live key.</summary>
    Accepted,

    /// <summary>The token from before a rotation, within its overlap.</summary>
    AcceptedPrevious,

    /// <summary>There is no such key.</summary>
    Unknown,

    /// <summary>The key exists, the token is not its own.</summary>
    Wrong,

    /// <summary>The token from before a rotation, after its overlap.</summary>
    Expired,

    /// <summary>The right token of a blocked key.</summary>
    Blocked,
}

/// <summary>Decides whether a presented token opens a key.</summary>
public static class CredentialCheck
{
    /// <summary>
    /// Decides. Every path hashes the token once and compares twice, so that neither an unknown id, nor a wrong token, nor
    /// a blocked key, nor an old token can be told from the time taken.
    /// </summary>
    /// <param name="token">The token as presented; empty when there was none.</param>
    /// <param name="stored">The key with the presented id; <c>null</c> when there is none.</param>
    /// <param name="now">The present instant.</param>
    public static CredentialVerdict Verify(ReadOnlySpan<char> token, in StoredCredential? stored, DateTimeOffset now)
    {
        var key = stored.GetValueOrDefault(new StoredCredential(ApiSecretHash.Dummy));
        var previous = key.Previous.GetValueOrDefault(ApiSecretHash.Dummy);
        var presented = ApiSecretHash.Of(token);
        var readable = token.Length is > 0 and <= ApiSecretHash.MaxTokenLength;
        var isCurrent = key.Current.FixedTimeEquals(presented) & readable;
        var isPrevious = previous.FixedTimeEquals(presented) & readable;

        if (stored is null) return CredentialVerdict.Unknown;
        if (!isCurrent && !isPrevious) return CredentialVerdict.Wrong;
        if (key.Blocked) return CredentialVerdict.Blocked;
        if (isCurrent) return CredentialVerdict.Accepted;
        return now < key.PreviousValidUntil ? CredentialVerdict.AcceptedPrevious : CredentialVerdict.Expired;
    }

    /// <summary>Whether the verdict lets the caller in.</summary>
    public static bool IsAccepted(this CredentialVerdict verdict) =>
        verdict is CredentialVerdict.Accepted or CredentialVerdict.AcceptedPrevious;
}
