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
        if (Browsing.After(call.Query).Failed(out error, out var after)) return error;

        var rows = db.ProductCollections.AsNoTracking().Where(c => c.ProjectId == call.Project.Id).NewestFirst(default, after);
        var (shown, next, lookedBackTo) = await rows.PageAsync(search is null ? null : found => found.NamedLike(search), limit, c => new Place(c.CreatedAt, c.Id), call.Aborted);
        List<string> ids = [.. shown.Select(c => c.Id)];
        var items = await db.ProductCollectionItems.Where(i => ids.Contains(i.CollectionId))
            .GroupBy(i => i.CollectionId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, call.Aborted);
        return Json.Ok(new BrowsedPage<Row>(
            [.. shown.Select(c => new Row(c.Id, c.Name, c.FilterJson is null ? "STATIC" : "AUTO_UPDATE", c.FilterJson is null ? items.GetValueOrDefault(c.Id) : null, c.CreatedAt))],
            next?.ToString(), lookedBackTo));
    }
}
