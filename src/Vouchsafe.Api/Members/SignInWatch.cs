using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Members;

/// <summary>For pages that stay open: whether the sign-in they were opened under still stands.</summary>
public sealed class SignInWatch
{
    private readonly MemberDirectory _directory;

    internal SignInWatch(MemberDirectory directory, PipelineSettings settings) =>
        (_directory, Interval) = (directory, TimeSpan.FromSeconds(settings.SignInCheckSeconds));

    /// <summary>How often to ask; 30 seconds at most.</summary>
    public TimeSpan Interval { get; }

    /// <summary>Whether the sign-in has not ended and its member may still come in, as of at most two seconds ago.</summary>
    /// <param name="memberId">The member.</param>
    /// <param name="signInId">The sign-in.</param>
    public async Task<bool> StandsAsync(string memberId, string signInId) => await _directory.FindAsync(memberId, signInId, null) is not null;
}
