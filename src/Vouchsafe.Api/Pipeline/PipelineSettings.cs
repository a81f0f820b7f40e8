using System.Globalization;
using Microsoft.Extensions.Configuration;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Pipeline;

/// <summary>A setting that the server will not start with. The message names the setting and what to write instead.</summary>
public sealed class SettingsException(string message) : Exception(message);

/// <summary>The settings of the pipeline, read once and strictly: a typing error stops the start instead of lifting a limit.</summary>
internal sealed record PipelineSettings
{
    /// <summary>Requests of one client address in any window of the public channel.</summary>
    internal required int ClientRequests { get; init; }
    internal required int ClientWindowSeconds { get; init; }
    /// <summary>Private calls per minute and project; null: without limit.</summary>
    internal required int? ServerRequestsPerMinute { get; init; }
    /// <summary>Failed authentications per minute and address on the channels without a limit per address; 0: unbounded.</summary>
    internal required int FailedAuthenticationsPerMinute { get; init; }
    /// <summary>Wrong codes per hour and address on the public channel; 0: unbounded. A /48 has ten times as many.</summary>
    internal required int WrongCodesPerHour { get; init; }
    /// <summary>How much the public channel may lock, and for how long.</summary>
    internal required SessionCaps ClientSessions { get; init; }
    /// <summary>Wrong codes within a minute on this node that are worth a warning in the log; 0: none are.</summary>
    internal required int WrongCodesAlarmPerMinute { get; init; }
    /// <summary>Tries to sign in per minute and address; 0: unbounded.</summary>
    internal required int SignInsPerMinute { get; init; }
    /// <summary>How often an open page of the dashboard asks whether its sign-in still stands.</summary>
    internal required int SignInCheckSeconds { get; init; }
    internal required TrustedProxies TrustedProxies { get; init; }
    /// <summary>StackExchange.Redis configuration; null: windows live in this process.</summary>
    internal required string? RedisConnectionString { get; init; }
    internal required string RedisPrefix { get; init; }
    /// <summary>How long a request waits for Redis before this node decides alone; a healthy one answers in under a millisecond.</summary>
    internal required int RedisPatienceMilliseconds { get; init; }
    /// <summary>Whether /metrics answers to everybody, not only to this machine.</summary>
    internal required bool PublicMetrics { get; init; }

    /// <summary>Whether the demo shop stands at /demo.</summary>
    internal required bool DemoShop { get; init; }
    /// <summary>Whether refused requests are recorded.</summary>
    internal required bool Records { get; init; }

    internal static PipelineSettings Read(IConfiguration configuration)
    {
        var proxies = configuration.GetSection("Network:TrustedProxies");
        var entries = proxies.GetChildren().Select(c => c.Value).Append(proxies.Value);
        if (!TrustedProxies.TryParse(entries, out var trusted, out var error))
            throw new SettingsException($"Network:TrustedProxies: {error}");
        var perMinute = Integer(configuration, "Limits:Server:RequestsPerMinute", 0, 0, 10_000_000);
        var redis = configuration["Redis:ConnectionString"];
        return new PipelineSettings
        {
            ClientRequests = Integer(configuration, "Limits:Client:Requests", 5, 1, 10_000),
            ClientWindowSeconds = Integer(configuration, "Limits:Client:WindowSeconds", 5, 1, 86_400),
            ServerRequestsPerMinute = perMinute == 0 ? null : perMinute,
            FailedAuthenticationsPerMinute = Integer(configuration, "Limits:FailedAuthentications:RequestsPerMinute", 100, 0, 10_000),
            WrongCodesPerHour = Integer(configuration, "Limits:WrongCodes:PerHour", 20, 0, 1_000),
            WrongCodesAlarmPerMinute = Integer(configuration, "Limits:WrongCodes:AlarmPerMinute", 300, 0, 10_000_000),
            ClientSessions = ReadSessionCaps(configuration),
            SignInsPerMinute = Integer(configuration, "Limits:SignIn:PerMinute", 20, 0, 10_000),
            SignInCheckSeconds = Integer(configuration, "SignIn:CheckSeconds", 20, 1, 30),
            TrustedProxies = trusted,
            RedisConnectionString = string.IsNullOrWhiteSpace(redis) ? null : redis,
            RedisPrefix = configuration["Redis:Prefix"] ?? "vouchsafe:",
            RedisPatienceMilliseconds = Integer(configuration, "Redis:PatienceMilliseconds", 40, 1, 60_000),
            DemoShop = Flag(configuration, "Demo:Enabled", true),
            Records = Flag(configuration, "Records:Enabled", true),
            PublicMetrics = Flag(configuration, "Metrics:Public", false),
        };
    }

    private static SessionCaps ReadSessionCaps(IConfiguration configuration)
    {
        var caps = SessionCaps.Default;
        return new(
            Integer(configuration, "Limits:Client:Sessions:Seconds", caps.Seconds, 1, 604_800),
            Integer(configuration, "Limits:Client:Sessions:PerAddress", caps.PerAddress, 1, 10_000),
            Integer(configuration, "Limits:Client:Sessions:PerCustomer", caps.PerCustomer, 1, 10_000),
            Integer(configuration, "Limits:Client:Sessions:PercentOfCode", caps.PercentOfCode, 0, 100),
            Integer(configuration, "Limits:Client:Sessions:PerCodeAndDay", caps.PerCodeAndDay, 1, 10_000));
    }

    private static int Integer(IConfiguration configuration, string name, int fallback, int min, int max)
    {
        var text = configuration[name];
        if (string.IsNullOrWhiteSpace(text)) return fallback;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw new SettingsException($"{name} is \"{text}\"; it must be a whole number from {min} to {max}.");
    }

    private static bool Flag(IConfiguration configuration, string name, bool fallback)
    {
        var text = configuration[name];
        if (string.IsNullOrWhiteSpace(text)) return fallback;
        return bool.TryParse(text, out var value) ? value : throw new SettingsException($"{name} is \"{text}\"; it must be true or false.");
    }
}
