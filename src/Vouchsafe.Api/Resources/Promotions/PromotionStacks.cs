using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Promotions;

/// <summary>A promotion stack on the wire.</summary>
internal sealed record PromotionStackResponse
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? UpdatedAt { get; init; }
    public required string CampaignId { get; init; }
    public required TiersInfo Tiers { get; init; }
    public string Object => "promotion_stack";
    public string? CategoryId { get; init; }
    public required IReadOnlyList<CategoryResponse> Categories { get; init; }

    internal sealed record TiersInfo(IReadOnlyList<string> Ids)
    {
        public string HierarchyMode => "MANUAL";
    }

    internal static async ValueTask<IReadOnlyList<PromotionStackResponse>> LoadAsync(
        VouchsafeDbContext db, ProjectSettings project, IReadOnlyList<PromotionStack> stacks, CancellationToken ct)
    {
        var categories = await db.Categories.ByIdAsync(project, stacks.Select(s => s.CategoryId), ct);
        return [.. stacks.Select(s => new PromotionStackResponse
        {
            Id = s.Id,
            Name = s.Name,
            CreatedAt = s.CreatedAt,
            UpdatedAt = s.UpdatedAt,
            CampaignId = s.CampaignId,
            Tiers = new(s.TierIds),
            CategoryId = s.CategoryId,
            Categories = s.CategoryId is { } id && categories.TryGetValue(id, out var category) ? [CategoryResponse.From(category)] : [],
        })];
    }
}

/// <summary>A promotion stack as requests write one.</summary>
internal sealed record PromotionStackPayload(string? Name, PromotionStackPayload.TiersInfo? Tiers, Optional<string> CategoryId)
{
    /// <summary>A request may name 30 redeemables, and a stack is taken apart into its tiers.</summary>
    private const int MaxTiers = 30;

    internal sealed record TiersInfo(IReadOnlyList<string>? Ids, string? HierarchyMode);

    internal ApiError? Problem(bool isNew) =>
        (isNew && string.IsNullOrEmpty(Name) ? CommonErrors.InvalidPayload("Payload should have required property 'name'") : null)
        ?? Check.Text(Name, "name")
        ?? (isNew && Tiers?.Ids is null ? CommonErrors.InvalidPayload("tiers.ids is required.") : null)
        ?? Check.OneOf(Tiers?.HierarchyMode, "tiers.hierarchy_mode", "MANUAL")
        ?? (Tiers?.Ids is { } ids && (ids.Count is 0 or > MaxTiers || ids.Distinct().Count() != ids.Count)
            ? CommonErrors.InvalidPayload($"tiers.ids must name 1 to {MaxTiers} different tiers.")
            : null);

    /// <summary>The first tier that this names and the campaign does not have; null: it has them all.</summary>
    internal async ValueTask<string?> MissingAsync(VouchsafeDbContext db, Campaign campaign, CancellationToken ct)
    {
        if (Tiers?.Ids is not { } ids) return null;
        var known = await db.PromotionTiers.Where(t => t.CampaignId == campaign.Id && ids.Contains(t.Id)).Select(t => t.Id).ToListAsync(ct);
        return ids.FirstOrDefault(id => !known.Contains(id));
    }
}

/// <summary>POST /v1/promotions/{campaignId}/stacks.</summary>
internal static class CreatePromotionStack
{
    internal static async Task<IResult> Handle(ApiCall call, string campaignId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<PromotionStackPayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem(isNew: true) is { } problem) return problem;
        if (await db.Campaigns.ByIdOrNameAsync(call.Project, campaignId, call.Aborted) is not { } campaign) return CampaignErrors.NotFound(campaignId);
        if (await payload.MissingAsync(db, campaign, call.Aborted) is { } missing) return PromotionErrors.TierNotFound(missing);
        if ((await db.Categories.ResolveAsync(call.Project, payload.CategoryId.Value, null, call.Aborted)).Failed(out error, out var categoryId)) return error;
        var stack = new PromotionStack
        {
            Id = Ids.New(IdPrefix.PromotionStack, call.Now),
            ProjectId = call.Project.Id,
            CampaignId = campaign.Id,
            Name = payload.Name!,
            TierIds = [.. payload.Tiers!.Ids!],
            CategoryId = categoryId,
            CreatedAt = call.Now,
        };
        db.PromotionStacks.Add(stack);
        await db.SaveChangesAsync(call.Aborted);
        return Json.Ok((await PromotionStackResponse.LoadAsync(db, call.Project, [stack], call.Aborted))[0]);
    }
}

/// <summary>GET, PUT and DELETE look a stack up in its campaign.</summary>
internal static class StackQueries
{
    internal static async ValueTask<Result<(Campaign Campaign, PromotionStack Stack)>> FindStackAsync(
        this VouchsafeDbContext db, ApiCall call, string campaignId, string stackId)
    {
        if (await db.Campaigns.ByIdOrNameAsync(call.Project, campaignId, call.Aborted) is not { } campaign) return CampaignErrors.NotFound(campaignId);
        return await db.PromotionStacks.FirstOrDefaultAsync(s => s.CampaignId == campaign.Id && s.Id == stackId, call.Aborted) is { } stack
            ? (campaign, stack)
            : PromotionErrors.StackNotFound(stackId);
    }
}

/// <summary>GET /v1/promotions/{campaignId}/stacks/{stackId}.</summary>
internal static class GetPromotionStack
{
    internal static async Task<IResult> Handle(ApiCall call, string campaignId, string stackId, VouchsafeDbContext db) =>
        (await db.FindStackAsync(call, campaignId, stackId)).Failed(out var error, out var found)
            ? error
            : Json.Ok((await PromotionStackResponse.LoadAsync(db, call.Project, [found.Stack], call.Aborted))[0]);
}

/// <summary>PUT /v1/promotions/{campaignId}/stacks/{stackId}: changes what the body names.</summary>
internal static class UpdatePromotionStack
{
    internal static async Task<IResult> Handle(ApiCall call, string campaignId, string stackId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<PromotionStackPayload>()).Failed(out var error, out var payload)) return error;
        if (payload.Problem(isNew: false) is { } problem) return problem;
        if ((await db.FindStackAsync(call, campaignId, stackId)).Failed(out error, out var found)) return error;
        if (await payload.MissingAsync(db, found.Campaign, call.Aborted) is { } missing) return PromotionErrors.TierNotFound(missing);
        var stack = found.Stack;
        if (payload.CategoryId.IsPresent)
        {
            if ((await db.Categories.ResolveAsync(call.Project, payload.CategoryId.Value, null, call.Aborted)).Failed(out error, out var categoryId)) return error;
            stack.CategoryId = categoryId;
        }

        stack.Name = string.IsNullOrEmpty(payload.Name) ? stack.Name : payload.Name;
        if (payload.Tiers?.Ids is { } ids) stack.TierIds = [.. ids];
        stack.UpdatedAt = call.Now;
        await db.SaveChangesAsync(call.Aborted);
        return Json.Ok((await PromotionStackResponse.LoadAsync(db, call.Project, [stack], call.Aborted))[0]);
    }
}

/// <summary>DELETE /v1/promotions/{campaignId}/stacks/{stackId}.</summary>
internal static class DeletePromotionStack
{
    internal static async Task<IResult> Handle(ApiCall call, string campaignId, string stackId, VouchsafeDbContext db)
    {
        if ((await db.FindStackAsync(call, campaignId, stackId)).Failed(out var error, out var found)) return error;
        db.PromotionStacks.Remove(found.Stack);
        await db.SaveChangesAsync(call.Aborted);
        return Results.NoContent();
    }
}

/// <summary>GET /v1/promotions/stacks.</summary>
internal static class ListPromotionStacks
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db)
    {
        if (Listing.Read(call.Query, "name").Failed(out var error, out var listing)) return error;
        var (rows, total) = await listing.RunAsync(
            db.PromotionStacks.AsNoTracking().Where(s => s.ProjectId == call.Project.Id && db.Campaigns.Any(c => c.Id == s.CampaignId && c.DeletedAt == null)),
            call.Aborted);
        return WireList.Ok("data", await PromotionStackResponse.LoadAsync(db, call.Project, rows, call.Aborted), total);
    }
}

/// <summary>GET /v1/promotions/{campaignId}/stacks: all of them, oldest first.</summary>
internal static class ListCampaignStacks
{
    internal static async Task<IResult> Handle(ApiCall call, string campaignId, VouchsafeDbContext db)
    {
        if (await db.Campaigns.AsNoTracking().ByIdOrNameAsync(call.Project, campaignId, call.Aborted) is not { } campaign) return CampaignErrors.NotFound(campaignId);
        var rows = await db.PromotionStacks.AsNoTracking().Where(s => s.CampaignId == campaign.Id).OrderBy(s => s.Id).ToListAsync(call.Aborted);
        return WireList.Ok("data", await PromotionStackResponse.LoadAsync(db, call.Project, rows, call.Aborted), rows.Count);
    }
}
