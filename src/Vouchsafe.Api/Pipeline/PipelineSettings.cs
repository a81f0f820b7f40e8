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
    /// <summary>Longest life of a session that the public channel sets up.</summary>
    internal required int ClientSessionSeconds { get; init; }
    /// <summary>Codes that sessions of one address may hold at a time.</summary>
    internal required int ClientSessionsPerAddress { get; init; }
    /// <summary>Codes that sessions of one customer may hold at a time.</summary>
    internal required int ClientSessionsPerCustomer { get; init; }
    /// <summary>How much of a code's redemption limit the public channel's sessions may hold at a time; one is always allowed.</summary>
    internal required int ClientSessionsPercentOfCode { get; init; }
    /// <summary>How often a day one address may set up a session on the same code.</summary>
    internal required int ClientSessionsPerCodeAndDay { get; init; }
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
            ClientSessionSeconds = Integer(configuration, "Limits:Client:Sessions:Seconds", 900, 1, 604_800),
            ClientSessionsPerAddress = Integer(configuration, "Limits:Client:Sessions:PerAddress", 20, 1, 10_000),
            ClientSessionsPerCustomer = Integer(configuration, "Limits:Client:Sessions:PerCustomer", 10, 1, 10_000),
            ClientSessionsPercentOfCode = Integer(configuration, "Limits:Client:Sessions:PercentOfCode", 50, 0, 100),
            ClientSessionsPerCodeAndDay = Integer(configuration, "Limits:Client:Sessions:PerCodeAndDay", 12, 1, 10_000),
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
