using System.Diagnostics;
using Xunit;

namespace Vouchsafe.Testing;

/// <summary>A PostgreSQL of its own from the installed binaries, in a temporary folder, for all tests of the assembly.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Missing = "PostgreSQL is not installed here; ./test.sh installs it.";
    private readonly int _port = Ports.Free();
    private string? _folder;
    private string? _binaries;

    public string ConnectionString(string database)
    {
        if (_binaries is null) Assert.Skip(Missing);
        return $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database};Pooling=true;Maximum Pool Size=20";
    }

    public async ValueTask InitializeAsync()
    {
        _binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order().Select(d => Path.Combine(d, "bin")).LastOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            : null;
        if (_binaries is null) return;
        _folder = Directory.CreateTempSubdirectory("vouchsafe-pg-").FullName;
        if (Environment.UserName == "root") await Run("chown", "postgres", _folder);
        await Postgres("initdb", "-D", Data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C");
        await Postgres("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o",
            $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c max_connections=200", "start");
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is null) return;
        await Postgres("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder!, "data");

    private Task Postgres(string tool, params string[] arguments)
    {
        var path = Path.Combine(_binaries!, tool);
        // PostgreSQL refuses to run as root.
        return Environment.UserName == "root"
            ? Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments])
            : Run(path, arguments);
    }

    private static async Task Run(string file, params string[] arguments)
    {
        // pg_ctl's child would keep redirected pipes open, so its output goes to a shell's /dev/null.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", file, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{file} ended with {process.ExitCode}");
    }
}
