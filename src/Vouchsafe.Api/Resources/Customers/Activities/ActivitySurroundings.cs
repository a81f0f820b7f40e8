using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Publications;
using Vouchsafe.Api.Resources.Redemptions;
using Vouchsafe.Api.Resources.Referrals;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Customers.Activities;

/// <summary>What a page of activities speaks of, read at once.</summary>
internal sealed class ActivitySurroundings
{
    private static readonly JsonText Null = new("null");

    private readonly CustomerResponse _customer;
    private readonly SimpleCustomer _simple;
    private readonly Dictionary<string, PublicationResponse> _publications;
    private readonly Dictionary<string, RedemptionResponse> _redemptions;
    private readonly Dictionary<string, TransactionResponse> _transactions;
    private readonly Dictionary<string, (Voucher Row, VoucherResponse Wire)> _vouchers;
    private readonly Dictionary<string, Campaign> _campaigns;

    private ActivitySurroundings(
        Customer customer, CustomerSummary summary, IEnumerable<PublicationResponse> publications, IEnumerable<RedemptionResponse> redemptions,
        IEnumerable<TransactionResponse> transactions, Dictionary<string, (Voucher, VoucherResponse)> vouchers, Dictionary<string, Campaign> campaigns)
    {
        (_customer, _simple, _vouchers, _campaigns) = (CustomerResponse.From(customer, summary), SimpleCustomer.From(customer)!, vouchers, campaigns);
        _publications = publications.ToDictionary(p => p.Id);
        _redemptions = redemptions.ToDictionary(r => r.Id);
        _transactions = transactions.ToDictionary(t => t.Id);
    }

    internal static async ValueTask<ActivitySurroundings> LoadAsync(ApiCall call, ActivityPlace place, IReadOnlyList<object> records)
    {
        var (db, ct) = (place.Db, call.Aborted);
        var summary = records.OfType<Customer>().Any() ? (await CustomerSummary.LoadAsync(db, [place.Customer.Id], ct))[place.Customer.Id] : CustomerSummary.Empty;
        var publications = await PublicationResponse.LoadAsync(db, call.Project, [.. records.OfType<Publication>()], ct);
        var redemptions = records.OfType<Redemption>().ToList();
        var takenBack = redemptions.Select(r => r.RollbackOf).OfType<string>().Except(redemptions.Select(r => r.Id)).ToList();
        if (takenBack.Count > 0) redemptions.AddRange(await db.Redemptions.AsNoTracking().Where(r => r.ProjectId == call.Project.Id && takenBack.Contains(r.Id)).ToListAsync(ct));
        var transactions = records.OfType<VoucherTransaction>().ToList();
        List<string> voucherIds =
        [
            .. transactions.Select(t => t.VoucherId).Concat(records.OfType<RedeemableHolder>().Select(h => h.VoucherId))
                .Concat(records.OfType<Publication>().Select(p => p.VoucherId)).Distinct(),
        ];
        var vouchers = await db.Vouchers.AsNoTracking().Where(v => voucherIds.Contains(v.Id)).ToListAsync(ct);
        var labels = await VoucherSurroundings.LoadAsync(db, call.Project, vouchers, ct);
        var states = await VoucherState.LoadAsync(db, vouchers, ct);
        var redeemed = await ReadRedemptions.WiresAsync(call, db, redemptions);
        List<string> campaignIds =
        [
            .. vouchers.Select(v => v.CampaignId).Concat(redeemed.SelectMany(r => new[] { r.Voucher?.CampaignId, r.PromotionTier?.Campaign.Id })).OfType<string>().Distinct(),
        ];
        var campaigns = await db.Campaigns.AsNoTracking().Where(c => c.ProjectId == call.Project.Id && campaignIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        return new ActivitySurroundings(
            place.Customer, summary, publications, redeemed, await TransactionResponse.LoadAsync(db, transactions, null, ct),
            states.ToDictionary(s => s.Voucher.Id, s => (s.Voucher, VoucherResponse.From(s, null, labels))), campaigns);
    }

    /// <summary>What a record tells.</summary>
    internal ActivityResponse.Details Of(object record) => record switch
    {
        Customer => new() { Customer = _customer },
        CustomEvent tracked => new()
        {
            Customer = _simple,
            Event = new(tracked.Id, tracked.Type, _simple, new JsonText(tracked.MetadataJson), tracked.CreatedAt),
            EventSchema = new(tracked.Type),
            Referral = Null,
            Loyalty = Null,
        },
        Publication publication => new()
        {
            Customer = _simple, Publication = _publications[publication.Id], Campaign = CampaignOf(_vouchers.GetValueOrDefault(publication.VoucherId).Wire?.CampaignId),
        },
        Order order => new() { Customer = _simple, Order = OrderResponse.From(order) },
        Redemption redemption => OfRedemption(redemption),
        VoucherTransaction movement => OfMovement(movement),
        RedeemableHolder holder => OfHolder(holder),
        _ => throw new InvalidOperationException($"Nothing is told by a {record.GetType().Name}."),
    };

    private ActivityResponse.Details OfRedemption(Redemption row)
    {
        var wire = _redemptions[row.Id];
        var isRollback = row.RollbackOf is not null;
        return new()
        {
            Customer = _simple,
            Voucher = wire.Voucher,
            PromotionTier = wire.PromotionTier,
            Campaign = CampaignOf(wire.Voucher?.CampaignId ?? wire.PromotionTier?.Campaign.Id),
            Order = wire.Order,
            Redemption = isRollback ? _redemptions.GetValueOrDefault(row.RollbackOf!) : wire,
            RedemptionRollback = isRollback ? wire : null,
            EventSource = ActivityResponse.SourceInfo.Of(row),
        };
    }

    private ActivityResponse.Details OfMovement(VoucherTransaction row)
    {
        var card = _vouchers.GetValueOrDefault(row.VoucherId).Wire;
        return new()
        {
            Customer = _simple,
            Voucher = card,
            Campaign = CampaignOf(card?.CampaignId),
            Balance = TransactionResponse.BalanceInfo.Of(row),
            Transaction = _transactions[row.Id] with { CampaignId = card?.CampaignId },
        };
    }

    private ActivityResponse.Details OfHolder(RedeemableHolder row)
    {
        var (code, wire) = _vouchers.GetValueOrDefault(row.VoucherId);
        return new()
        {
            Customer = _simple, Voucher = wire, Campaign = CampaignOf(wire?.CampaignId), Holder = code is null ? null : HolderResponse.From(row, code),
        };
    }

    private ActivityResponse.CampaignInfo? CampaignOf(string? id) => id is not null && _campaigns.TryGetValue(id, out var campaign) ? ActivityResponse.CampaignInfo.From(campaign) : null;
}
