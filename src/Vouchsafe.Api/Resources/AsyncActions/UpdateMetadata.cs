using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.AsyncActions;

/// <summary>
/// POST /v1/customers/metadata/async, /v1/products/metadata/async and /v1/vouchers/metadata/async: writes the same metadata to many
/// resources in the background. Keys that are not named stay.
/// </summary>
internal static class UpdateMetadata
{
    internal sealed record Request
    {
        public IReadOnlyList<string>? SourceIds { get; init; }
        public IReadOnlyList<string>? Codes { get; init; }
        public JsonText? Metadata { get; init; }
    }

    /// <summary>What the action keeps.</summary>
    internal sealed record Wanted(IReadOnlyList<string> Names, JsonText Metadata)
    {
        internal static Wanted Read(string json) => JsonSerializer.Deserialize<Wanted>(json, WireJson.Options)!;
    }

    internal static Task<IResult> OfCustomers(ApiCall call, VouchsafeDbContext db, ActionQueue queue) =>
        RunAsync(call, BulkActions.CustomersMetadata, "source_ids", request => request.SourceIds, db, queue);

    internal static Task<IResult> OfProducts(ApiCall call, VouchsafeDbContext db, ActionQueue queue) =>
        RunAsync(call, BulkActions.ProductsMetadata, "source_ids", request => request.SourceIds, db, queue);

    internal static Task<IResult> OfVouchers(ApiCall call, VouchsafeDbContext db, ActionQueue queue) =>
        RunAsync(call, BulkActions.VouchersMetadata, "codes", request => request.Codes, db, queue);

    /// <summary>Metadata with some of its keys written anew.</summary>
    internal static JsonText Merged(string? before, JsonText changes)
    {
        var metadata = JsonNode.Parse(before ?? "{}")!.AsObject();
        foreach (var (key, value) in JsonNode.Parse(changes.Text)!.AsObject()) metadata[key] = value?.DeepClone();
        return new JsonText(metadata.ToJsonString(WireJson.Options));
    }

    private static async Task<IResult> RunAsync(
        ApiCall call, string type, string member, Func<Request, IReadOnlyList<string>?> namesOf, VouchsafeDbContext db, ActionQueue queue)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        if (namesOf(request) is not { Count: > 0 } names) return CommonErrors.InvalidPayload($"{member} must list at least one.");
        for (var i = 0; i < names.Count; i++)
        {
            if (string.IsNullOrEmpty(names[i])) return CommonErrors.InvalidPayload($"{member}[{i}] must be a text.");
            if (Check.Text(names[i], $"{member}[{i}]") is { } problem) return problem;
        }

        if (request.Metadata is not { } metadata) return CommonErrors.InvalidPayload("metadata is required.");
        if (Check.Object(metadata, "metadata") is { } fault) return fault;
        var wanted = JsonSerializer.Serialize(new Wanted(names, metadata), WireJson.Options);
        return await AsyncActionAnswer.EnqueueAsync(call, BulkActions.Of(type, call, wanted, names.Count), db, queue);
    }
}
