using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Resources.AsyncActions;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Customers;

/// <summary>
/// POST /v1/customers/{id}/permanent-deletion: removes a customer with orders, events and memberships of segments. Redemptions and
/// publications stay, because limits and balances rest on them; of the customer they keep the id that was minted here, and of the order
/// its amounts.
/// </summary>
internal static class ForgetCustomer
{
    internal sealed record Response
    {
        public required string Id { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public required string RelatedObjectId { get; init; }
        public string RelatedObject => "customer";
        public string Status => "DONE";
        public required Removed DataJson { get; init; }
        // Written so in the published description.
        public string Object => "pernament_deletion";
    }

    /// <summary>How much was removed. What only Voucherify keeps apart (daily and order events) is not kept here.</summary>
    internal sealed record Removed(long Events, long CustomerEvents, long DailyEvents, long Segments, long Orders, long OrderEvents, long Customer);

    internal static async Task<IResult> Handle(ApiCall call, string customerId, VouchsafeDbContext db)
    {
        if (await db.Customers.AsNoTracking().ByAnyIdAsync(call.Project, customerId, call.Aborted) is not { } customer) return CustomerErrors.NotFound(customerId);
        if (await IsNamedInBulkAsync(call, customer, db)) return CustomerErrors.BulkUnderWay;
        await using var transaction = await db.Database.BeginTransactionAsync(call.Aborted);
        // First: whoever writes of a customer holds the row while they do. From here on nobody can, and what they wrote is seen below.
        if (await db.Customers.Where(c => c.Id == customer.Id).ExecuteDeleteAsync(call.Aborted) == 0) return CustomerErrors.NotFound(customerId);
        var events = await db.CustomEvents.Where(e => e.CustomerId == customer.Id).ExecuteDeleteAsync(call.Aborted);
        var segments = await db.SegmentMembers.Where(m => m.CustomerId == customer.Id).ExecuteDeleteAsync(call.Aborted);
        var orders = await db.Orders.Where(o => o.ProjectId == call.Project.Id && o.CustomerId == customer.Id).ExecuteDeleteAsync(call.Aborted);
        foreach (var row in await db.Redemptions.Where(r => r.CustomerId == customer.Id).Select(r => new { r.Id, r.OrderJson, r.RewardJson }).ToListAsync(call.Aborted))
        {
            var (figures, reward) = (FiguresOf(row.OrderJson), Redemptions.RedeemedReward.WithoutCustomer(row.RewardJson));
            await db.Redemptions.Where(r => r.Id == row.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.TrackingId, (string?)null)
                .SetProperty(x => x.MetadataJson, (string?)null).SetProperty(x => x.OrderJson, figures).SetProperty(x => x.RewardJson, reward), call.Aborted);
        }
        await db.Publications.Where(p => p.ProjectId == call.Project.Id && p.CustomerId == customer.Id)
            .ExecuteUpdateAsync(p => p.SetProperty(x => x.MetadataJson, "{}"), call.Aborted);
        await db.RedeemableHolders.Where(h => h.ProjectId == call.Project.Id && h.CustomerId == customer.Id).ExecuteDeleteAsync(call.Aborted);
        await transaction.CommitAsync(call.Aborted);
        return Json.Ok(new Response
        {
            Id = Ids.New(IdPrefix.PermanentDeletion, call.Now), CreatedAt = call.Now, RelatedObjectId = customer.Id,
            DataJson = new(events, events, 0, segments, orders, 0, 1),
        });
    }

    // Its work would make the customer anew out of what was sent before the deletion.
    private static async Task<bool> IsNamedInBulkAsync(ApiCall call, Customer customer, VouchsafeDbContext db)
    {
        if (customer.SourceId is not { } sourceId) return false;
        var waiting = await db.AsyncActions.Where(a => a.ProjectId == call.Project.Id && (a.Type == BulkActions.Customers || a.Type == BulkActions.CustomersMetadata)
            && (a.Status == AsyncActionStatus.Accepted || a.Status == AsyncActionStatus.InProgress)).Select(a => new { a.Type, a.RequestJson }).ToListAsync(call.Aborted);
        return waiting.Any(a => a.Type == BulkActions.Customers
            ? BulkBody<CustomerPayload>.Read(a.RequestJson).Any(item => item.SourceId == sourceId)
            : UpdateMetadata.Wanted.Read(a.RequestJson).Names.Contains(sourceId));
    }

    // What budgets rest on: the order's amounts. What was bought, and what the shop noted about it, goes.
    private static string? FiguresOf(string? orderJson)
    {
        if (orderJson is null) return null;
        var order = JsonNode.Parse(orderJson)!.AsObject();
        foreach (var (name, value) in order.ToList())
            if (value?.GetValueKind() is not JsonValueKind.Number && name is not ("id" or "object" or "status" or "created_at" or "updated_at")) order.Remove(name);
        return order.ToJsonString(WireJson.Options);
    }
}
