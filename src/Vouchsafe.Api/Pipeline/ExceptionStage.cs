using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Pipeline;

/// <summary>
/// The last resort: an exception is a bug or an outage. It is logged under the request id, and the caller learns nothing
/// but that id.
/// </summary>
internal sealed partial class ExceptionStage(RequestDelegate next, ILogger<ExceptionStage> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception e)
        {
            var error = Classify(e, RequestFacts.Of(http).Channel);
            if (error.Status == 500) Log.Failed(logger, e, RequestId.Of(http), http.Request.Method);
            else if (error.Status == 503) Log.Unavailable(logger, e, RequestId.Of(http));
            if (http.Response.HasStarted)
            {
                // Half an answer must not pass for a whole one.
                http.Abort();
                return;
            }
            http.Response.Headers.Remove(HeaderNames.ContentLength);
            http.Response.Headers.Remove(HeaderNames.ContentType);
            await error.ExecuteAsync(http);
        }
    }

    internal static ApiError Classify(Exception exception, ChannelRow channel)
    {
        if (exception is BadHttpRequestException { StatusCode: 413 }) return CommonErrors.TooLarge(channel.MaxBodyBytes);
        if (exception is BadHttpRequestException bad)
            return new ApiError(bad.StatusCode, "bad_request", "Bad request", "The request could not be read.");
        for (var e = exception; e is not null; e = e.InnerException)
        {
            // Connections refused, servers starting up or shutting down, pools used up: come again.
            if (e is DbException { IsTransient: true } or System.Net.Sockets.SocketException) return CommonErrors.DatabaseUnavailable;
            if (e is TimeoutException) return CommonErrors.DatabaseUnavailable;
        }
        return exception is DbUpdateConcurrencyException ? CommonErrors.Busy : CommonErrors.Internal;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Request {RequestId} ({Method}) failed.")]
        internal static partial void Failed(ILogger logger, Exception e, string requestId, string method);

        [LoggerMessage(2, LogLevel.Warning, "Request {RequestId} found the database unavailable.")]
        internal static partial void Unavailable(ILogger logger, Exception e, string requestId);
    }
}
