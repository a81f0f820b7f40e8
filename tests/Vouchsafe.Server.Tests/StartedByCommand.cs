using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Vouchsafe.Server.Tests;

/// <summary>The product as a person starts it, with nothing of its settings in the environment.</summary>
internal sealed class StartedByCommand : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StartedByCommand(Process process) => _process = process;

    /// <summary>What it has written so far.</summary>
    internal string Output => string.Join('\n', _lines);

    /// <summary>Runs <c>dotnet</c> in a directory and waits until the server says that it is ready.</summary>
    internal static async Task<StartedByCommand> RunAsync(string folder, int port, string[] arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("VOUCHSAFE_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");
        var started = new StartedByCommand(Process.Start(start)!);
        started._process.OutputDataReceived += (_, line) => started.Keep(line.Data);
        started._process.ErrorDataReceived += (_, line) => started.Keep(line.Data);
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        var ended = started._process.WaitForExitAsync();
        if (await Task.WhenAny(started._ready.Task, ended, Task.Delay(limit)) == started._ready.Task) return started;
        await started.DisposeAsync();
        throw new InvalidOperationException($"The server did not say that it is ready:\n{started.Output}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _lines.Enqueue(line);
        if (line.StartsWith("Vouchsafe is ready at ", StringComparison.Ordinal)) _ready.TrySetResult();
    }
}
