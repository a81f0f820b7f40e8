using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Pipeline;

/// <summary>Refuses NUL characters in path and query, which no column of ours can hold and no honest caller sends.</summary>
internal sealed class RequestTextStage(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var query = http.Request.QueryString.Value;
        if (query is not null && query.Contains("%00", StringComparison.Ordinal))
            return CommonErrors.InvalidQuery("The query must not contain the NUL character.").ExecuteAsync(http);
        return http.Request.Path.Value?.Contains('\0') == true
            ? new ApiError(400, "bad_request", "Bad request", "The path must not contain the NUL character.").ExecuteAsync(http)
            : next(http);
    }
}
