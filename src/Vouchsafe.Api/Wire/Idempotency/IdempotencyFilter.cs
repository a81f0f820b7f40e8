using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Wire.Idempotency;

/// <summary>
/// Lets callers repeat a request without repeating its effect (docs/adr/0302-idempotency.md): the same
/// <c>Idempotency-Key</c> with the same request gets the same answer, to the byte; with another request a 409.
/// </summary>
internal static class IdempotencyFilter
{
    internal const string Header = "Idempotency-Key";
    private const int LongestKey = 255;
    private const int LooksBeforeRendering = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24);

    /// <summary>Makes an operation heed the header. Its handler must commit through <see cref="ApiCall.CommitAsync(Storage.Ledgers.Ledger, Storage.Ledgers.LedgerIntent, Func{IReadOnlyList{long}, object})"/>.</summary>
    /// <param name="route">The operation.</param>
    /// <param name="render">The wire form of the resource that it makes, where that is read after the commit.</param>
    internal static IEndpointConventionBuilder OncePerKey(this IEndpointConventionBuilder route, Renderer? render = null) =>
        route.WithMetadata(new HandlerFilter((context, next) => FilterAsync(context, next, render)));

    /// <summary>Reads a resource of the project and gives its wire form.</summary>
    internal delegate ValueTask<object> Renderer(VouchsafeDbContext db, ProjectSettings project, string id, CancellationToken ct);

    private static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, Renderer? render)
    {
        var http = context.HttpContext;
        if (!http.Request.Headers.TryGetValue(Header, out var values)) return await next(context);
        if (values is not [{ Length: > 0 and <= LongestKey } key] || key.Any(c => c is < ' ' or > '~')) return IdempotencyErrors.InvalidKey;
        if ((await ReadAsync(http)).Failed(out var error, out var body)) return error;

        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var db = http.RequestServices.GetRequiredService<VouchsafeDbContext>();
        var project = Caller.Of(http).Project!.Id;
        var seal = new IdempotencySeal(project, key, [.. Encoding.UTF8.GetBytes(http.Request.Path + "\n" + http.Request.QueryString + "\n"), .. body]);
        var request = new IdempotentRequest(
            new IdempotencyRecord
            {
                ProjectId = project,
                Operation = http.GetEndpoint()!.Metadata.GetRequiredMetadata<Operation>().Id,
                Key = seal.StoredKey,
                Fingerprint = seal.Fingerprint,
                CreatedAt = now,
                ExpiresAt = now + Remembered,
            },
            seal);
        if (await EarlierAsync(db, request, render, http) is { } before) return before;
        http.Features.Set(request);
        var result = await next(context);
        if (request.Committed && request.Record.Status != IdempotencyRecord.NotRendered) return new StoredAnswer(request.Record, seal);
        if (request.Committed && result is IValueHttpResult { Value: { } value }) await RememberAsync(db, request, value, http.RequestAborted);
        // A refusal may only be the shadow of the same request that came through a moment before.
        return await EarlierAsync(db, request, render, http) ?? result;
    }

    private static async ValueTask<IResult?> EarlierAsync(VouchsafeDbContext db, IdempotentRequest request, Renderer? render, HttpContext http)
    {
        var record = request.Record;
        for (var looks = 0; ; looks++)
        {
            if (await RowsOf(db, record).AsNoTracking().FirstOrDefaultAsync(http.RequestAborted) is not { } earlier) return null;
            var now = record.CreatedAt;
            if (earlier.ExpiresAt <= now)
            {
                await RowsOf(db, record).Where(r => r.ExpiresAt <= now).ExecuteDeleteAsync(http.RequestAborted);
                return null;
            }

            if (earlier.Fingerprint != record.Fingerprint) return IdempotencyErrors.KeyReused;
            if (earlier.Status != IdempotencyRecord.NotRendered) return new StoredAnswer(earlier, request.Seal);
            // The effect is there and its answer is being rendered, unless the process that did it has ended since.
            if (looks < LooksBeforeRendering || render is null) await Task.Delay(Pause, http.RequestAborted);
            else await RememberAsync(db, request, await render(db, Caller.Of(http).Project!, earlier.Body, http.RequestAborted), http.RequestAborted);
        }
    }

    // Whoever is first says what all are told.
    private static async ValueTask RememberAsync(VouchsafeDbContext db, IdempotentRequest request, object answer, CancellationToken ct)
    {
        var body = request.Seal.Close(IdempotentRequest.ToJson(answer));
        await RowsOf(db, request.Record).Where(r => r.Status == IdempotencyRecord.NotRendered)
            .ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, StatusCodes.Status200OK).SetProperty(x => x.Body, body), ct);
    }

    private static IQueryable<IdempotencyRecord> RowsOf(VouchsafeDbContext db, IdempotencyRecord record)
    {
        var (project, operation, key) = (record.ProjectId, record.Operation, record.Key);
        return db.IdempotencyRecords.Where(r => r.ProjectId == project && r.Operation == operation && r.Key == key);
    }

    private static async ValueTask<Result<byte[]>> ReadAsync(HttpContext http)
    {
        try
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            var bytes = body.ToArray();
            http.Request.Body = new MemoryStream(bytes, writable: false);
            return bytes;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return CommonErrors.TooLarge(http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0);
        }
    }

    private sealed class StoredAnswer(IdempotencyRecord record, IdempotencySeal seal) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            var bytes = seal.Open(record.Body);
            http.Response.StatusCode = record.Status;
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = bytes.Length;
            return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
        }
    }
}

/// <summary>Refusals about idempotency keys.</summary>
internal static class IdempotencyErrors
{
    internal static readonly ApiError InvalidKey = new(
        400, "invalid_idempotency_key", "Invalid idempotency key", $"{IdempotencyFilter.Header} must hold 1 to 255 printable ASCII characters and stand once.");

    internal static readonly ApiError KeyReused = new(
        409, "idempotency_key_reused", "Idempotency key reused", $"{IdempotencyFilter.Header} was sent before with another request. Use a new key for a new request.");
}
