using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Products;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.AsyncActions;

/// <summary>
/// POST /v1/customers/bulk/async and /v1/products/bulk/async: creates or changes many resources by their source ids, in the background.
/// </summary>
internal static class BulkUpsert
{
    internal static Task<IResult> OfCustomers(ApiCall call, VouchsafeDbContext db, ActionQueue queue) =>
        RunAsync<CustomerPayload>(call, BulkActions.Customers, item => item.SourceId, (item, path) => item.Problem(path), db, queue);

    internal static Task<IResult> OfProducts(ApiCall call, VouchsafeDbContext db, ActionQueue queue) =>
        RunAsync<ProductPayload>(call, BulkActions.Products, item => item.SourceId, (item, path) => item.Problem(path), db, queue);

    private static async Task<IResult> RunAsync<T>(
        ApiCall call, string type, Func<T, string?> sourceIdOf, Func<T, string, ApiError?> problemOf, VouchsafeDbContext db, ActionQueue queue)
        where T : class
    {
        if ((await BulkBody<T>.ReadAsync(call)).Failed(out var error, out var body)) return error;
        for (var i = 0; i < body.Items.Count; i++)
        {
            // Without a name of the shop's own, work that is done again after a crash would make the resource twice.
            if (string.IsNullOrEmpty(sourceIdOf(body.Items[i]))) return CommonErrors.InvalidPayload($"[{i}].source_id is required.");
            if (problemOf(body.Items[i], $"[{i}].") is { } problem) return problem;
        }

        return await AsyncActionAnswer.EnqueueAsync(call, BulkActions.Of(type, call, body.Json, body.Items.Count), db, queue);
    }
}
