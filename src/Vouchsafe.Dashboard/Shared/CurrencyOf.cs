using System.Runtime.CompilerServices;

namespace Vouchsafe.Dashboard.Shared;

/// <summary>The project's currency, asked for once as long as the project stays open.</summary>
public static class CurrencyOf
{
    private static readonly ConditionalWeakTable<ProjectApi, Task<string?>> Known = [];

    /// <summary>ISO 4217; null if it cannot be read, and amounts are then shown without one.</summary>
    public static async ValueTask<string?> CurrencyAsync(this ProjectApi project)
    {
        var asked = Known.GetValue(project, static p => AskAsync(p));
        var currency = await asked;
        if (currency is null) Known.Remove(project);
        return currency;
    }

    private static async Task<string?> AskAsync(ProjectApi project) =>
        (await project.GetAsync<Answer>("/management/v1/projects/{project}")).Value?.Currency;

    private sealed record Answer(string? Currency);
}
