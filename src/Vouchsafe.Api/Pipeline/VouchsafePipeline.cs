using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Pipeline.Limits;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Pipeline;

/// <summary>The pipeline's stages by name, so that the program that starts the server can spell their order out.</summary>
public static class VouchsafePipeline
{
    /// <summary>Logs what fails under the request's id and answers with an error of the catalogue.</summary>
    public static IApplicationBuilder UseVouchsafeExceptions(this IApplicationBuilder app) => app.UseMiddleware<ExceptionStage>();

    /// <summary>Finds the channel by the path and the client's address behind the configured proxies.</summary>
    public static IApplicationBuilder UseClientAddress(this IApplicationBuilder app) => app.UseMiddleware<ClientAddressStage>();

    /// <summary>Answers preflights of the public channel and lets pages read its answers; decides nothing about access.</summary>
    public static IApplicationBuilder UseCrossOrigin(this IApplicationBuilder app) => app.UseMiddleware<CrossOriginStage>();

    /// <summary>The exact limit per client address of the public channel.</summary>
    public static IApplicationBuilder UseClientLimit(this IApplicationBuilder app) => app.UseMiddleware<ClientLimitStage>();

    /// <summary>Headers against caching, sniffing, framing and scripts.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.UseMiddleware<SecurityHeadersStage>();

    /// <summary>Refuses paths and queries with NUL characters.</summary>
    public static IApplicationBuilder UseRequestText(this IApplicationBuilder app) => app.UseMiddleware<RequestTextStage>();

    /// <summary>Makes escaped slashes part of the codes and ids that hold them.</summary>
    public static IApplicationBuilder UseEscapedSlashes(this IApplicationBuilder app) => app.UseMiddleware<EscapedSlashStage>();

    /// <summary>Finds out who asks, by the credentials that the channel takes.</summary>
    public static IApplicationBuilder UseChannelAuthentication(this IApplicationBuilder app) => app.UseMiddleware<AuthenticationStage>();

    /// <summary>Private calls per minute of the caller's project.</summary>
    public static IApplicationBuilder UseProjectQuota(this IApplicationBuilder app) => app.UseMiddleware<ProjectQuotaStage>();

    /// <summary>The largest request body of the channel.</summary>
    public static IApplicationBuilder UseBodyLimit(this IApplicationBuilder app) => app.UseMiddleware<BodyLimitStage>();

    /// <summary>Decides whether the caller may reach the endpoint; deny by default.</summary>
    public static IApplicationBuilder UseChannelAuthorization(this IApplicationBuilder app) => app.UseMiddleware<AuthorizationStage>();

    /// <summary>
    /// Lets pages know that the world reaches them over https, where <c>Network:PublicUrl</c> says so: behind a proxy that ends
    /// TLS the request itself looks like plain http, and a Secure cookie would be refused.
    /// </summary>
    public static IApplicationBuilder UsePublicScheme(this IApplicationBuilder app)
    {
        var isHttps = app.ApplicationServices.GetRequiredService<PublicAddress>().ConfiguredOrigin?.StartsWith("https:", StringComparison.Ordinal) == true;
        return !isHttps ? app : app.Use((http, next) =>
        {
            http.Request.Scheme = "https";
            return next(http);
        });
    }

    internal static void AddStages(this IServiceCollection services, PipelineSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<Telemetry>();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeyUse>();
        services.AddHostedService(s => s.GetRequiredService<KeyUse>());
        services.AddSingleton<SharedWindows>();
        services.AddHostedService(s => s.GetRequiredService<SharedWindows>());
        services.AddSingleton<ClientWindows>();
        services.AddSingleton<ProjectQuota>();
        services.AddSingleton<GuessAlarm>();
        services.AddSingleton<GuessBudget>();
        services.AddSingleton<FailedAuthentications>();
    }

    /// <summary>Marks an endpoint that needs no credentials and shows no data of any project.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="id">A name for it, unique among all operations.</param>
    public static TBuilder AsOpenOperation<TBuilder>(this TBuilder endpoint, string id) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Operation(Channel.Open, id, Scope: null));

    /// <summary>
    /// Lets an endpoint answer this machine only, unless <c>Metrics:Public</c> is set: figures of load help an attacker.
    /// To everybody else nothing stands there.
    /// </summary>
    public static TBuilder ForOperatorsOnly<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(builder =>
        {
            if (builder.RequestDelegate is not { } inner) return;
            builder.RequestDelegate = http =>
            {
                var isOpen = http.RequestServices.GetRequiredService<PipelineSettings>().PublicMetrics;
                return isOpen || RequestFacts.Of(http).Address.IsLoopback
                    ? inner(http)
                    : CommonErrors.NoRoute(http.Request.Path.Value ?? "/").ExecuteAsync(http);
            };
        });
        return endpoint;
    }
}
