using Microsoft.Extensions.DependencyInjection;

namespace Vouchsafe.Api.Records;

internal static class RecordServices
{
    internal static void AddRecords(this IServiceCollection services)
    {
        services.AddSingleton<PathTemplates>();
        services.AddSingleton<RefusalRecords>();
        services.AddSingleton<RefusalBook>();
        services.AddHostedService(s => s.GetRequiredService<RefusalBook>());
        services.AddSingleton<UsageBook>();
        services.AddSingleton<FiguresBook>();
        services.AddHostedService(s => s.GetRequiredService<FiguresBook>());
        services.AddSingleton<LiveCounts>();
    }
}
