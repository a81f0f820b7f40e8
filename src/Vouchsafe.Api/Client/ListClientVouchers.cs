using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Assets;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Client;

/// <summary>GET /client/v1/vouchers: the private list's filters, and of each voucher what a page may show.</summary>
internal static class ListClientVouchers
{
    internal sealed record Envelope(IReadOnlyList<Listing> Vouchers, long Total)
    {
        public string Object => "list";
        public string DataRef => "vouchers";
    }

    internal sealed record Listing(
        string Code, bool Active, DateTimeOffset? StartDate, DateTimeOffset? ExpirationDate, DateTimeOffset CreatedAt, JsonText Metadata, VoucherAssets Assets)
    {
        public string Object => "voucher";

        internal static Listing From(Voucher voucher, AssetLinks? links) => new(
            voucher.Code, voucher.Active, voucher.StartDate, voucher.ExpirationDate, voucher.CreatedAt, new JsonText(voucher.MetadataJson), VoucherAssets.Of(voucher, links));
    }

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Page.Read(call.Query).Failed(out var error, out var page)) return error;
        if (call.Query.OneOf("order", "-created_at", VoucherQueries.Orders).Failed(out error, out var order)) return error;
        if (VoucherQueries.Filtered(db, call.Project, call.Query, call.Now).Failed(out error, out var found)) return error;

        var total = await found.LongCountAsync(call.Aborted);
        var rows = await found.AsNoTracking().OrderedBy(order).Skip(page.Skip).Take(page.Limit).ToListAsync(call.Aborted);
        return Json.Ok(new Envelope([.. rows.Select(v => Listing.From(v, call.Project.Assets))], total));
    }
}
