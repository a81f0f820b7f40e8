using Vouchsafe.Dashboard.Shared;

namespace Vouchsafe.Dashboard.Pages.Vouchers;

/// <summary>What can be chosen from where vouchers are listed and made.</summary>
/// <param name="Categories">Categories.</param>
/// <param name="Rules">Validation rules, the hundred newest.</param>
/// <param name="Campaigns">Campaigns that have codes, the hundred newest.</param>
internal sealed record VoucherChoices(IReadOnlyList<NamedChoice> Categories, IReadOnlyList<NamedChoice> Rules, IReadOnlyList<CampaignChoice> Campaigns)
{
    internal static readonly VoucherChoices None = new([], [], []);

    /// <summary>Reads them; what cannot be read cannot be chosen, and the page still works.</summary>
    internal static async Task<VoucherChoices> LoadAsync(ProjectApi project, bool withRules, bool withCampaigns)
    {
        var categories = project.ListAsync<NamedChoice>("/v1/categories");
        var rules = withRules ? project.ListAsync<NamedChoice>("/v1/validation-rules?limit=100") : null;
        var campaigns = withCampaigns ? project.ListAsync<CampaignChoice>("/dashboard/v1/projects/{project}/campaigns?limit=100") : null;
        return new(
            (await categories).Value?.Items ?? [],
            rules is null ? [] : (await rules).Value?.Items ?? [],
            campaigns is null ? [] : [.. ((await campaigns).Value?.Items ?? []).Where(c => c.CampaignType != "PROMOTION")]);
    }
}

/// <summary>A campaign to choose from.</summary>
public sealed record CampaignChoice(string Id, string Name, string CampaignType);
