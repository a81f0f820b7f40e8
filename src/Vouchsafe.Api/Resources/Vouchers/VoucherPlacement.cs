using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Resources.ValidationRules;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>What a new voucher belongs to, looked up: its campaign, its category, its rules.</summary>
internal sealed record VoucherPlacement(string? CampaignId, string? CategoryId, IReadOnlyList<string> RuleIds)
{
    internal static readonly VoucherPlacement None = new(null, null, []);

    /// <summary>Looks up what a request names; what is not there is refused, as a voucher without the rule it was given would be a gift.</summary>
    internal static async ValueTask<Result<VoucherPlacement>> ResolveAsync(
        VouchsafeDbContext db, ProjectSettings project, CreateVoucher.Request request, CancellationToken ct)
    {
        List<string> rules = [.. (request.ValidationRules ?? []).Distinct()];
        var known = await db.ValidationRules.Where(r => r.ProjectId == project.Id && rules.Contains(r.Id)).Select(r => r.Id).ToListAsync(ct);
        if (rules.Find(id => !known.Contains(id)) is { } missing) return ValidationRuleErrors.NotFound(missing);

        var category = await db.Categories.ResolveAsync(project, request.CategoryId, null, ct);
        if (category.Failed(out var error, out var categoryId)) return error;
        // A category given by name only may be free text.
        if (categoryId is null && request.Category is { Length: > 0 } name)
            categoryId = await db.Categories.Of(project).Where(c => c.Name == name).Select(c => c.Id).FirstOrDefaultAsync(ct);

        if ((request.CampaignId ?? request.Campaign) is not { Length: > 0 } campaignName) return new VoucherPlacement(null, categoryId, rules);
        return await db.Campaigns.ByIdOrNameAsync(project, campaignName, ct) is { } campaign
            ? new VoucherPlacement(campaign.Id, categoryId ?? campaign.CategoryId, rules)
            : CampaignErrors.NotFound(campaignName);
    }
}
