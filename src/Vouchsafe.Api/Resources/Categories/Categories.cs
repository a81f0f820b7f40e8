using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Management;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Categories;

/// <summary>A category on the wire.</summary>
internal sealed record CategoryResponse(string Id, string Name, int Hierarchy, DateTimeOffset CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? UpdatedAt)
{
    public string Object => "category";

    internal static CategoryResponse From(Category category) =>
        new(category.Id, category.Name, category.Hierarchy, category.CreatedAt, category.UpdatedAt);
}

/// <summary>A category as requests write one: both members are required, also in an update.</summary>
internal sealed record CategoryPayload(string? Name, int? Hierarchy)
{
    internal ApiError? Problem() =>
        string.IsNullOrEmpty(Name) ? CommonErrors.InvalidPayload("Payload should have required property 'name'")
        : Hierarchy is null ? CommonErrors.InvalidPayload("Payload should have required property 'hierarchy'")
        : Check.Text(Name, "name") ?? Check.Range(Hierarchy, "hierarchy", 0, int.MaxValue);
}

/// <summary>Refusals of categories.</summary>
internal static class CategoryErrors
{
    internal static ApiError NotFound(string id) => CommonErrors.NotFound("category", id);

    internal static ApiError InStackingRules(string id) => new(
        400, "category_in_use", "Category in use",
        "The stacking rules name the category. With remove_from_stacking_rules=true it is taken out of them.", id, "category");

    internal static ApiError Duplicate(string name) => new(
        409, "duplicate_found", "Duplicated resource found", $"Duplicated category exists with name {name}", name, "category");
}

/// <summary>Ways to find categories.</summary>
internal static class CategoryQueries
{
    internal static IQueryable<Category> Of(this IQueryable<Category> categories, ProjectSettings project) =>
        categories.Where(c => c.ProjectId == project.Id);

    /// <summary>
    /// The category that a resource names by id or, in the older form, by name: its id, null if it names none, or the
    /// refusal if it names one that is not there.
    /// </summary>
    internal static async ValueTask<Result<string?>> ResolveAsync(
        this IQueryable<Category> categories, ProjectSettings project, string? id, string? name, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(id) && string.IsNullOrEmpty(name)) return (string?)null;
        var found = string.IsNullOrEmpty(id)
            ? await categories.Of(project).FirstOrDefaultAsync(c => c.Name == name, ct)
            : await categories.Of(project).FirstOrDefaultAsync(c => c.Id == id, ct);
        return found is null ? CategoryErrors.NotFound(id ?? name!) : found.Id;
    }

    /// <summary>The categories of those ids, by id.</summary>
    internal static async ValueTask<Dictionary<string, Category>> ByIdAsync(
        this IQueryable<Category> categories, ProjectSettings project, IEnumerable<string?> ids, CancellationToken ct)
    {
        List<string> wanted = [.. ids.OfType<string>().Distinct()];
        return wanted.Count == 0 ? [] : await categories.AsNoTracking().Of(project).Where(c => wanted.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
    }
}

/// <summary>POST /v1/categories.</summary>
internal static class CreateCategory
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<CategoryPayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem() is { } problem) return problem;
        var category = new Category
        {
            Id = Ids.New(IdPrefix.Category, call.Now),
            ProjectId = call.Project.Id,
            Name = payload.Name!,
            Hierarchy = payload.Hierarchy!.Value,
            CreatedAt = call.Now,
        };
        db.Categories.Add(category);
        return await Store.SaveAsync(db, call, () => CategoryErrors.Duplicate(category.Name)) ?? Json.Ok(CategoryResponse.From(category));
    }
}

/// <summary>PUT /v1/categories/{id}.</summary>
internal static class UpdateCategory
{
    internal static async Task<IResult> Handle(ApiCall call, string categoryId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<CategoryPayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem() is { } problem) return problem;
        if (await db.Categories.Of(call.Project).FirstOrDefaultAsync(c => c.Id == categoryId, call.Aborted) is not { } category)
            return CategoryErrors.NotFound(categoryId);
        (category.Name, category.Hierarchy, category.UpdatedAt) = (payload.Name!, payload.Hierarchy!.Value, call.Now);
        return await Store.SaveAsync(db, call, () => CategoryErrors.Duplicate(category.Name)) ?? Json.Ok(CategoryResponse.From(category));
    }
}

/// <summary>GET /v1/categories/{id}.</summary>
internal static class GetCategory
{
    internal static async Task<IResult> Handle(ApiCall call, string categoryId, VouchsafeDbContext db) =>
        await db.Categories.AsNoTracking().Of(call.Project).FirstOrDefaultAsync(c => c.Id == categoryId, call.Aborted) is { } category
            ? Json.Ok(CategoryResponse.From(category))
            : CategoryErrors.NotFound(categoryId);
}

/// <summary>GET /v1/categories: all of them, by rank. The API has no pages here.</summary>
internal static class ListCategories
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        var rows = await db.Categories.AsNoTracking().Of(call.Project).OrderBy(c => c.Hierarchy).ThenBy(c => c.Id).ToListAsync(call.Aborted);
        return WireList.Ok<CategoryResponse>("data", [.. rows.Select(CategoryResponse.From)], rows.Count);
    }
}

/// <summary>DELETE /v1/categories/{id}. What was in it has no category from then on. Stacking rules that name it keep it, unless asked not to.</summary>
internal static class DeleteCategory
{
    internal static async Task<IResult> Handle(ApiCall call, string categoryId, VouchsafeDbContext db, StackingRulesCache cache)
    {
        if (call.Query.Flag("remove_from_stacking_rules").Failed(out var error, out var remove)) return error;
        if (await db.Categories.Of(call.Project).FirstOrDefaultAsync(c => c.Id == categoryId, call.Aborted) is not { } category)
            return CategoryErrors.NotFound(categoryId);
        if (await db.StackingRules.FirstOrDefaultAsync(s => s.ProjectId == call.Project.Id, call.Aborted) is { } entry
            && StackingRulesWire.Read(entry) is var rules && rules.Names(categoryId))
        {
            if (remove is not true) return CategoryErrors.InStackingRules(categoryId);
            (entry.RulesJson, entry.UpdatedAt) = (rules.Without(categoryId).ToJson(), call.Now);
        }

        db.Categories.Remove(category);
        await db.SaveChangesAsync(call.Aborted);
        cache.Forget(call.Project.Id);
        return Results.NoContent();
    }
}
