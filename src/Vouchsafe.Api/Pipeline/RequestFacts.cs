using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Pipeline;

/// <summary>
/// What the pipeline has found out about a request so far. Made first of all, from the connection and the path alone;
/// the one place that says which address a request is counted on.
/// </summary>
internal sealed class RequestFacts(ChannelRow channel, IpValue address)
{
    /// <summary>The channel that the path belongs to.</summary>
    internal ChannelRow Channel { get; } = channel;

    /// <summary>The client's address behind the trusted proxies.</summary>
    internal IpValue Address { get; } = address;

    /// <summary>What counts as one client.</summary>
    internal AddressKey Client { get; } = AddressKey.Of(address);

    /// <summary>Set once the limit per address let the request pass; authorization insists on it where the channel has one.</summary>
    internal bool PassedAddressLimit { get; set; }

    /// <summary>Set by authentication.</summary>
    internal Admission? Admission { get; set; }

    /// <summary>Set by authentication.</summary>
    internal Caller? Caller { get; set; }

    internal static RequestFacts Of(HttpContext http) =>
        http.Features.Get<RequestFacts>() ?? throw new InvalidOperationException("The pipeline's first stage did not run.");
}
