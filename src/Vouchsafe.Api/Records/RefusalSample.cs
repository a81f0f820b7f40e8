using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Records;

/// <summary>
/// What is kept of one refused request. Only what cannot be a secret: of the path the template that it matches, of the key
/// its id, and that only if it has the form of one.
/// </summary>
internal sealed record RefusalSample(
    RefusalReason Reason, string Detail, DateTimeOffset At, IpValue Address, AddressKey Client, string Origin, string? ProjectId, string KeyId,
    string Method, string Operation, string Path)
{
    private const int LongestOrigin = 300;

    /// <summary>For how many refusals it stands.</summary>
    internal long Weight { get; set; }

    internal static RefusalSample Of(HttpContext http, Refusal refusal, DateTimeOffset now, PathTemplates templates)
    {
        var facts = RequestFacts.Of(http);
        var (operation, path) = http.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<Operation>() is { } named
            ? (named.Id, PathTemplates.TextOf(endpoint))
            : templates.Find(facts.Channel.Channel, http.Request);
        return new RefusalSample(
            refusal.Reason, refusal.Detail, now, facts.Address, facts.Client, Printable(http.Request.Headers.Origin.ToString()),
            facts.Admission?.Project?.Settings.Id, facts.Admission?.Key?.Id ?? NamedKey(http, facts.Channel), MethodOf(http.Request.Method), operation, path);
    }

    private static string NamedKey(HttpContext http, ChannelRow channel) =>
        channel.IdHeader is { } header && http.Request.Headers.TryGetValue(header, out var id) && id.Count == 1 && ApiSecret.TryReadId(id[0], out var normal) ? normal : "";

    // What a stranger sends must not forge lines of a log, nor fill the table with itself.
    private static string Printable(string text) => string.Create(Math.Min(text.Length, LongestOrigin), text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = from[i] is >= ' ' and <= '~' ? from[i] : '?';
    });

    private static string MethodOf(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method)
        || HttpMethods.IsPatch(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) ? method.ToUpperInvariant() : "OTHER";
}
