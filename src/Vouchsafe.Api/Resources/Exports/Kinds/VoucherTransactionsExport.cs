using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Exports.Kinds;

/// <summary>Movements of credits and points on cards.</summary>
internal sealed class VoucherTransactionsExport : ExportKind
{
    internal override string Name => "voucher_transactions";

    internal override IReadOnlyList<string> Fields { get; } =
        ["id", "campaign_id", "voucher_id", "type", "source_id", "status", "reason", "source", "balance", "amount", "related_transaction_id", "created_at", "details"];

    internal override IReadOnlyList<string> Defaults { get; } = ["id", "type", "source_id", "status", "reason", "source", "balance", "amount", "created_at"];

    internal override IReadOnlyList<string> Orders { get; } = ["-created_at", "created_at"];

    internal override IReadOnlyList<string> FurtherFilters { get; } = [];

    internal override IQueryable<string> Ids(VouchsafeDbContext db, ProjectSettings project, ExportParameters parameters)
    {
        var found = db.VoucherTransactions.Where(t => t.ProjectId == project.Id);
        // A card's few movements are not looked for among those of the whole project.
        if (OneOf(parameters, "voucher_id") is { } cards) found = found.Where(t => cards.Contains(t.VoucherId));
        if (OneOf(parameters, "campaign_id") is { } campaigns) found = found.Where(t => db.Vouchers.Any(v => v.Id == t.VoucherId && campaigns.Contains(v.CampaignId!)));
        return Sorted(found, parameters.Order);
    }

    internal override async Task<IReadOnlyDictionary<string, JsonObject>> LoadAsync(VouchsafeDbContext db, ProjectSettings project, List<string> ids, CancellationToken ct)
    {
        var transactions = await db.VoucherTransactions.AsNoTracking().Where(t => ids.Contains(t.Id)).ToListAsync(ct);
        var cards = transactions.Select(t => t.VoucherId).Distinct().ToList();
        var campaigns = await db.Vouchers.Where(v => cards.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.CampaignId, ct);
        var balances = transactions.ToDictionary(t => t.Id);
        return (await TransactionResponse.LoadAsync(db, transactions, null, ct)).ToDictionary(t => t.Id, response =>
        {
            var row = Wire(response with { CampaignId = campaigns.GetValueOrDefault(response.VoucherId) });
            row["balance"] = balances[response.Id].Balance;
            row["amount"] = balances[response.Id].Amount;
            row["status"] = "SUCCESS";
            return row;
        });
    }

    // The values of a filter that says "one of these"; null: there is no such filter, or it does not hold for every row.
    private static List<string>? OneOf(ExportParameters parameters, string field)
    {
        if (parameters.Filters is not { } filters) return null;
        using var document = JsonDocument.Parse(filters.Text);
        var root = document.RootElement;
        if (root.TryGetProperty("junction", out var junction) && !string.Equals(junction.GetString(), "and", StringComparison.OrdinalIgnoreCase)) return null;
        if (!root.TryGetProperty(field, out var filter)) return null;
        foreach (var condition in filter.GetProperty("conditions").EnumerateObject())
            if (condition.Name is "$in" or "$is")
                return condition.Value.ValueKind == JsonValueKind.Array ? [.. condition.Value.EnumerateArray().Select(v => v.ToString())] : [condition.Value.ToString()];
        return null;
    }
}

/// <summary>Points do not expire, so there is nothing to list; the file has its header.</summary>
internal sealed class PointsExpirationExport : ExportKind
{
    internal override string Name => "points_expiration";

    internal override IReadOnlyList<string> Fields { get; } = ["id", "campaign_id", "voucher_id", "points", "status", "expires_at"];

    internal override IReadOnlyList<string> Defaults { get; } = ["id", "campaign_id", "voucher_id", "status", "expires_at", "points"];

    internal override IReadOnlyList<string> Orders { get; } = ["-expires_at", "expires_at"];

    internal override IReadOnlyList<string> FurtherFilters { get; } = [];

    internal override IQueryable<string> Ids(VouchsafeDbContext db, ProjectSettings project, ExportParameters parameters) =>
        db.VoucherTransactions.Where(t => false).Select(t => t.Id);

    internal override Task<IReadOnlyDictionary<string, JsonObject>> LoadAsync(VouchsafeDbContext db, ProjectSettings project, List<string> ids, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, JsonObject>>(new Dictionary<string, JsonObject>());
}
