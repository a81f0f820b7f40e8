using Microsoft.AspNetCore.Http;

namespace Vouchsafe.Api.Pipeline;

/// <summary>The ways into the product. Every endpoint belongs to exactly one.</summary>
internal enum Channel
{
    /// <summary>Servers of the shop: everything.</summary>
    Private,
    /// <summary>Browsers and phones: the few client operations.</summary>
    Client,
    /// <summary>Operators: the projects themselves.</summary>
    Management,
    /// <summary>Token issue, introspection and revocation.</summary>
    OAuth,
    /// <summary>What the dashboard needs beyond the published API: for members' calls from within, nothing from outside.</summary>
    Dashboard,
    /// <summary>Health, metrics and the API's description: no credentials, no data of any project.</summary>
    Open,
}

/// <summary>What a channel demands of a request.</summary>
/// <param name="Channel">Which.</param>
/// <param name="Prefix">Where its paths start; compared without regard to case.</param>
/// <param name="IdHeader">Header with the key's id; null: no credentials.</param>
/// <param name="SecretHeader">Header with the secret.</param>
/// <param name="BearerScopes">Whether OAuth tokens open it.</param>
/// <param name="PerAddressLimit">Whether the exact limit per client address applies.</param>
/// <param name="ChecksOrigin">Whether the project's Origin whitelist applies, and pages of other origins may read answers.</param>
/// <param name="MaxBodyBytes">Largest request body.</param>
internal sealed record ChannelRow(
    Channel Channel, PathString Prefix, string? IdHeader, string? SecretHeader, bool BearerScopes, bool PerAddressLimit, bool ChecksOrigin, long MaxBodyBytes);

/// <summary>The whole access policy as data: one row a channel, the longest matching prefix wins.</summary>
internal static class ChannelTable
{
    private const long Kilobyte = 1024;

    internal static readonly ChannelRow[] Rows =
    [
        //                    prefix           credentials                                            bearer  limit   origin  body
        new(Channel.Client,     "/client/v1",     "X-Client-Application-Id", "X-Client-Token",           true,   true,   true,   64 * Kilobyte),
        new(Channel.Management, "/management/v1", "X-Management-Id",         "X-Management-Token",       false,  false,  false,  1024 * Kilobyte),
        new(Channel.OAuth,      "/v1/oauth",      "X-App-Id",                "X-App-Token",              false,  false,  false,  64 * Kilobyte),
        new(Channel.Private,    "/v1",            "X-App-Id",                "X-App-Token",              true,   false,  false,  1024 * Kilobyte),
        new(Channel.Dashboard,  "/dashboard/v1",  null,                      null,                       false,  false,  false,  1024 * Kilobyte),
        new(Channel.Open,       "",               null,                      null,                       false,  false,  false,  64 * Kilobyte),
    ];

    /// <summary>The channel that a path belongs to, whether or not an endpoint stands there.</summary>
    internal static ChannelRow Of(PathString path)
    {
        foreach (var row in Rows)
            if (path.StartsWithSegments(row.Prefix, StringComparison.OrdinalIgnoreCase)) return row;
        return Rows[^1];
    }

    internal static ChannelRow Row(Channel channel) => Rows.Single(r => r.Channel == channel);
}
