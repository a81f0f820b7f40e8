using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Vouchsafe.Api.Pipeline;

/// <summary>
/// A handler whose parameters are bound by code that is made at its first call. The framework makes it for every route at the start,
/// which was more than half of what a start cost; most processes never call most routes.
/// </summary>
internal sealed class LateHandler
{
    private readonly Delegate _handler;
    private RouteEndpointBuilder? _route;
    private RequestDelegate? _made;

    private LateHandler(Delegate handler) => _handler = handler;

    /// <summary>Maps a handler to a route.</summary>
    internal static IEndpointConventionBuilder Map(IEndpointRouteBuilder app, string verb, string path, Delegate handler)
    {
        var late = new LateHandler(handler);
        var route = app.MapMethods(path, [verb], late.InvokeAsync);
        route.Add(late.Describe);
        route.Finally(builder => late._route = (RouteEndpointBuilder)builder);
        return route;
    }

    private Task InvokeAsync(HttpContext http) => (_made ??= Make())(http);

    // What the description of the API reads of a handler; and itself, so that a test finds it.
    private void Describe(EndpointBuilder builder)
    {
        builder.Metadata.Add(this);
        builder.Metadata.Add(_handler.Method);
        RequestDelegateFactory.InferMetadata(_handler.Method, OptionsOf((RouteEndpointBuilder)builder));
    }

    /// <summary>Makes the code. Two first calls at one moment make it twice, and either will do.</summary>
    /// <exception cref="InvalidOperationException">A parameter of the handler cannot be bound.</exception>
    internal RequestDelegate Make()
    {
        var route = _route!;
        var own = new RouteEndpointBuilder(null, route.RoutePattern, route.Order) { ApplicationServices = route.ApplicationServices };
        foreach (var filter in route.Metadata.OfType<HandlerFilter>()) own.FilterFactories.Add((_, next) => call => filter.Run(call, next));
        return RequestDelegateFactory.Create(_handler, OptionsOf(own)).RequestDelegate;
    }

    private static RequestDelegateFactoryOptions OptionsOf(RouteEndpointBuilder route) => new()
    {
        ServiceProvider = route.ApplicationServices,
        RouteParameterNames = route.RoutePattern.Parameters.Select(p => p.Name),
        ThrowOnBadRequest = route.ApplicationServices.GetRequiredService<IOptions<RouteHandlerOptions>>().Value.ThrowOnBadRequest,
        // Handlers read their body themselves.
        DisableInferBodyFromParameters = true,
        EndpointBuilder = route,
    };
}

/// <summary>What stands between a route and its handler; metadata of the route.</summary>
/// <param name="Run">Calls the handler, or answers in its place.</param>
internal sealed record HandlerFilter(Func<EndpointFilterInvocationContext, EndpointFilterDelegate, ValueTask<object?>> Run);
