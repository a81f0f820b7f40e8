using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.ProductCollections;

/// <summary>
/// GET /dashboard/v1/projects/{id}/product-collections: the newest first, with <c>search</c> in their names if asked for; see
/// <see cref="Browsing"/>. Members are counted, not listed.
/// </summary>
internal static class BrowseProductCollections
{
    internal sealed record Row(string Id, string Name, string Type, int? Items, DateTimeOffset CreatedAt)
    {
        public string Object => "products_collection";
    }

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Browsing.Limit(call.Query).Failed(out var error, out var limit)) return error;
        if (call.Query.Text("search", Check.ShortText).Failed(out error, out var search)) return error;
        if (call.Query.Text("cursor").Failed(out error, out var cursor)) return error;
        var after = Place.Parse(cursor);
        if (cursor is not null && after is null) return Browsing.ForeignCursor;

        var stretch = db.ProductCollections.AsNoTracking().Where(c => c.ProjectId == call.Project.Id).NewestFirst(default, after);
        var found = search is null ? stretch : stretch.Take(Browsing.LongestStretch).NamedLike(search);
        var rows = await found.Take(limit + 1).ToListAsync(call.Aborted);
        List<ProductCollection> shown = [.. rows.Take(limit)];
        var end = rows.Count > limit ? shown[^1] : search is not null ? await stretch.Skip(Browsing.LongestStretch - 1).FirstOrDefaultAsync(call.Aborted) : null;
        List<string> ids = [.. shown.Select(c => c.Id)];
        var items = await db.ProductCollectionItems.Where(i => ids.Contains(i.CollectionId))
            .GroupBy(i => i.CollectionId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, call.Aborted);
        return Json.Ok(new BrowsedPage<Row>(
            [.. shown.Select(c => new Row(c.Id, c.Name, c.FilterJson is null ? "STATIC" : "AUTO_UPDATE", c.FilterJson is null ? items.GetValueOrDefault(c.Id) : null, c.CreatedAt))],
            end is null ? null : new Place(end.CreatedAt, end.Id).ToString(), end is null || rows.Count > limit ? null : end.CreatedAt));
    }
}
