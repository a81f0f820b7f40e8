using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Management;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.ValidationRules;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources;

/// <summary>What the catalogue's handlers need beside the database.</summary>
internal static class CatalogueServices
{
    internal static void AddCatalogue(this IServiceCollection services)
    {
        services.AddSingleton<StackingRulesCache>();
        services.AddSingleton<Definitions>();
        services.AddScoped<Database>();
        services.AddScoped<Evaluator>();
        services.AddScoped<ValidationSessions>();
        services.AddSingleton<OverdueLocks>();
        services.AddSingleton<ClientSessionLimits>();
        services.AddHostedService<Expiry>();
        services.AddSingleton<EarlierUses>();
        services.AddSingleton<ActionQueue>();
        services.AddSingleton<CampaignActions>();
        services.AddSingleton<BulkActions>();
        services.AddSingleton<VoucherActions>();
        services.AddSingleton<ExportActions>();
        services.AddSingleton<RuleCountActions>();
        services.AddHostedService<ActionWorker>();
        services.AddSingleton<Earnings>();
        services.AddHostedService<EarningWorker>();
    }
}
