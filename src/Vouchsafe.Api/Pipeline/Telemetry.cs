using System.Diagnostics.Metrics;

namespace Vouchsafe.Api.Pipeline;

/// <summary>The product's own metrics. None carries a code, a key's secret or an address.</summary>
internal sealed class Telemetry
{
    /// <summary>Name of the meter.</summary>
    internal const string MeterName = "Vouchsafe";

    private readonly Counter<long> _clientRefused;
    private readonly Counter<long> _authenticationFailed;
    private readonly Counter<long> _originRefused;
    private readonly Counter<long> _wrongCodes;
    private readonly Counter<long> _quotaRefused;

    public Telemetry(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _clientRefused = meter.CreateCounter<long>("vouchsafe.client.refused", description: "Requests of the public channel refused by the limit per address.");
        _authenticationFailed = meter.CreateCounter<long>("vouchsafe.authentication.failed", description: "Requests without valid credentials.");
        _originRefused = meter.CreateCounter<long>("vouchsafe.origin.refused", description: "Requests from an origin that the project's whitelist does not cover.");
        _wrongCodes = meter.CreateCounter<long>("vouchsafe.client.wrong_codes", description: "Codes tried on the public channel that do not exist.");
        _quotaRefused = meter.CreateCounter<long>("vouchsafe.quota.refused", description: "Private calls refused by the project's quota.");
    }

    internal void ClientRefused() => _clientRefused.Add(1);

    internal void AuthenticationFailed(Channel channel) => _authenticationFailed.Add(1, new KeyValuePair<string, object?>("channel", Name(channel)));

    internal void OriginRefused(bool reportOnly) => _originRefused.Add(1, new KeyValuePair<string, object?>("report_only", reportOnly));

    internal void WrongCode() => _wrongCodes.Add(1);

    internal void QuotaRefused() => _quotaRefused.Add(1);

    private static string Name(Channel channel) => channel switch
    {
        Channel.Private => "private",
        Channel.Client => "client",
        Channel.Management => "management",
        Channel.OAuth => "oauth",
        Channel.Dashboard => "dashboard",
        Channel.Open => "open",
    };
}
