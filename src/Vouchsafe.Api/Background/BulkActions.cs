using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Resources.AsyncActions;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Products;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Background;

/// <summary>
/// Actions that change many resources, each for itself. What is done twice changes nothing the second time, so a portion can be done
/// again; what cannot be done is named in the result and the rest goes on.
/// </summary>
internal sealed class BulkActions(IDbContextFactory<VouchsafeDbContext> contexts, TimeProvider time)
{
    internal const string Customers = "CUSTOMERS.BULK_UPDATE";
    internal const string CustomersMetadata = "CUSTOMERS.METADATA_UPDATE";
    internal const string Products = "PRODUCTS.BULK_UPDATE";
    internal const string ProductsMetadata = "PRODUCTS.METADATA_UPDATE";
    internal const string Vouchers = "VOUCHERS.BULK_UPDATE";
    internal const string VouchersMetadata = "VOUCHERS.METADATA_UPDATE";

    private const int PortionSize = 100;

    private sealed record Failure(
        string Message, string Details, string Key,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SourceId,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code);

    private sealed record Outcome(long DoneCount, long FailedCount, IReadOnlyList<JsonText> Reports, DateTimeOffset ReportsAvailableTill, IReadOnlyList<Failure> Errors);

    /// <summary>What a portion works with.</summary>
    private sealed record Place(VouchsafeDbContext Db, ProjectSettings Project, DateTimeOffset Now, CancellationToken Ct);

    /// <summary>A new action.</summary>
    /// <param name="type">One of the types above.</param>
    /// <param name="call">Who asks.</param>
    /// <param name="requestJson">What is asked, checked.</param>
    /// <param name="total">Resources it is about.</param>
    internal static AsyncAction Of(string type, ApiCall call, string requestJson, int total) => new()
    {
        Id = Ids.New(IdPrefix.AsyncAction, call.Now),
        ProjectId = call.Project.Id,
        Type = type,
        Status = AsyncActionStatus.Accepted,
        ResourceId = call.Project.Id,
        RequestJson = requestJson,
        Total = total,
        CreatedAt = call.Now,
    };

    /// <summary>Does one portion.</summary>
    internal async Task<Portion> DoPortionAsync(AsyncAction action, CancellationToken ct)
    {
        // A context of its own: the worker's holds the action, and a lost race empties what a context holds.
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == action.ProjectId, ct) is not { } row) return new Portion(action.Processed, true);
        var place = new Place(db, ProjectEntry.From(row).Settings, time.GetUtcNow(), ct);
        List<Failure> failures = action.ResultJson is { } before ? [.. JsonSerializer.Deserialize<Outcome>(before, WireJson.Options)!.Errors] : [];
        var steps = StepsOf(action, place);
        var done = action.Processed;
        foreach (var step in steps.Skip((int)done).Take(PortionSize))
        {
            if (await step() is { } failure) failures.Add(failure);
            done++;
        }

        var outcome = new Outcome(done - failures.Count, failures.Count, [], place.Now, failures);
        return new Portion(done, done >= action.Total, ResultJson: JsonSerializer.Serialize(outcome, WireJson.Options));
    }

    private static IEnumerable<Func<ValueTask<Failure?>>> StepsOf(AsyncAction action, Place place)
    {
        switch (action.Type)
        {
            case Customers:
                return Each(BulkBody<CustomerPayload>.Read(action.RequestJson), item => CustomerAsync(place, item));
            case Products:
                return Each(BulkBody<ProductPayload>.Read(action.RequestJson), item => ProductAsync(place, item));
            case Vouchers:
                return Each(BulkBody<BulkVouchers.Entry>.Read(action.RequestJson), item => VoucherAsync(place, item.Code!, item.Metadata!.Value));
        }

        var wanted = UpdateMetadata.Wanted.Read(action.RequestJson);
        return Each(wanted.Names, name => action.Type switch
        {
            CustomersMetadata => CustomerMetadataAsync(place, name, wanted.Metadata),
            ProductsMetadata => ProductMetadataAsync(place, name, wanted.Metadata),
            _ => VoucherAsync(place, name, wanted.Metadata),
        });
    }

    private static IEnumerable<Func<ValueTask<Failure?>>> Each<T>(IEnumerable<T> items, Func<T, ValueTask<Failure?>> work) =>
        items.Select<T, Func<ValueTask<Failure?>>>(item => () => work(item));

    private static async ValueTask<Failure?> CustomerAsync(Place place, CustomerPayload item) =>
        (await UpsertCustomer.RunAsync(place.Project, item with { Id = null }, place.Db, place.Now, place.Ct)).Failed(out var error, out _) ? OfSource(error, item.SourceId!) : null;

    private static async ValueTask<Failure?> ProductAsync(Place place, ProductPayload item) =>
        (await UpsertProduct.RunAsync(place.Project, item with { Id = null }, place.Db, place.Now, place.Ct)).Failed(out var error, out _) ? OfSource(error, item.SourceId!) : null;

    private static async ValueTask<Failure?> CustomerMetadataAsync(Place place, string sourceId, JsonText changes)
    {
        var before = await place.Db.Customers.Where(c => c.ProjectId == place.Project.Id && c.SourceId == sourceId).Select(c => c.MetadataJson).FirstOrDefaultAsync(place.Ct);
        return await CustomerAsync(place, new CustomerPayload { SourceId = sourceId, Metadata = new(UpdateMetadata.Merged(before, changes)) });
    }

    private static async ValueTask<Failure?> ProductMetadataAsync(Place place, string sourceId, JsonText changes)
    {
        var before = await place.Db.Products.Of(place.Project).Where(p => p.SourceId == sourceId).Select(p => p.MetadataJson).FirstOrDefaultAsync(place.Ct);
        return await ProductAsync(place, new ProductPayload { SourceId = sourceId, Metadata = new(UpdateMetadata.Merged(before, changes)) });
    }

    private static async ValueTask<Failure?> VoucherAsync(Place place, string code, JsonText changes)
    {
        if (await VoucherState.FindRowAsync(place.Db, place.Project, code, place.Ct) is not { } voucher) return OfCode(VoucherErrors.NotFound(code), code);
        var metadata = UpdateMetadata.Merged(voucher.MetadataJson, changes);
        if (Check.Object(metadata, "metadata") is { } problem) return OfCode(problem, code);
        (voucher.MetadataJson, voucher.UpdatedAt) = (metadata.Text, place.Now);
        await place.Db.SaveChangesAsync(place.Ct);
        return null;
    }

    private static Failure OfSource(ApiError error, string sourceId) => new(error.Message, error.Details ?? error.Message, error.Key, sourceId, null);

    private static Failure OfCode(ApiError error, string code) => new(error.Message, error.Details ?? error.Message, error.Key, null, code);
}
