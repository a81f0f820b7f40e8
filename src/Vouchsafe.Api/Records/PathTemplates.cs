using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Records;

/// <summary>
/// Names the operation of a request that was refused before routing. Asked for samples only: routing itself costs more than
/// the refusal.
/// </summary>
internal sealed class PathTemplates(EndpointDataSource endpoints)
{
    private readonly Lazy<ILookup<Channel, Known>> _known = new(() => endpoints.Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<Operation>() is not null)
        .Select(e => (e.Metadata.GetMetadata<Operation>()!.Channel, Known: new Known(e)))
        .ToLookup(k => k.Channel, k => k.Known));

    /// <summary>Operation id and template; both empty where nothing stands at the path.</summary>
    internal (string Operation, string Path) Find(Channel channel, HttpRequest request)
    {
        foreach (var known in _known.Value[channel])
            if (known.Matches(request)) return (known.Operation, known.Path);
        return ("", "");
    }

    internal static string TextOf(RouteEndpoint endpoint) => "/" + (endpoint.RoutePattern.RawText ?? "").TrimStart('/');

    private sealed class Known
    {
        private readonly TemplateMatcher _matcher;
        private readonly IReadOnlyList<string> _methods;

        internal Known(RouteEndpoint endpoint)
        {
            Operation = endpoint.Metadata.GetMetadata<Operation>()!.Id;
            Path = TextOf(endpoint);
            _methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
            _matcher = new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), new RouteValueDictionary(endpoint.RoutePattern.Defaults));
        }

        internal string Operation { get; }

        internal string Path { get; }

        internal bool Matches(HttpRequest request) =>
            (_methods.Count == 0 || _methods.Contains(request.Method, StringComparer.OrdinalIgnoreCase)) && _matcher.TryMatch(request.Path, []);
    }
}
