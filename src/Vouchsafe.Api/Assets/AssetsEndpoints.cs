using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Assets;

internal static class AssetsEndpoints
{
    internal static void MapAssets(this ChannelRoutes routes)
    {
        routes.Get(AssetLinks.Path + "/qr/{assetId}", ShowAsset.Qr, "qr-code", null).ExcludeFromDescription();
        routes.Get(AssetLinks.Path + "/barcode/{assetId}", ShowAsset.Barcode, "barcode", null).ExcludeFromDescription();
    }
}

/// <summary>
/// GET /api/v1/assets/qr/{id} and /barcode/{id}: the picture of a code, without credentials, for those who were given its
/// address. <c>size</c> is pixels a module, 1 to 100; <c>format</c> is png or svg.
/// </summary>
internal static class ShowAsset
{
    private const int BarHeight = 40;

    internal static Task<IResult> Qr(ApiCall call, string assetId, VouchsafeDbContext db, KeyRing ring) => ShowAsync(call, AssetKind.Qr, assetId, db, ring);

    internal static Task<IResult> Barcode(ApiCall call, string assetId, VouchsafeDbContext db, KeyRing ring) => ShowAsync(call, AssetKind.Barcode, assetId, db, ring);

    private static async Task<IResult> ShowAsync(ApiCall call, AssetKind kind, string assetId, VouchsafeDbContext db, KeyRing ring)
    {
        if (call.Query.Integer("size", 1, 100).Failed(out var error, out var size)) return error;
        if (call.Query.OneOf("format", "png", "png", "svg").Failed(out error, out var format)) return error;
        if (await FindAsync(kind, assetId, db, ring, call.Aborted) is not { } voucher || GridOf(kind, voucher.Code) is not { } grid)
            return CommonErrors.NoRoute(AssetLinks.Path);

        var pixels = (int)(size ?? (kind == AssetKind.Qr ? 10 : 2));
        call.Http.Response.Headers.CacheControl = "private, max-age=3600";
        // Shops show it on their own pages and in e-mails.
        call.Http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return format == "svg" ? Results.Bytes(grid.ToSvg(pixels), "image/svg+xml") : Results.Bytes(grid.ToPng(pixels), "image/png");
    }

    private static async ValueTask<Voucher?> FindAsync(AssetKind kind, string assetId, VouchsafeDbContext db, KeyRing ring, CancellationToken ct)
    {
        if (AssetLinks.Claimed(assetId) is not { } voucherId) return null;
        var voucher = await db.Vouchers.AsNoTracking().FirstOrDefaultAsync(v => v.Id == voucherId && v.DeletedAt == null, ct);
        var project = voucher is null ? null : await ring.ProjectAsync(voucher.ProjectId);
        return project?.Settings.Assets?.Made(kind, voucherId, assetId) == true ? voucher : null;
    }

    private static ModuleGrid? GridOf(AssetKind kind, string code)
    {
        if (kind == AssetKind.Barcode) return Code128.Writes(code) ? new ModuleGrid([Code128.Modules(code)], BarHeight) : null;
        return ModuleGrid.OfQr(code);
    }
}
