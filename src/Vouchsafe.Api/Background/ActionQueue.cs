namespace Vouchsafe.Api.Background;

/// <summary>Wakes the worker of this node when there is something to do; other nodes find it when they look.</summary>
internal sealed class ActionQueue
{
    private readonly SemaphoreSlim _work = new(0, 1);

    /// <summary>There is something to do.</summary>
    internal void Wake()
    {
        try
        {
            if (_work.CurrentCount == 0) _work.Release();
        }
        // Somebody else woke the worker in this moment, which is all we wanted.
        catch (SemaphoreFullException)
        {
        }
    }

    /// <summary>Waits until somebody calls or the time is over.</summary>
    internal Task WaitAsync(TimeSpan time, CancellationToken ct) => _work.WaitAsync(time, ct);
}
