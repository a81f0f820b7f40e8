using Vouchsafe.Engine.Stacking;
using Vouchsafe.Api.Management;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Promotions;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Resources.Redemptions;

/// <summary>
/// POST /v1/redemptions/{id}/rollback (one) and /rollbacks (a stack, or one): gives back exactly what was taken, once. The
/// counter <see cref="CounterKind.Rollbacks"/> of each redemption, limited to 1, decides between two that come at once.
/// </summary>
internal static class Rollback
{
    /// <summary>A redemption that is older stays as it is.</summary>
    private const int MostMonths = 3;

    /// <summary>How often it looks again because rules that come into force count what is taken back, or its customer is removed.</summary>
    private const int Tries = 8;

    internal sealed record Request(string? Reason, string? TrackingId, CustomerPayload? Customer, OrderPayload? Order, JsonText? Metadata);

    internal sealed record Response
    {
        public required IReadOnlyList<RedemptionResponse> Rollbacks { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public RedemptionResponse? ParentRollback { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public OrderResponse? Order { get; init; }
    }

    internal static async Task<IResult> HandleOne(ApiCall call, string id, VouchsafeDbContext db, Ledger ledger, StackingRulesCache rules) =>
        (await RunAsync(call, id, stack: false, db, ledger, rules)).Failed(out var error, out var response) ? error : Json.Ok(response.Rollbacks[0]);

    internal static async Task<IResult> HandleStack(ApiCall call, string id, VouchsafeDbContext db, Ledger ledger, StackingRulesCache rules) =>
        (await RunAsync(call, id, stack: true, db, ledger, rules)).Failed(out var error, out var response) ? error : Json.Ok(response);

    private static async ValueTask<Result<Response>> RunAsync(ApiCall call, string id, bool stack, VouchsafeDbContext db, Ledger ledger, StackingRulesCache rules)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        if (call.Query.Text("reason").Failed(out error, out var reason)) return error;
        if (Check.Text(request.Reason, "reason", Check.LongText) is { } tooLong) return tooLong;
        if (request.Customer?.Problem("customer.") is { } badCustomer) return badCustomer;
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var erased = new HashSet<string>(StringComparer.Ordinal);
        for (var tries = 0; tries < Tries; tries++)
        {
            if ((await FindAsync(call, id, stack, request, db)).Failed(out error, out var found)) return error;
            var orderChanges = found.Target.OrderId is { } changed ? await OrderLedger.ChangesAsync(db, changed, call.Aborted) : 0;
            var order = found.Target.OrderId is { } orderId ? await db.Orders.FirstOrDefaultAsync(o => o.Id == orderId, call.Aborted) : null;
            var mode = (await rules.OfAsync(call.Project.Id)).RollbackOrderMode;
            var work = new RollbackIntent(
                call, found, order, orderChanges, mode, reason ?? request.Reason, await HeldAsync(db, found.Taken, call.Aborted), await PrizesAsync(db, found.Taken, call.Aborted));
            switch (await call.CommitAsync(ledger, work.ToLedger(erased), (work.ParentRollback ?? work.Rollbacks[0]).Id))
            {
                case LedgerOutcome.Accepted:
                    return await AnswerAsync(db, call.Project, work.Rollbacks, work.ParentRollback, work.Order, call.Aborted);
                // A rule that came into force counted it meanwhile: what is to be given back has to be read again.
                case LedgerOutcome.Refused { Change.Kind: CounterKind.Recounts }:
                // Another request changed the order meanwhile: so has that.
                case LedgerOutcome.Refused { Change.Kind: CounterKind.OrderChanges }:
                // The customer was removed meanwhile: what was read may say of them what was to be forgotten.
                case LedgerOutcome.Stale:
                    continue;
                // Credits cannot go back to a card that is no more (docs/adr/0305-rollback-after-removal.md).
                case LedgerOutcome.Refused { Change: { Delta: < 0 } change } when found.Taken.Any(r => r.VoucherId == change.Owner && r.Amount > 0):
                    return VoucherErrors.NotFound(change.Owner);
                // A counter that does not have what was put in it went with what was removed for good.
                case LedgerOutcome.Refused { Change: { Delta: < 0 } change } when erased.Add(change.Owner):
                    tries--;
                    continue;
                case LedgerOutcome.Refused or LedgerOutcome.Duplicate:
                    return UseErrors.AlreadyRolledBack(id);
                default:
                    return CommonErrors.Busy;
            }
        }

        return UseErrors.MultipleRequests;
    }

    private static async ValueTask<Result<TakenBack>> FindAsync(ApiCall call, string id, bool stack, Request request, VouchsafeDbContext db)
    {
        var wanted = db.Redemptions.Where(r => r.Id == id || r.ParentId == id);
        var versions = await RecountLedger.Of(db, wanted).ToDictionaryAsync(c => c.Owner, c => c.Value, call.Aborted);
        var customers = await RecountLedger.CustomersOf(db, wanted).ToListAsync(call.Aborted);
        var target = await db.Redemptions.FirstOrDefaultAsync(r => r.ProjectId == call.Project.Id && r.Id == id, call.Aborted);
        if (target is not { Kind: RedemptionKind.Success }) return UseErrors.RedemptionNotFound(id);
        if (target.ParentId is not null) return UseErrors.InvalidParent;
        if (target.CreatedAt.AddMonths(MostMonths) < call.Now) return UseErrors.TooOldToRollBack(id, MostMonths);
        var isParent = target.VoucherId is null && target.PromotionTierId is null;
        if (isParent && !stack) return UseErrors.ParentNeedsRollbacks;
        if (request.Customer is { NamesSomebody: true } && (await db.IdentifyAsync(call.Project, request.Customer, null, call.Aborted))?.Id != target.CustomerId)
            return UseErrors.ForeignCustomer;
        return new TakenBack(target, isParent
            ? await db.Redemptions.Where(r => r.ParentId == id && r.Kind == RedemptionKind.Success).OrderBy(r => r.Id).ToListAsync(call.Aborted)
            : [target], isParent, versions, customers);
    }

    /// <summary>The answer of the form for one, by the rollback's id.</summary>
    internal static async ValueTask<object> RenderOneAsync(VouchsafeDbContext db, ProjectSettings project, string id, CancellationToken ct) =>
        ((Response)await RenderStackAsync(db, project, id, ct)).Rollbacks[0];

    /// <summary>The answer of the form for stacks, by the id of the rollback or of its parent.</summary>
    internal static async ValueTask<object> RenderStackAsync(VouchsafeDbContext db, ProjectSettings project, string id, CancellationToken ct)
    {
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var row = await db.Redemptions.FirstAsync(r => r.ProjectId == project.Id && r.Id == id, ct);
        var isParent = row.VoucherId is null && row.PromotionTierId is null;
        var rollbacks = isParent ? await db.Redemptions.Where(r => r.ParentId == id && r.Kind == RedemptionKind.Rollback).OrderBy(r => r.Id).ToListAsync(ct) : [row];
        var order = row.OrderId is { } orderId ? await db.Orders.FirstOrDefaultAsync(o => o.Id == orderId, ct) : null;
        return await AnswerAsync(db, project, rollbacks, isParent ? row : null, order, ct);
    }

    private static async ValueTask<IReadOnlyList<Voucher>> PrizesAsync(VouchsafeDbContext db, IReadOnlyList<Redemption> taken, CancellationToken ct)
    {
        List<string> ids = [.. taken.Select(r => RedeemedReward.VoucherIdOf(r.RewardJson)).OfType<string>()];
        return ids.Count == 0 ? [] : await db.Vouchers.Where(v => ids.Contains(v.Id)).ToListAsync(ct);
    }

    // A card's balance holds what is locked on it.
    private static async ValueTask<Dictionary<string, long>> HeldAsync(VouchsafeDbContext db, IReadOnlyList<Redemption> taken, CancellationToken ct)
    {
        List<string> cards = [.. taken.Where(r => r is { Amount: > 0, VoucherId: not null }).Select(r => r.VoucherId!)];
        return cards.Count == 0
            ? []
            : await db.ValidationLocks.Where(l => cards.Contains(l.RedeemableId)).GroupBy(l => l.RedeemableId)
                .Select(g => new { g.Key, Sum = g.Sum(l => l.Credits) }).ToDictionaryAsync(g => g.Key, g => g.Sum, ct);
    }

    private static async ValueTask<Response> AnswerAsync(
        VouchsafeDbContext db, ProjectSettings project, IReadOnlyList<Redemption> rollbacks, Redemption? parentRollback, Order? stored, CancellationToken ct)
    {
        var customer = rollbacks[0].CustomerId is { } buyer ? await db.Customers.FirstOrDefaultAsync(c => c.Id == buyer, ct) : null;
        var responses = new List<RedemptionResponse>();
        foreach (var rollback in rollbacks)
        {
            var voucher = rollback.VoucherId is { } voucherId ? await db.Vouchers.FirstOrDefaultAsync(v => v.Id == voucherId, ct) : null;
            var state = voucher is null ? null : (await VoucherState.LoadAsync(db, [voucher], ct))[0];
            var tier = rollback.PromotionTierId is { } tierId ? await db.PromotionTiers.FirstOrDefaultAsync(t => t.Id == tierId, ct) : null;
            var tierWire = tier is null ? null : (await PromotionTierResponse.LoadAsync(db, project, [tier], ct, withSummary: false)).FirstOrDefault();
            responses.Add(RedemptionResponse.From(
                rollback, state is null ? null : await VoucherResponse.LoadAsync(db, project, state, ct), customer, tierWire));
        }
        return new Response
        {
            Rollbacks = responses,
            ParentRollback = parentRollback is { } parent ? RedemptionResponse.From(parent, null, customer) : null,
            Order = stored is { } order ? OrderResponse.From(order) : null,
        };
    }
}

/// <summary>What is taken back.</summary>
/// <param name="Target">What the request names.</param>
/// <param name="Taken">The redemptions: those of a stack, or the target itself.</param>
/// <param name="IsParent">Whether it is a stack.</param>
/// <param name="Versions">How often each had been counted late before it was read.</param>
/// <param name="Customers">Those of its customers who were stored before it was read.</param>
internal sealed record TakenBack(
    Redemption Target, IReadOnlyList<Redemption> Taken, bool IsParent, IReadOnlyDictionary<string, long> Versions, IReadOnlyList<string> Customers);

/// <summary>What a rollback asks of the ledger.</summary>
internal sealed class RollbackIntent
{
    // What is not written here, nobody's change of it is lost; a row that was removed meanwhile does not come back.
    private static readonly RowPatch TakenBackBy = new(nameof(Redemption.RollbackId));
    private static readonly RowPatch SwitchedOff = new(nameof(Voucher.Active), nameof(Voucher.UpdatedAt));

    private readonly ApiCall _call;
    private readonly string? _reason;
    private readonly TakenBack _found;
    private readonly IReadOnlyDictionary<string, long> _held;
    private readonly List<CounterChange> _changes = [];
    private readonly List<RowWrite> _rows = [];
    private readonly List<VoucherTransaction> _refunds = [];

    /// <param name="call">The call.</param>
    /// <param name="found">What is taken back.</param>
    /// <param name="order">Its order.</param>
    /// <param name="orderChanges">How often that had been changed when it was read.</param>
    /// <param name="mode">What becomes of the order.</param>
    /// <param name="reason">Why.</param>
    /// <param name="held">What locks hold of each card.</param>
    /// <param name="prizes">Codes that its points bought.</param>
    internal RollbackIntent(
        ApiCall call, TakenBack found, Order? order, long orderChanges, RollbackOrderMode mode, string? reason, IReadOnlyDictionary<string, long> held,
        IReadOnlyList<Voucher> prizes)
    {
        (_call, _reason, _found, _held) = (call, reason, found, held);
        var (target, taken, isParent) = (found.Target, found.Taken, found.IsParent);
        var parentId = isParent ? Ids.New(IdPrefix.Rollback, call.Now) : null;
        var ids = taken.Select(_ => Ids.New(IdPrefix.Rollback, call.Now)).ToList();
        Order = order is null ? null : After(order, mode, target.Id, parentId ?? ids[0], isParent ? ids : null);
        if (parentId is not null) ParentRollback = Add(parentId, target, null);
        Rollbacks = [.. taken.Select((redemption, i) => Add(ids[i], redemption, parentId))];
        if (Order is not null)
        {
            _changes.Add(OrderLedger.Change(Order.Id, orderChanges));
            _rows.Add(new RowWrite(Order, RowWriteKind.Update));
        }

        // Nobody keeps both: the points come back, so what they bought goes.
        foreach (var prize in prizes)
        {
            (prize.Active, prize.UpdatedAt) = (false, call.Now);
            _rows.Add(RowWrite.Of(prize, SwitchedOff));
        }
    }

    internal IReadOnlyList<Redemption> Rollbacks { get; }
    internal Redemption? ParentRollback { get; }
    internal Order? Order { get; }

    /// <param name="erased">Owners of counters that are no more.</param>
    internal LedgerIntent ToLedger(IReadOnlySet<string> erased)
    {
        var merged = CounterChange.Merge(_changes.Where(c => !erased.Contains(c.Owner)));
        return new LedgerIntent
        {
            Changes = merged,
            Rows = _rows,
            Customers = _found.Customers,
            Complete = values =>
            {
                foreach (var refund in _refunds)
                    for (var i = 0; i < merged.Count; i++)
                    {
                        if (merged[i].Owner != refund.VoucherId) continue;
                        if (merged[i].Kind == CounterKind.Balance) refund.Balance = values[i] + _held.GetValueOrDefault(refund.VoucherId);
                        if (merged[i].Kind == CounterKind.RedeemedAmount) refund.Total = refund.Balance + values[i];
                    }
            },
        };
    }

    private Redemption Add(string id, Redemption redemption, string? parentId)
    {
        _changes.Add(new(redemption.Id, CounterKind.Rollbacks, 1, 1));
        _changes.Add(RecountLedger.Unchanged(redemption.Id, _found.Versions.GetValueOrDefault(redemption.Id)));
        _rows.Add(RecountLedger.Forget(redemption.Id));
        if ((redemption.VoucherId ?? redemption.PromotionTierId) is { } owner) _changes.Add(new(owner, CounterKind.Uses, -1));
        if (redemption is { Amount: > 0 and var credits, VoucherId: { } card })
        {
            // The balance rises before what was redeemed falls, so the change list keeps them in that order for Complete.
            _changes.Add(new(card, CounterKind.Balance, credits));
            _changes.Add(new(card, CounterKind.RedeemedAmount, -credits));
            var refund = new VoucherTransaction
            {
                Id = Ids.New(IdPrefix.VoucherTransaction, _call.Now), ProjectId = _call.Project.Id, VoucherId = card,
                Type = redemption.RewardJson is null ? "CREDITS_REFUND" : "POINTS_REFUND", Amount = credits, RelatedId = id, Reason = _reason, CreatedAt = _call.Now,
            };
            _refunds.Add(refund);
            _rows.Add(new RowWrite(refund));
        }
        if (redemption.CountedJson is { } counted)
            foreach (var (key, delta) in JsonSerializer.Deserialize<Dictionary<string, long>>(counted)!)
                _changes.Add(new(key, CounterKind.Uses, -delta));
        redemption.RollbackId = id;
        _rows.Add(RowWrite.Of(redemption, TakenBackBy));
        var row = new Redemption
        {
            Id = id,
            ProjectId = _call.Project.Id,
            Kind = RedemptionKind.Rollback,
            RollbackOf = redemption.Id,
            ParentId = parentId,
            VoucherId = redemption.VoucherId,
            PromotionTierId = redemption.PromotionTierId,
            CustomerId = redemption.CustomerId,
            TrackingId = redemption.TrackingId,
            OrderId = redemption.OrderId,
            Amount = -redemption.Amount,
            OrderJson = Order is null ? null : OrderResponse.From(Order).ToJson(),
            RewardJson = redemption.RewardJson,
            MetadataJson = redemption.MetadataJson,
            Reason = _reason,
            Channel = _call.Caller.ChannelName,
            KeyId = _call.Caller.KeyId,
            CreatedAt = _call.Now,
        };
        _rows.Add(new RowWrite(row));
        return row;
    }

    // WITHOUT_ORDER leaves status and discounts as they are; that its redemption was taken back is noted either way.
    private Order After(Order order, RollbackOrderMode mode, string targetId, string rollbackId, IReadOnlyList<string>? stacked)
    {
        var before = OrderResponse.From(order);
        var redemptions = new Dictionary<string, OrderResponse.OrderRedemption>(before.Redemptions ?? new Dictionary<string, OrderResponse.OrderRedemption>());
        if (redemptions.TryGetValue(targetId, out var entry))
            redemptions[targetId] = entry with { RollbackId = rollbackId, RollbackDate = _call.Now, RollbackStacked = stacked };
        var after = (mode == RollbackOrderMode.WithoutOrder ? before : before.WithoutDiscounts()) with { Redemptions = redemptions };
        return new Order
        {
            Id = order.Id, ProjectId = order.ProjectId, SourceId = order.SourceId, Status = mode == RollbackOrderMode.WithoutOrder ? order.Status : "CANCELED", CustomerId = order.CustomerId, ReferrerId = order.ReferrerId,
            Amount = after.Amount, BodyJson = after.ToJson(), MetadataJson = order.MetadataJson, CreatedAt = order.CreatedAt, UpdatedAt = _call.Now,
        };
    }
}
