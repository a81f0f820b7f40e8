namespace Vouchsafe.Engine;

/// <summary>Why a redeemable (or a whole request) was refused or skipped, in the words of the wire.</summary>
/// <param name="Code">The HTTP-like status inside the answer, 400 or 404.</param>
/// <param name="Key">The stable error key, for example <c>voucher_expired</c>.</param>
/// <param name="Message">The public message of that key.</param>
/// <param name="Details">What it is about, mostly the code; null when there is nothing to add.</param>
public sealed record Reason(int Code, string Key, string Message, string? Details = null)
{
    /// <summary>The resource the reason is about, for <c>not_found</c>.</summary>
    public string? ResourceId { get; init; }

    /// <summary>The type of <see cref="ResourceId"/>, for example <c>voucher</c>.</summary>
    public string? ResourceType { get; init; }

    /// <summary>The message a validation rule's author wrote for its refusal (<c>error.error.message</c> on the wire).</summary>
    public string? CustomMessage { get; init; }
}
