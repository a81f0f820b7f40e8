namespace Vouchsafe.Storage.Entities;

/// <summary>
/// What a request with an idempotency key was answered, written in the commit of its effect: there is never one without
/// the other, and the primary key lets one of several at once through.
/// </summary>
public sealed class IdempotencyRecord
{
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Operation id.</summary>
    public required string Operation { get; init; }
    /// <summary>Hash of the key that the caller chose.</summary>
    public required string Key { get; init; }
    /// <summary>Hash of path, query and body.</summary>
    public required string Fingerprint { get; init; }
    /// <summary>The status of a record whose answer is still to be rendered; its body is the id of the resource that was made.</summary>
    public const int NotRendered = 0;

    /// <summary>HTTP status of the answer, or <see cref="NotRendered"/>.</summary>
    public int Status { get; set; }
    /// <summary>Body of the answer, to the byte, sealed: it opens for who sends the request again.</summary>
    public string Body { get; set; } = "";
    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Until when the key is remembered.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
