using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Products;

/// <summary>
/// GET /dashboard/v1/projects/{id}/products: the newest first, or those whose source id or a word of whose name begins with
/// <c>search</c>; see <see cref="NameSearch{T}"/>.
/// </summary>
internal static class BrowseProducts
{
    internal sealed record Row(string Id, string? SourceId, string? Name, long? Price, string? ImageUrl, int Skus, DateTimeOffset CreatedAt)
    {
        public string Object => "product";
    }

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Browsing.Limit(call.Query).Failed(out var error, out var limit)) return error;
        if (call.Query.Text("search", Check.ShortText).Failed(out error, out var search)) return error;
        if (call.Query.Text("cursor", 2000).Failed(out error, out var cursor)) return error;

        var rows = db.Products.AsNoTracking().Of(call.Project);
        if (search is not null)
        {
            var place = SearchPlace.Parse(cursor);
            if (cursor is not null && place is null) return Browsing.ForeignCursor;
            var (found, next) = await new NameSearch<Product>(rows, search, nameof(Product.SourceId)).PageAsync(place, limit, call.Aborted);
            return await AnswerAsync(call, db, found, next?.ToString());
        }

        var after = Place.Parse(cursor);
        if (cursor is not null && after is null) return Browsing.ForeignCursor;
        var page = await rows.NewestFirst(default, after).Take(limit + 1).ToListAsync(call.Aborted);
        return await AnswerAsync(call, db, [.. page.Take(limit)], page.Count > limit ? new Place(page[limit - 1].CreatedAt, page[limit - 1].Id).ToString() : null);
    }

    private static async Task<IResult> AnswerAsync(ApiCall call, VouchsafeDbContext db, List<Product> products, string? next)
    {
        List<string> ids = [.. products.Select(p => p.Id)];
        var skus = await db.Skus.Of(call.Project).Where(s => ids.Contains(s.ProductId))
            .GroupBy(s => s.ProductId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, call.Aborted);
        return Json.Ok(new BrowsedPage<Row>(
            [.. products.Select(p => new Row(p.Id, p.SourceId, p.Name, p.Price, p.ImageUrl, skus.GetValueOrDefault(p.Id), p.CreatedAt))], next, null));
    }
}
