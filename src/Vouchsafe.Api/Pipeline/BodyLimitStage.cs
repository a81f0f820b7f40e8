using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Pipeline;

/// <summary>
/// Holds the body of a known caller to the channel's size. It stands behind the project's quota, so that a refused upload is
/// counted as a call and told so; nobody else's body is read at all.
/// </summary>
internal sealed class BodyLimitStage(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var channel = RequestFacts.Of(http).Channel;
        if (http.Request.ContentLength > channel.MaxBodyBytes) return CommonErrors.TooLarge(channel.MaxBodyBytes).ExecuteAsync(http);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = channel.MaxBodyBytes;
        return next(http);
    }
}
