using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Pipeline;

/// <summary>Finds the channel and the client's address; see <see cref="ClientAddress"/> for whom it believes.</summary>
internal sealed class ClientAddressStage(RequestDelegate next, PipelineSettings settings)
{
    public Task InvokeAsync(HttpContext http)
    {
        var peer = http.Connection.RemoteIpAddress;
        var address = settings.TrustedProxies.IsEmpty
            ? ClientAddress.Resolve(peer, default(ReadOnlySpan<string?>), settings.TrustedProxies)
            : ClientAddress.Resolve<StringValues>(peer, http.Request.Headers["X-Forwarded-For"], settings.TrustedProxies);
        http.Features.Set(new RequestFacts(ChannelTable.Of(http.Request.Path), address));
        return next(http);
    }
}
