using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>GET /v1/vouchers/{code}, by code or id.</summary>
internal static class GetVoucher
{
    internal static async Task<IResult> Handle(ApiCall call, string code, VouchsafeDbContext db) =>
        await VoucherState.FindAsync(db, call.Project, code, call.Aborted) is { } state
            ? Json.Ok(await VoucherResponse.LoadAsync(db, call.Project, state, call.Aborted))
            : VoucherErrors.NotFound(code);
}

/// <summary>GET /v1/vouchers.</summary>
internal static class ListVouchers
{
    internal sealed record Envelope(IReadOnlyList<VoucherResponse> Vouchers, long Total)
    {
        public string Object => "list";
        public string DataRef => "vouchers";
    }

    internal static Task<IResult> Handle(ApiCall call, VouchsafeDbContext db) => RunAsync(call, db, static vouchers => vouchers);

    /// <summary>The list, narrowed further.</summary>
    internal static async Task<IResult> RunAsync(ApiCall call, VouchsafeDbContext db, Func<IQueryable<Voucher>, IQueryable<Voucher>> narrow)
    {
        if (Page.Read(call.Query).Failed(out var error, out var page)) return error;
        if (call.Query.OneOf("order", "-created_at", VoucherQueries.Orders).Failed(out error, out var order)) return error;
        if (VoucherQueries.Filtered(db, call.Project, call.Query, call.Now).Failed(out error, out var found)) return error;
        found = narrow(found);

        var total = await found.LongCountAsync(call.Aborted);
        var rows = await found.AsNoTracking().OrderedBy(order).Skip(page.Skip).Take(page.Limit).ToListAsync(call.Aborted);
        var states = await VoucherState.LoadAsync(db, rows, call.Aborted);
        var surroundings = await VoucherSurroundings.LoadAsync(db, call.Project, rows, call.Aborted);
        return Json.Ok(new Envelope([.. states.Select(s => VoucherResponse.From(s, null, surroundings))], total));
    }
}
