using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Products;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Exports.Kinds;

/// <summary>Orders.</summary>
internal sealed class OrderExport : ExportKind
{
    internal override string Name => "order";

    internal override IReadOnlyList<string> Fields { get; } =
    [
        "id", "source_id", "created_at", "updated_at", "status", "amount", "discount_amount", "items_discount_amount", "total_discount_amount", "total_amount",
        "customer_id", "referrer_id", "metadata",
    ];

    internal override IReadOnlyList<string> Defaults { get; } = ["id", "source_id", "status"];

    internal override IReadOnlyList<string> Orders { get; } = ["-created_at", "created_at", "-updated_at", "updated_at", "-status", "status"];

    internal override IReadOnlyList<string> FurtherFilters { get; } = [];

    internal override IQueryable<string> Ids(VouchsafeDbContext db, ProjectSettings project, ExportParameters parameters) =>
        Sorted(db.Orders.Where(o => o.ProjectId == project.Id), parameters.Order);

    internal override async Task<IReadOnlyDictionary<string, JsonObject>> LoadAsync(VouchsafeDbContext db, ProjectSettings project, List<string> ids, CancellationToken ct) =>
        (await db.Orders.AsNoTracking().Where(o => ids.Contains(o.Id)).ToListAsync(ct)).ToDictionary(o => o.Id, o =>
        {
            var row = Wire(OrderResponse.From(o));
            row["customer_id"] = o.CustomerId;
            row["referrer_id"] = o.ReferrerId;
            row["metadata"] = Metadata(o.MetadataJson);
            return row;
        });
}

/// <summary>Products that are not in the bin.</summary>
internal sealed class ProductExport : ExportKind
{
    internal override string Name => "product";

    internal override IReadOnlyList<string> Fields { get; } = ["id", "name", "price", "image_url", "source_id", "attributes", "created_at", "updated_at", "metadata"];

    internal override IReadOnlyList<string> Defaults { get; } = ["id", "name", "price", "image_url", "source_id", "attributes", "created_at"];

    internal override IReadOnlyList<string> Orders { get; } = ["-created_at", "created_at", "-updated_at", "updated_at", "-name", "name"];

    internal override IReadOnlyList<string> FurtherFilters { get; } = [];

    internal override IQueryable<string> Ids(VouchsafeDbContext db, ProjectSettings project, ExportParameters parameters) =>
        Sorted(db.Products.Where(p => p.ProjectId == project.Id && p.DeletedAt == null), parameters.Order);

    internal override async Task<IReadOnlyDictionary<string, JsonObject>> LoadAsync(VouchsafeDbContext db, ProjectSettings project, List<string> ids, CancellationToken ct) =>
        (await db.Products.AsNoTracking().Where(p => p.ProjectId == project.Id && ids.Contains(p.Id)).ToListAsync(ct)).ToDictionary(p => p.Id, p => Wire(ProductResponse.From(p, null)));
}

/// <summary>Variants that are not in the bin.</summary>
internal sealed class SkuExport : ExportKind
{
    internal override string Name => "sku";

    internal override IReadOnlyList<string> Fields { get; } =
        ["id", "sku", "product_id", "currency", "price", "image_url", "source_id", "attributes", "created_at", "updated_at", "metadata"];

    internal override IReadOnlyList<string> Defaults { get; } = ["id", "sku", "product_id", "currency", "price", "image_url", "source_id", "attributes", "created_at"];

    internal override IReadOnlyList<string> Orders { get; } = ["-created_at", "created_at", "-updated_at", "updated_at"];

    internal override IReadOnlyList<string> FurtherFilters { get; } = [];

    internal override IQueryable<string> Ids(VouchsafeDbContext db, ProjectSettings project, ExportParameters parameters) =>
        Sorted(db.Skus.Where(s => s.ProjectId == project.Id && s.DeletedAt == null), parameters.Order);

    internal override async Task<IReadOnlyDictionary<string, JsonObject>> LoadAsync(VouchsafeDbContext db, ProjectSettings project, List<string> ids, CancellationToken ct) =>
        (await db.Skus.AsNoTracking().Where(s => s.ProjectId == project.Id && ids.Contains(s.Id)).ToListAsync(ct)).ToDictionary(s => s.Id, s => Wire(SkuResponse.From(s)));
}
