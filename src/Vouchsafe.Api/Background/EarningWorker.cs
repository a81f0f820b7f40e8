using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Vouchsafe.Api.Background;

/// <summary>Gives the points of paid orders, on every node: whichever looks first does it.</summary>
internal sealed partial class EarningWorker(Earnings earnings, ILogger<EarningWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await earnings.DoPortionAsync(stoppingToken)) { }
                await Task.Delay(LookEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                PortionFailed(e);
                await Task.Delay(LookEvery, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Points of paid orders could not be given; they are given when it works again.")]
    private partial void PortionFailed(Exception exception);
}
