using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Exports.Kinds;

/// <summary>Customers, with what they have done so far.</summary>
internal sealed class CustomerExport : ExportKind
{
    private static readonly string[] Address = ["city", "state", "line_1", "line_2", "country", "postal_code"];

    internal override string Name => "customer";

    internal override IReadOnlyList<string> Fields { get; } =
    [
        "name", "id", "description", "email", "source_id", "created_at", "address_city", "address_state", "address_line_1", "address_line_2", "address_country",
        "address_postal_code", "redemptions_total_redeemed", "redemptions_total_failed", "redemptions_total_succeeded", "redemptions_total_rolled_back",
        "redemptions_total_rollback_failed", "redemptions_total_rollback_succeeded", "orders_total_amount", "orders_total_count", "orders_average_amount",
        "orders_last_order_amount", "orders_last_order_date", "loyalty_points", "loyalty_referred_customers", "updated_at", "phone", "birthday", "metadata", "birthdate",
    ];

    internal override IReadOnlyList<string> Defaults { get; } = ["name", "source_id"];

    internal override IReadOnlyList<string> Orders { get; } =
        ["-name", "name", "-id", "id", "-email", "email", "-source_id", "source_id", "-created_at", "created_at", "-updated_at", "updated_at"];

    internal override IReadOnlyList<string> FurtherFilters { get; } = ["city", "address.", "summary.", "loyalty."];

    internal override IQueryable<string> Ids(VouchsafeDbContext db, ProjectSettings project, ExportParameters parameters) =>
        Sorted(db.Customers.Where(c => c.ProjectId == project.Id), parameters.Order);

    internal override async Task<IReadOnlyDictionary<string, JsonObject>> LoadAsync(VouchsafeDbContext db, ProjectSettings project, List<string> ids, CancellationToken ct)
    {
        var customers = await db.Customers.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(ct);
        var summaries = await CustomerSummary.LoadAsync(db, ids, ct);
        return customers.ToDictionary(c => c.Id, c =>
        {
            var row = Wire(CustomerResponse.From(c, summaries[c.Id]));
            foreach (var name in Address) row["address_" + name] = (row["address"] as JsonObject)?[name]?.DeepClone();
            row["city"] = row["address_city"]?.DeepClone();
            foreach (var part in new[] { "redemptions", "orders" })
                foreach (var (name, value) in row["summary"]![part]!.AsObject())
                    if (Fields.Contains($"{part}_{name}")) row[$"{part}_{name}"] = value?.DeepClone();
            row["loyalty_points"] = row["loyalty"]!["points"]!.DeepClone();
            row["loyalty_referred_customers"] = row["loyalty"]!["referred_customers"]!.DeepClone();
            return row;
        });
    }
}
