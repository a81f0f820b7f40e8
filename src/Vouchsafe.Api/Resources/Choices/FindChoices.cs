using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Resources.Products;
using Vouchsafe.Api.Wire;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Choices;

/// <summary>
/// GET /dashboard/v1/projects/{id}/choices: what a field of a page can be filled with, by name. Products and variants are found
/// by how the words of their names begin, however many there are; everything also by a part of its name among the newest
/// <see cref="Browsing.LongestStretch"/>, and by its id.
/// </summary>
internal static class FindChoices
{
    private const int MostShown = 30;

    /// <summary>Something to choose.</summary>
    /// <param name="Id">Id.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Kind">What it is on the wire.</param>
    /// <param name="SourceId">The shop's own id.</param>
    internal sealed record Choice(string Id, string Name, string Kind, string? SourceId);

    internal sealed record Response(IReadOnlyList<Choice> Data)
    {
        public string Object => "list";
        public string DataRef => "data";
    }

    internal static void MapChoices(this ChannelRoutes routes) =>
        routes.Member(HttpMethods.Get, "/projects/{projectId}/choices", Handle, "find-choices", MemberAction.ReadFigures);

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (call.Query.OneOf("kind", "item", "item", "segment", "validation_rules", "campaign").Failed(out var error, out var kind)) return error;
        if (call.Query.Text("text", Check.ShortText).Failed(out error, out var text)) return error;
        var (project, ct) = (call.Project, call.Aborted);
        return Json.Ok(new Response([.. await (kind switch
        {
            "segment" => NamedAsync(db.Segments.Where(s => s.ProjectId == project.Id), s => new Choice(s.Id, s.Name, kind, null), text, ct),
            "validation_rules" => NamedAsync(db.ValidationRules.Where(r => r.ProjectId == project.Id), r => new Choice(r.Id, r.Name, kind, null), text, ct),
            "campaign" => NamedAsync(db.Campaigns.Of(project), c => new Choice(c.Id, c.Name, kind, null), text, ct),
            _ => ItemsAsync(db, call, text, ct),
        })]));
    }

    private static async Task<IEnumerable<Choice>> ItemsAsync(VouchsafeDbContext db, ApiCall call, string? text, CancellationToken ct)
    {
        var products = await ProductsAsync(db, call, text, ct);
        List<Sku> skus = text is null ? [] : (await new NameSearch<Sku>(db.Skus.AsNoTracking().Of(call.Project), text, nameof(Sku.SourceId)).PageAsync(null, MostShown, ct)).Rows;
        var collections = await NamedAsync(db.ProductCollections.Where(c => c.ProjectId == call.Project.Id), c => new Choice(c.Id, c.Name, "products_collection", null), text, ct);
        return products.Concat(skus.Select(s => new Choice(s.Id, s.Name ?? s.SourceId ?? s.Id, "sku", s.SourceId))).Concat(collections);
    }

    private static async Task<IEnumerable<Choice>> ProductsAsync(VouchsafeDbContext db, ApiCall call, string? text, CancellationToken ct)
    {
        var products = db.Products.Of(call.Project);
        List<Product> begin = text is null ? [] : (await new NameSearch<Product>(products.AsNoTracking(), text, nameof(Product.SourceId)).PageAsync(null, MostShown, ct)).Rows;
        var newest = begin.Count >= MostShown ? [] : await NamedAsync(products, Of, text, ct);
        return begin.Select(Of).Concat(newest).DistinctBy(c => c.Id).Take(MostShown);

        static Choice Of(Product p) => new(p.Id, p.Name ?? p.SourceId ?? p.Id, "product", p.SourceId);
    }

    private static async Task<IEnumerable<Choice>> NamedAsync<T>(IQueryable<T> rows, Func<T, Choice> choice, string? text, CancellationToken ct) where T : class
    {
        var newest = rows.AsNoTracking().NewestFirst(default, null);
        if (text is null) return (await newest.Take(MostShown).ToListAsync(ct)).Select(choice);
        var named = await newest.Take(Browsing.LongestStretch).NamedLike(text).Take(MostShown).ToListAsync(ct);
        var own = await rows.AsNoTracking().Where(r => EF.Property<string>(r, "Id") == text).ToListAsync(ct);
        return own.Concat(named).Select(choice).DistinctBy(c => c.Id);
    }
}
