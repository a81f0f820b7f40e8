using System.Collections.Concurrent;

namespace Vouchsafe.Storage.Sqlite;

/// <summary>
/// Lets one writer of a SQLite file work at a time in this process. SQLite admits one writer; without the gate the second
/// one polls and, after a while, fails with "database is locked". Waiting here costs no thread and never fails.
/// </summary>
internal sealed class WriteGate
{
    private static readonly ConcurrentDictionary<string, WriteGate> Gates = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim semaphore = new(1, 1);

    private WriteGate() { }

    /// <summary>The gate of a file: the same one for everybody in the process.</summary>
    internal static WriteGate For(string path) => Gates.GetOrAdd(Path.GetFullPath(path), static _ => new WriteGate());

    internal Lease Enter()
    {
        semaphore.Wait();
        return new Lease(semaphore);
    }

    internal async ValueTask<Lease> EnterAsync(CancellationToken ct)
    {
        await semaphore.WaitAsync(ct);
        return new Lease(semaphore);
    }

    /// <summary>The right to write; given back once, however often it is disposed.</summary>
    internal sealed class Lease(SemaphoreSlim semaphore) : IDisposable
    {
        private SemaphoreSlim? held = semaphore;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}
