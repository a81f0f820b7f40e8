using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Redemptions;

/// <summary>Filters and orders of lists of redemptions. A field, operator or order that is not listed here is refused, never skipped.</summary>
internal static class RedemptionQueries
{
    internal static readonly string[] Orders =
        ["created_at", "-created_at", "id", "-id", "voucher_code", "-voucher_code", "tracking_id", "-tracking_id", "customer_id", "-customer_id"];

    private static readonly RedemptionKind[] Succeeded = [RedemptionKind.Success, RedemptionKind.Rollback];
    private static readonly RedemptionKind[] Failed = [RedemptionKind.Failure, RedemptionKind.FailedRollback];

    /// <summary>The project's redemptions that a query asks for.</summary>
    internal static Result<IQueryable<Redemption>> Filtered(VouchsafeDbContext db, ProjectSettings project, QueryReader query)
    {
        if (query.Text("voucher").Failed(out var error, out var voucher)) return error;
        if (query.Text("customer").Failed(out error, out var customer)) return error;
        if (query.Text("campaign").Failed(out error, out var campaign)) return error;
        if (BracketQuery.Instants(query.Raw, "created_at").Failed(out error, out var created)) return error;
        if (BracketQuery.Filters(query.Raw).Failed(out error, out var filters)) return error;
        if (KindsOf(query.Raw["result"]).Failed(out error, out var kinds)) return error;

        var rows = db.Redemptions.Where(r => r.ProjectId == project.Id);
        if (kinds.Length > 0) rows = rows.Where(r => kinds.Contains(r.Kind));
        if (voucher is not null)
        {
            var key = project.CodeKey(voucher);
            rows = rows.Where(r => db.Vouchers.Any(v => v.Id == r.VoucherId && v.ProjectId == project.Id && (v.CodeKey == key || v.Id == voucher)));
        }
        if (customer is not null)
            rows = rows.Where(r => r.CustomerId == customer || db.Customers.Any(c => c.Id == r.CustomerId && c.ProjectId == project.Id && c.SourceId == customer));
        if (campaign is not null) rows = OfCampaigns(db, rows, db.Campaigns.Where(c => c.ProjectId == project.Id && (c.Id == campaign || c.Name == campaign)));
        if (created.Before is { } before) rows = rows.Where(r => r.CreatedAt < before);
        if (created.After is { } after) rows = rows.Where(r => r.CreatedAt > after);
        foreach (var filter in filters)
        {
            if (Narrow(db, project, rows, filter).Failed(out error, out var narrowed)) return error;
            rows = narrowed;
        }

        return Result.Of(rows);
    }

    internal static IQueryable<Redemption> OrderedBy(this IQueryable<Redemption> rows, VouchsafeDbContext db, string order) => order.TrimStart('-') switch
    {
        "voucher_code" => By(rows, r => db.Vouchers.Where(v => v.Id == r.VoucherId).Select(v => v.Code).FirstOrDefault(), order),
        "tracking_id" => By(rows, r => r.TrackingId, order),
        "customer_id" => By(rows, r => r.CustomerId, order),
        "id" => By(rows, r => r.Id, order),
        _ => By(rows, r => r.CreatedAt, order),
    };

    // The documentation lets the parameter be repeated; the older texts name the results in other ways.
    private static Result<RedemptionKind[]> KindsOf(IEnumerable<string?> results)
    {
        HashSet<RedemptionKind> kinds = [];
        foreach (var result in results)
            switch (result)
            {
                case "SUCCESS" or "Success": kinds.UnionWith(Succeeded); break;
                case "FAILURE" or "Failure" or "Failure-Limit": kinds.UnionWith(Failed); break;
                case "ALL": kinds.UnionWith([.. Succeeded, .. Failed]); break;
                default: return CommonErrors.InvalidQuery("result must be one of: SUCCESS, FAILURE, ALL.");
            }
        return kinds.ToArray();
    }

    private static Result<IQueryable<Redemption>> Narrow(
        VouchsafeDbContext db, ProjectSettings project, IQueryable<Redemption> rows, BracketQuery.Filter filter)
    {
        var values = filter.Values;
        // Null: a question about presence, whatever the value.
        bool? among = filter.Operator is "$has_value" or "$is_unknown" ? null : true;
        if (filter.Operator is not ("$is" or "$in" or "$is_not" or "$not_in" or "$has_value" or "$is_unknown"))
            return CommonErrors.InvalidQuery($"filters[{filter.Field}] does not take the condition {filter.Operator}.");
        RedemptionKind[] kinds = [.. values.SelectMany(v => KindsNamed(filter.Field, v))];
        var campaigns = db.Campaigns.Where(c => c.ProjectId == project.Id);
        IQueryable<Redemption>? matching = (filter.Field, among) switch
        {
            ("voucher_code", null) => rows.Where(r => r.VoucherId != null),
            ("voucher_code", _) => rows.Where(r => db.Vouchers.Any(v => v.Id == r.VoucherId && values.Contains(v.Code))),
            ("related_object_id", null) => rows.Where(r => r.VoucherId != null || r.PromotionTierId != null),
            ("related_object_id", _) => rows.Where(r => values.Contains(r.VoucherId!) || values.Contains(r.PromotionTierId!)),
            ("related_object_parent_id", null) or ("campaign_name", null) => OfCampaigns(db, rows, campaigns),
            ("related_object_parent_id", _) => OfCampaigns(db, rows, campaigns.Where(c => values.Contains(c.Id))),
            ("campaign_name", _) => OfCampaigns(db, rows, campaigns.Where(c => values.Contains(c.Name))),
            ("parent_redemption_id", null) => rows.Where(r => r.ParentId != null),
            ("parent_redemption_id", _) => rows.Where(r => values.Contains(r.ParentId!)),
            ("failure_code", null) => rows.Where(r => r.FailureCode != null),
            ("failure_code", _) => rows.Where(r => values.Contains(r.FailureCode!)),
            ("customer_id", null) => rows.Where(r => r.CustomerId != null),
            ("customer_id", _) => rows.Where(r => values.Contains(r.CustomerId!)),
            ("result" or "object", null) => rows,
            ("result" or "object", _) => rows.Where(r => kinds.Contains(r.Kind)),
            // Most redemptions are made by keys; those that members made at the dashboard know the member.
            ("user_login", null) => rows.Where(r => r.Channel == Caller.UserChannel),
            ("user_login", _) => rows.Where(r => r.Channel == Caller.UserChannel && db.Members.Any(m => m.Id == r.KeyId && values.Contains(m.Email!))),
            _ => null,
        };
        if (matching is null) return CommonErrors.InvalidQuery($"filters[{filter.Field}] is not a field that redemptions can be filtered by.");
        return Result.Of(filter.Operator is "$is_not" or "$not_in" or "$is_unknown" ? rows.Where(r => !matching.Any(m => m.Id == r.Id)) : matching);
    }

    private static RedemptionKind[] KindsNamed(string field, string value) => (field, value) switch
    {
        ("result", "SUCCESS") => Succeeded,
        ("result", "FAILURE") => Failed,
        ("object", "redemption") => [RedemptionKind.Success, RedemptionKind.Failure],
        ("object", "redemption_rollback") => [RedemptionKind.Rollback, RedemptionKind.FailedRollback],
        _ => [],
    };

    private static IQueryable<Redemption> OfCampaigns(VouchsafeDbContext db, IQueryable<Redemption> rows, IQueryable<Campaign> campaigns) =>
        rows.Where(r => db.Vouchers.Any(v => v.Id == r.VoucherId && campaigns.Any(c => c.Id == v.CampaignId))
            || db.PromotionTiers.Any(t => t.Id == r.PromotionTierId && campaigns.Any(c => c.Id == t.CampaignId)));

    private static IOrderedQueryable<Redemption> By<TKey>(
        IQueryable<Redemption> rows, System.Linq.Expressions.Expression<Func<Redemption, TKey>> key, string order) =>
        order.StartsWith('-') ? rows.OrderByDescending(key).ThenByDescending(r => r.Id) : rows.OrderBy(key).ThenBy(r => r.Id);
}
