using System.Diagnostics;
using System.Net.Sockets;

namespace Vouchsafe.Api.Tests.Infrastructure;

/// <summary>A Redis of its own from the installed binary, on a free port of this machine, that keeps nothing.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly int _port = FreePort();
    private Process? _process;

    internal string ConnectionString => $"127.0.0.1:{_port}";

    internal static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer();
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it on the same port as before, empty.</summary>
    internal async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("redis-server", ["--port", $"{_port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("Redis is not installed here; ./test.sh installs it.");
        }
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        for (var i = 0; i < 600; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, _port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }
        throw new TimeoutException("Redis did not start.");
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    internal async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Lets it hang: connections stay open, nothing is answered.</summary>
    internal Task HangAsync() => SignalAsync("-STOP");

    /// <summary>Ends <see cref="HangAsync"/>.</summary>
    internal Task GoOnAsync() => SignalAsync("-CONT");

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await KillAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
