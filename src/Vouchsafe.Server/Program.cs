using Vouchsafe.Api;
using Vouchsafe.Api.Members;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Dashboard;

namespace Vouchsafe.Server;

/// <summary>The process: configuration, the pipeline in its order, and the start.</summary>
internal static class VouchsafeServer
{
    /// <summary>Builds the server without starting it; tests put their clock and settings in through <paramref name="configure"/>.</summary>
    internal static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(VouchsafeServer).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.AddVouchsafeConfiguration(args);
        configure?.Invoke(builder);
        builder.AddVouchsafeLogging();
        builder.AddVouchsafeKestrel();
        builder.AddVouchsafeDatabase();
        builder.Services.AddVouchsafe(builder.Configuration);
        builder.Services.AddDashboard();
        builder.Services.AddVouchsafeObservability();
        builder.WebHost.UseStaticWebAssets();
        var app = builder.Build();

        // The order is the policy; docs/adr says why the limit stands before routing.
        app.UseMemberCalls();             // the dashboard's calls enter here, past nothing
        app.UseVouchsafeExceptions();
        app.UseClientAddress();
        app.UseCrossOrigin();             // answers preflights, decides nothing about access
        app.UseClientLimit();             // by address, before any look-up
        app.UseSecurityHeaders();
        app.UseRequestText();
        app.UseRouting();
        app.UseEscapedSlashes();
        app.UseChannelAuthentication();
        app.UseProjectQuota();
        app.UseBodyLimit();
        app.UseChannelAuthorization();    // channel, Origin, the key's addresses, scope, client permission
        app.UseDashboard();               // sign-in and antiforgery, for pages only

        app.MapVouchsafe();
        app.MapDashboard();
        app.MapVouchsafeObservability();
        return app;
    }

    private static async Task<int> Main(string[] args)
    {
        try
        {
            if (args.FirstOrDefault() == ResetPassword.Command)
            {
                await ResetPassword.RunAsync(args);
                return 0;
            }
            await using var app = Build(args);
            var firstStart = await VouchsafeApi.PrepareAsync(app);
            await app.StartAsync();
            Announce(app, firstStart);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (e is SettingsException or IOException or ArgumentException)
        {
            await Console.Error.WriteLineAsync((args.FirstOrDefault() == ResetPassword.Command ? "" : "Vouchsafe does not start: ") + e.Message);
            return 1;
        }
    }

    /// <summary>The address of those listened on that a browser of this machine reaches.</summary>
    internal static string Reachable(ICollection<string> urls)
    {
        var address = urls.FirstOrDefault(u => u.StartsWith("http:", StringComparison.Ordinal)) ?? urls.First();
        foreach (var any in (string[])["[::]", "0.0.0.0", "+", "*"]) address = address.Replace(any, "localhost", StringComparison.Ordinal);
        return address.TrimEnd('/');
    }

    private static void Announce(WebApplication app, Func<string, string>? firstStart)
    {
        var reachable = Reachable(app.Urls);
        if (firstStart is not null) Console.WriteLine(firstStart(reachable));
        Console.WriteLine($"Vouchsafe is ready at {string.Join(", ", app.Urls)} (API description: {reachable}/docs). Stop it with Ctrl+C.");
    }
}
