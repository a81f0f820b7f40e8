using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Members;
using Vouchsafe.Api.Pipeline.Limits;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Pipeline.Credentials;

/// <summary>
/// Finds out who asks, by the path's channel and before it is known whether anything stands at the path. All refusals are
/// one: the same bytes after the same work, whether the id is unknown, the token wrong, the key blocked or of another
/// channel, or a header doubled.
/// </summary>
internal sealed class AuthenticationStage(
    RequestDelegate next, KeyRing keys, MemberDirectory members, KeyUse use, FailedAuthentications failures, TimeProvider time, Telemetry telemetry)
{
    public Task InvokeAsync(HttpContext http)
    {
        var channel = RequestFacts.Of(http).Channel;
        if (MemberCall.Of(http) is { } call) return AdmitMemberAsync(http, channel, call);
        return channel.IdHeader is null ? next(http) : AuthenticateAsync(http, channel);
    }

    private async Task AuthenticateAsync(HttpContext http, ChannelRow channel)
    {
        var facts = RequestFacts.Of(http);
        var presented = PresentedCredential.Read(http.Request.Headers, channel);
        var admission = presented.Bearer is null ? await ByPairAsync(presented, channel) : await ByTokenAsync(presented.Bearer);
        if (admission is null)
        {
            telemetry.AuthenticationFailed(channel.Channel);
            var refusal = channel.PerAddressLimit ? CommonErrors.Unauthorized : failures.Refusal(http, facts.Client);
            await refusal.ExecuteAsync(http);
            return;
        }
        facts.Admission = admission;
        new Caller(channel.Channel, admission.Key!.Id, admission.Project?.Settings).Enter(http);
        use.Touch(admission.Key, channel.Channel);
        await next(http);
    }

    private async Task AdmitMemberAsync(HttpContext http, ChannelRow channel, MemberCall call)
    {
        var member = await members.FindAsync(call.MemberId, call.SignInId, call.ProjectId);
        var project = await keys.ProjectAsync(call.ProjectId ?? "");
        if (member is null)
        {
            await CommonErrors.Unauthorized.ExecuteAsync(http);
            return;
        }
        RequestFacts.Of(http).Admission = new Admission(null, project, default, member);
        new Caller(channel.Channel, member.MemberId, project?.Settings, IsMember: true).Enter(http);
        await next(http);
    }

    private async ValueTask<Admission?> ByPairAsync(PresentedCredential presented, ChannelRow channel)
    {
        // Without an id the same way is gone, so that it takes the same time.
        var key = await keys.KeyAsync(presented.Id);
        var verdict = CredentialCheck.Verify(presented.Secret, key?.Credential, time.GetUtcNow());
        var project = await keys.ProjectAsync(key?.ProjectId ?? "");
        if (!verdict.IsAccepted() || key!.Kind != KindOf(channel.Channel)) return null;
        return key.Kind == KeyKind.Management || project is not null ? new Admission(key, project, key.Scopes) : null;
    }

    private async ValueTask<Admission?> ByTokenAsync(string bearer)
    {
        var token = await keys.TokenAsync(bearer);
        var key = await keys.KeyAsync(token?.KeyId ?? "");
        var project = await keys.ProjectAsync(token?.ProjectId ?? "");
        if (token is null || token.ExpiresAt <= time.GetUtcNow()) return null;
        // The token lives on when its key is regenerated, and dies with it when the key is blocked or deleted.
        if (key is null || key.Credential.Blocked || key.ProjectId != token.ProjectId || project is null) return null;
        return new Admission(key, project, token.Scopes.Intersect(key.Scopes));
    }

    private static KeyKind KindOf(Channel channel) => channel switch
    {
        Channel.Client => KeyKind.Client,
        Channel.Management => KeyKind.Management,
        Channel.Private or Channel.OAuth => KeyKind.Application,
        Channel.Dashboard or Channel.Open => throw new InvalidOperationException("This channel takes no credentials."),
    };
}
