using System.Text.Json;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Promotions;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;
using CounterKind = Vouchsafe.Storage.Entities.CounterKind;

namespace Vouchsafe.Api.Resources.Redemptions;

/// <summary>What a valid verdict asks of the ledger: every use, credit and rule counter of the request and every row, in one intent.</summary>
internal sealed class RedemptionIntent
{
    private readonly ApiCall _call;
    private readonly UseRequest _request;
    private readonly UseVerdict _verdict;
    private readonly IReadOnlyList<Prize> _prizes;
    private readonly VoucherSurroundings? _surroundings;
    private readonly bool _isNew;
    private readonly List<RowWrite> _rows = [];
    private readonly List<(VoucherTransaction Transaction, CounterKey Balance)> _transactions = [];

    private readonly record struct CounterKey(string Owner, CounterKind Kind);

    /// <param name="call">The call.</param>
    /// <param name="request">The request.</param>
    /// <param name="verdict">A valid verdict on it.</param>
    /// <param name="customer">Who redeems.</param>
    /// <param name="isNew">Whether the customer is stored with it.</param>
    /// <param name="prizes">Codes that its rewards give.</param>
    /// <param name="orderChanges">How often its order, if it is a stored one, had been changed when it was judged.</param>
    internal RedemptionIntent(
        ApiCall call, UseRequest request, UseVerdict verdict, Customer? customer, bool isNew, IReadOnlyList<Prize> prizes, long orderChanges)
    {
        (_call, _request, _verdict, Customer, _isNew, _prizes) = (call, request, verdict, customer, isNew, prizes);
        _surroundings = prizes.Count == 0 ? null : VoucherSurroundings.Of(call.Project, [], prizes.Select(p => p.Campaign));
        // Changes of the codes themselves bring their ceilings, and nothing else moves those counters.
        var sums = verdict.Run.Evaluation.Results.SelectMany(SumsOf).Select(sum => new CounterChange(sum.Key, CounterKind.Uses, sum.Value));
        CounterChange[] ofOrder = verdict.Stored is { } order ? [OrderLedger.Change(order.Id, orderChanges)] : [];
        Changes = [.. ChangesOf(verdict, [.. sums, .. prizes.Select(p => p.Offer.Joining), .. ofOrder]), .. prizes.SelectMany(p => p.Offer.Changes)];
        foreach (var prize in prizes) _rows.AddRange(prize.Offer.Rows);
        if (isNew && customer is not null) _rows.Add(new RowWrite(customer));
        // The session ends with its redemption: what it held is given back in the same intent that takes it.
        foreach (var own in verdict.Own) _rows.AddRange(LockLedger.RowsOfTakingBack(own));
        Applied = [.. verdict.Run.Evaluation.Results.Where(r => r.Status == RedeemableStatus.Applicable)];
        var ids = Applied.Select(_ => Ids.New(IdPrefix.Redemption, call.Now)).ToList();
        Parent = verdict.Run.Resolved.Count > 1 ? Row(Ids.New(IdPrefix.Redemption, call.Now), null, null) : null;
        Order = OrderOf(ids);
        if (Order is not null) _rows.Add(new RowWrite(Order, verdict.Stored is null ? RowWriteKind.Insert : RowWriteKind.Update));
        if (Order is not null && verdict.Run.GivesPoints && verdict.Stored?.Status != "PAID"
            && Loyalties.PaidOrders.Of(Order, verdict.Run.Evaluation.Order!.Amount, verdict.Run.Evaluation.Order.TotalAmount, call.Now) is { } paid)
            _rows.Add(new RowWrite(paid));
        if (Parent is not null)
        {
            Parent = Row(Parent.Id, null, verdict.Run.Evaluation.Order);
            _rows.Add(new RowWrite(Parent));
        }
        Redemptions = [.. Applied.Select((result, i) => Add(ids[i], result))];
    }

    internal Customer? Customer { get; }
    internal IReadOnlyList<RedeemableResult> Applied { get; }
    internal Redemption? Parent { get; }
    internal IReadOnlyList<Redemption> Redemptions { get; }
    internal Order? Order { get; }
    internal IReadOnlyList<CounterChange> Changes { get; }

    internal LedgerIntent ToLedger() => new()
    {
        Changes = Changes, Rows = _rows, Complete = Complete, IsStale = _verdict.Run.IsStale, Customers = Customer is null || _isNew ? [] : [Customer.Id],
    };

    // One change a counter: two tiers of one campaign may count in the same rule counter.
    private static IReadOnlyList<CounterChange> ChangesOf(UseVerdict verdict, IEnumerable<CounterChange> further) =>
        LockIntent.Ordered([.. verdict.Own.SelectMany(LockLedger.TakeBack), .. verdict.Run.Evaluation.Wishes.SelectMany(Of), .. further]);

    private static IEnumerable<CounterChange> Of(CounterWish wish)
    {
        switch (wish.Kind)
        {
            case Engine.CounterKind.Uses:
                yield return new(wish.RedeemableId, CounterKind.Uses, wish.Delta, wish.Limit);
                break;
            case Engine.CounterKind.Credits:
                yield return new(wish.RedeemableId, CounterKind.Balance, wish.Delta);
                yield return new(wish.RedeemableId, CounterKind.RedeemedAmount, -wish.Delta);
                break;
            case Engine.CounterKind.Rule:
                yield return new(wish.Key!, CounterKind.Uses, wish.Delta, wish.Limit);
                break;
        }
    }

    private void Complete(IReadOnlyList<long> values)
    {
        foreach (var (transaction, key) in _transactions)
            for (var i = 0; i < Changes.Count; i++)
            {
                if (Changes[i].Owner != key.Owner) continue;
                if (Changes[i].Kind == CounterKind.Balance) transaction.Balance = values[i] + HeldOf(key.Owner);
                if (Changes[i].Kind == CounterKind.RedeemedAmount) transaction.Total = transaction.Balance + values[i];
            }
    }

    // A card's balance holds what others have locked on it: it is not spent yet.
    private long HeldOf(string cardId) => _verdict.Run.Resolved.FirstOrDefault(r => r.Voucher?.Voucher.Id == cardId)?.Voucher is { } card
        ? new LockView(_verdict.Own.FirstOrDefault()?.SessionKey, _call.Now).HeldCredits(card)
        : 0;

    private Order? OrderOf(List<string> ids)
    {
        if (_verdict.Run.Evaluation.Order is not { } calculated) return null;
        var stored = _verdict.Stored;
        var redemptions = new Dictionary<string, OrderResponse.OrderRedemption>(stored is null ? [] : OrderResponse.From(stored).Redemptions ?? new Dictionary<string, OrderResponse.OrderRedemption>());
        if (Parent is not null) redemptions[Parent.Id] = new() { Date = _call.Now, RelatedObjectType = "redemption", RelatedObjectId = Parent.Id, Stacked = ids };
        else for (var i = 0; i < ids.Count; i++)
        {
            var resolved = _verdict.Run.Of(Applied[i]);
            redemptions[ids[i]] = new()
            {
                Date = _call.Now, RelatedObjectType = resolved.Object, RelatedObjectId = resolved.Voucher?.Voucher.Id ?? resolved.Tier!.Id,
                RelatedObjectParentId = resolved.Campaign?.Id,
            };
        }
        var metadata = _request.Order?.Metadata ?? (stored is null ? null : new JsonText(stored.MetadataJson));
        return new Order
        {
            Id = stored?.Id ?? Ids.New(IdPrefix.Order, _call.Now),
            ProjectId = _call.Project.Id,
            SourceId = stored?.SourceId ?? (string.IsNullOrEmpty(_request.Order?.SourceId) ? null : _request.Order.SourceId),
            Status = "PAID",
            CustomerId = Customer?.Id ?? stored?.CustomerId,
            ReferrerId = _verdict.Run.ReferrerId ?? stored?.ReferrerId,
            Amount = calculated.Amount,
            BodyJson = (OrderResponse.From(calculated, metadata, Customer?.Id, _verdict.Run.ReferrerId ?? stored?.ReferrerId) with { Redemptions = redemptions }).ToJson(),
            MetadataJson = metadata?.Text ?? "{}",
            CreatedAt = stored?.CreatedAt ?? _call.Now,
            UpdatedAt = stored is null ? null : _call.Now,
        };
    }

    private Redemption Add(string id, RedeemableResult result)
    {
        var row = Row(id, result, result.Order);
        _rows.Add(new RowWrite(row));
        if (result.Credits is > 0 and var credits && row.VoucherId is { } card)
        {
            var transaction = new VoucherTransaction
            {
                Id = Ids.New(IdPrefix.VoucherTransaction, _call.Now), ProjectId = _call.Project.Id, VoucherId = card,
                Type = row.RewardJson is null ? "CREDITS_REDEMPTION" : "POINTS_REDEMPTION", Amount = -credits, RelatedId = id, CreatedAt = _call.Now,
            };
            _rows.Add(new RowWrite(transaction));
            _transactions.Add((transaction, new CounterKey(card, CounterKind.Balance)));
        }
        return row;
    }

    private IEnumerable<KeyValuePair<string, long>> SumsOf(RedeemableResult result) =>
        result.Status == RedeemableStatus.Applicable && _verdict.Run.Of(result).Tier is { } tier && _verdict.Run.Evaluation.Order is { } order
            ? TierSummary.CountedBy(tier.Id, order.Amount, result.AppliedAmount)
            : [];

    private VoucherResponse? PrizeOf(RedeemableResult? result) =>
        result is not null && _prizes.FirstOrDefault(p => ReferenceEquals(p.Card, result.Redeemable)) is { } prize
            ? VoucherResponse.From(VoucherState.New(prize.Offer.Voucher) with { Publications = 1 }, null, _surroundings)
            : null;

    private Redemption Row(string id, RedeemableResult? result, Engine.Orders.CalculatedOrder? order)
    {
        var resolved = result is null ? null : _verdict.Run.Of(result);
        var counted = result is null ? null : _verdict.Run.Evaluation.Wishes
            .Where(w => w.Kind == Engine.CounterKind.Rule && w.RedeemableId == (result.Redeemable.ResourceId ?? result.Redeemable.Id))
            .Select(w => KeyValuePair.Create(w.Key!, w.Delta)).Concat(SumsOf(result)).GroupBy(w => w.Key).ToDictionary(g => g.Key, g => g.Sum(w => w.Value));
        return new Redemption
        {
            Id = id,
            ProjectId = _call.Project.Id,
            Kind = RedemptionKind.Success,
            ParentId = result is null ? null : Parent?.Id,
            VoucherId = resolved?.Voucher?.Voucher.Id,
            PromotionTierId = resolved?.Tier?.Id,
            PromotionStackId = resolved?.Stack?.Id,
            CustomerId = Customer?.Id,
            TrackingId = Customer is null ? null : TrackingIds.Code(_call.Project, Customer.SourceId ?? Customer.Id),
            OrderId = Order?.Id,
            Amount = result?.Credits,
            OrderJson = order is null || Order is null ? null : (OrderResponse.From(Order) with
            {
                DiscountAmount = order.DiscountAmount, ItemsDiscountAmount = order.ItemsDiscountAmount, TotalDiscountAmount = order.TotalDiscountAmount,
                TotalAmount = order.TotalAmount, AppliedDiscountAmount = order.AppliedDiscountAmount,
                ItemsAppliedDiscountAmount = order.ItemsAppliedDiscountAmount, TotalAppliedDiscountAmount = order.TotalAppliedDiscountAmount, Redemptions = null,
            }).ToJson(),
            RewardJson = RedeemedReward.ToJson(resolved, Customer, PrizeOf(result)),
            MetadataJson = _request.Metadata?.Text,
            CountedJson = counted is { Count: > 0 } ? JsonSerializer.Serialize(counted) : null,
            Channel = _call.Caller.ChannelName,
            KeyId = _call.Caller.KeyId,
            CreatedAt = _call.Now,
        };
    }
}
