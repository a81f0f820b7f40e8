using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Pipeline;

/// <summary>For load balancers and supervisors. The answers say yes or no and nothing about the inside.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    internal static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Json(new { status = "live" })).AsOpenOperation("health-live").ExcludeFromDescription();
        app.MapGet("/health/ready", ReadyAsync).AsOpenOperation("health-ready").ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(IDbContextFactory<VouchsafeDbContext> contexts, CancellationToken aborted)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        timeout.CancelAfter(Patience);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(timeout.Token);
            // Not CanConnect: a file that opens but holds no tables is not ready either.
            await db.Projects.AsNoTracking().AnyAsync(timeout.Token);
            return Results.Json(new { status = "ready" });
        }
        catch (Exception e) when (!aborted.IsCancellationRequested && e is not OutOfMemoryException)
        {
            return Results.Json(new { status = "unavailable" }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
