using Microsoft.AspNetCore.Server.Kestrel.Core;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Storage.Postgres;
using Vouchsafe.Storage.Sqlite;

namespace Vouchsafe.Server;

/// <summary>What the process is made of, apart from the pipeline.</summary>
internal static class Hosting
{
    private const string SqliteDefault = "Data Source=data/vouchsafe.db";

    /// <summary>
    /// <c>appsettings.json</c> beside the program, then the one in the working directory, then <c>VOUCHSAFE_*</c>
    /// (and <c>ASPNETCORE_*</c>, as hosts set <c>ASPNETCORE_URLS</c>), then the command line. Nothing else of the
    /// environment is read.
    /// </summary>
    internal static void AddVouchsafeConfiguration(this WebApplicationBuilder builder, string[] args)
    {
        var configuration = builder.Configuration;
        configuration.Sources.Clear();
        // A build's scripts and styles are served as a published program's are: as they were when it was built.
        configuration.AddInMemoryCollection([new("ReloadStaticAssetsAtRuntime", "false")]);
        configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true, reloadOnChange: false);
        var local = Path.GetFullPath("appsettings.json");
        if (Path.GetDirectoryName(local) != Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))
            configuration.AddJsonFile(local, optional: true, reloadOnChange: false);
        configuration.AddEnvironmentVariables("ASPNETCORE_");
        configuration.AddEnvironmentVariables("VOUCHSAFE_");
        configuration.AddCommandLine(args);
    }

    /// <summary>
    /// Categories of the framework that write request lines. Paths and queries hold codes, so these are capped however much
    /// an operator wants to see of the rest. The first one also opens a scope with the path around each request: none of it.
    /// </summary>
    private static readonly (string Category, LogLevel Level)[] TellPaths =
    [
        ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None),
        ("Microsoft.AspNetCore.Routing", LogLevel.Warning),
        ("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning),
    ];

    internal static void AddVouchsafeLogging(this WebApplicationBuilder builder) => builder.Services.PostConfigure<LoggerFilterOptions>(options =>
    {
        foreach (var (category, level) in TellPaths)
        {
            // A longer name or a provider's own rule would win over these.
            foreach (var rule in options.Rules.Where(r => r.CategoryName?.StartsWith(category, StringComparison.OrdinalIgnoreCase) == true).ToList())
                options.Rules.Remove(rule);
            foreach (var provider in options.Rules.Select(r => r.ProviderName).Append(null).Distinct().ToList())
                options.Rules.Add(new LoggerFilterRule(provider, category, level, null));
        }
    });

    internal static void AddVouchsafeKestrel(this WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = builder.Configuration.GetValue("Limits:Connections", 10_000L);
        limits.MaxConcurrentUpgradedConnections = 1_000;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestLineSize = 8 * 1024;
        // What no channel allows is not read; the channels set their own, smaller limits.
        limits.MaxRequestBodySize = 1024 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
    });

    /// <exception cref="SettingsException">The provider is unknown, or PostgreSQL has no connection string.</exception>
    internal static void AddVouchsafeDatabase(this WebApplicationBuilder builder)
    {
        var provider = builder.Configuration["Storage:Provider"] is { Length: > 0 } given ? given.ToLowerInvariant() : "sqlite";
        var connection = builder.Configuration["Storage:ConnectionString"];
        switch (provider)
        {
            case "sqlite":
                builder.Services.AddVouchsafeSqlite(string.IsNullOrWhiteSpace(connection) ? SqliteDefault : connection);
                break;
            case "postgres" when !string.IsNullOrWhiteSpace(connection):
                builder.Services.AddVouchsafePostgres(connection);
                break;
            case "postgres":
                throw new SettingsException("Storage:Provider is postgres, but Storage:ConnectionString is empty. Write, for example, \"Host=localhost;Database=vouchsafe;Username=vouchsafe;Password=...\".");
            default:
                throw new SettingsException($"Storage:Provider is \"{provider}\"; it must be sqlite or postgres.");
        }
    }
}
