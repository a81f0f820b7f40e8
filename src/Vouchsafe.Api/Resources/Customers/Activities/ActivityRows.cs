using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Customers.Activities;

/// <summary>The customer's records of each kind, narrowed to the campaigns and the product that are asked for; null: none has to do with them.</summary>
internal static class ActivityRows
{
    internal static IQueryable<Customer>? Customers(ActivityPlace place, ActivityQuery query) =>
        query is { NamesCampaigns: false, ProductId: null } ? place.Db.Customers.AsNoTracking().Where(c => c.Id == place.Customer.Id) : null;

    internal static IQueryable<CustomEvent>? Events(ActivityPlace place, ActivityQuery query) =>
        query is { NamesCampaigns: false, ProductId: null } ? place.Db.CustomEvents.AsNoTracking().Where(e => e.CustomerId == place.Customer.Id) : null;

    internal static IQueryable<Order>? Orders(ActivityPlace place, ActivityQuery query)
    {
        if (query.NamesCampaigns) return null;
        var orders = place.Db.Orders.AsNoTracking().Where(o => o.CustomerId == place.Customer.Id);
        if (query.ProductId is not { } product) return orders;
        var member = ProductMember(product);
        return orders.Where(o => o.BodyJson.Contains(member));
    }

    internal static IQueryable<Publication>? Publications(ActivityPlace place, ActivityQuery query)
    {
        if (query.ProductId is not null) return null;
        var publications = place.Db.Publications.AsNoTracking().Where(p => p.CustomerId == place.Customer.Id && p.ProjectId == place.Project.Id);
        if (!query.NamesCampaigns) return publications;
        var vouchers = Vouchers(place, query);
        return publications.Where(p => vouchers.Any(v => v.Id == p.VoucherId));
    }

    /// <summary>Redemptions or rollbacks of one kind; a stack's parent tells nothing that its parts do not.</summary>
    internal static IQueryable<Redemption> Redemptions(ActivityPlace place, ActivityQuery query, RedemptionKind kind)
    {
        var rows = place.Db.Redemptions.AsNoTracking()
            .Where(r => r.CustomerId == place.Customer.Id && r.Kind == kind && (r.VoucherId != null || r.PromotionTierId != null));
        if (query.ProductId is { } product)
        {
            var member = ProductMember(product);
            rows = rows.Where(r => r.OrderJson != null && r.OrderJson.Contains(member));
        }

        if (!query.NamesCampaigns) return rows;
        var (vouchers, tiers, campaigns) = (Vouchers(place, query), place.Db.PromotionTiers, Campaigns(place, query));
        return rows.Where(r => vouchers.Any(v => v.Id == r.VoucherId) || tiers.Any(t => t.Id == r.PromotionTierId && campaigns.Any(c => c.Id == t.CampaignId)));
    }

    /// <summary>What was put on cards that the customer holds.</summary>
    internal static IQueryable<VoucherTransaction>? Movements(ActivityPlace place, ActivityQuery query, IReadOnlyList<string> types)
    {
        if (query.ProductId is not null) return null;
        var held = (query.NamesCampaigns ? Vouchers(place, query) : place.Db.Vouchers).Where(v => v.HolderId == place.Customer.Id);
        return from v in held
               join t in place.Db.VoucherTransactions.AsNoTracking() on v.Id equals t.VoucherId
               where types.Contains(t.Type)
               select t;
    }

    internal static IQueryable<RedeemableHolder>? Holders(ActivityPlace place, ActivityQuery query)
    {
        if (query.ProductId is not null) return null;
        var holders = place.Db.RedeemableHolders.AsNoTracking().Where(h => h.CustomerId == place.Customer.Id && h.ProjectId == place.Project.Id);
        if (!query.NamesCampaigns) return holders;
        var vouchers = Vouchers(place, query);
        return holders.Where(h => vouchers.Any(v => v.Id == h.VoucherId));
    }

    private static IQueryable<Voucher> Vouchers(ActivityPlace place, ActivityQuery query)
    {
        var campaigns = Campaigns(place, query);
        return place.Db.Vouchers.AsNoTracking().Where(v => campaigns.Any(c => c.Id == v.CampaignId));
    }

    private static IQueryable<Campaign> Campaigns(ActivityPlace place, ActivityQuery query)
    {
        var campaigns = place.Db.Campaigns.AsNoTracking().Where(c => c.ProjectId == place.Project.Id);
        if (query.CampaignId is { } id) campaigns = campaigns.Where(c => c.Id == id);
        if (query.CampaignType is { } type) campaigns = campaigns.Where(c => c.CampaignType == type);
        return campaigns;
    }

    // As orders are written in the database.
    private static string ProductMember(string id) => $"\"product_id\":{System.Text.Json.JsonSerializer.Serialize(id, Wire.WireJson.Options)}";
}
