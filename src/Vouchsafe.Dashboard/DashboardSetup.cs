using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using MudBlazor.Services;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Dashboard.Account;
using Vouchsafe.Dashboard.Pages.Account;
using Vouchsafe.Dashboard.Shared;

namespace Vouchsafe.Dashboard;

/// <summary>The dashboard as one unit.</summary>
public static class DashboardSetup
{
    /// <summary>Pages run their own scripts and styles, talk to this server only, and are framed by nobody. MudBlazor writes styles into elements.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    /// <summary>Adds the pages' services.</summary>
    public static void AddDashboard(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices(options => options.SnackbarConfiguration.PositionClass = MudBlazor.Defaults.Classes.Position.BottomRight);
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, MemberAuthentication>(); // the last one added is the one asked for
        services.AddScoped<MemberApi>();
        services.AddScoped<AccountApi>();
        services.AddScoped<PageQuery>();
    }

    /// <summary>Headers, sign-in and antiforgery, for the endpoints of the dashboard and for no others: the API does not pay for them.</summary>
    public static void UseDashboard(this IApplicationBuilder app)
    {
        // Otherwise the host would put both in front of everything.
        app.Properties["__AuthenticationMiddlewareSet"] = true;
        app.Properties["__AuthorizationMiddlewareSet"] = true;
        app.UseWhen(IsPage, UsePages);
    }

    private static void UsePages(IApplicationBuilder pages)
    {
        pages.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.CacheControl = "no-cache, no-store"; // antiforgery insists on the first and would say so in the log
            headers.XFrameOptions = "DENY";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Referrer-Policy"] = "same-origin";
            return next(http);
        });
        pages.UsePublicScheme();
        pages.UseAuthentication();
        pages.UseAuthorization();
        pages.UseAntiforgery();
    }

    /// <summary>Maps pages, scripts and styles.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder app)
    {
        app.MapStaticAssets().AsOpenOperation("dashboard-asset").Add(KeepsItsOwnCaching);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.DisableWebSocketCompression = false)
            .AsOpenOperation("dashboard-page").WithMetadata(new DashboardPage());
        foreach (var endpoint in app.MapAccount()) endpoint.WithMetadata(new DashboardPage());
    }

    // What an asset says of its caching must not stand beside the API's "never".
    private static void KeepsItsOwnCaching(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is not { } inner) return;
        endpoint.RequestDelegate = http =>
        {
            http.Response.Headers.Remove(HeaderNames.CacheControl);
            return inner(http);
        };
    }

    private static bool IsPage(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<DashboardPage>() is not null;

    private sealed class DashboardPage;
}
