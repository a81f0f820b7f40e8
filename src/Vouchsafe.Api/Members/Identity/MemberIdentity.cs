using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Members.Memberships;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.Identity;

/// <summary>ASP.NET Core Identity as the dashboard uses it: members, passwords, passkeys, two cookies.</summary>
internal static class MemberIdentity
{
    /// <summary>How long a browser stays signed in after its last use.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromHours(12);

    /// <summary>How long the password is remembered while the second factor is fetched.</summary>
    private static readonly TimeSpan BetweenFactors = TimeSpan.FromMinutes(5);

    internal static void AddMembers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddIdentityCore<Member>(options =>
        {
            options.Stores.SchemaVersion = IdentitySchemaVersions.Version3; // the first with passkeys
            options.User.RequireUniqueEmail = true;
            options.User.AllowedUserNameCharacters = ""; // the name is the address; any
            MemberPasswords.Configure(options.Password);
        }).AddEntityFrameworkStores<VouchsafeDbContext>();
        services.AddScoped<IPasskeyHandler<Member>, PasskeyHandler<Member>>();
        services.AddScoped<PasskeyCeremonies>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<PublicAddress>((options, address) => PasskeyCeremonies.Configure(options, address));
        AddCookies(services, PublicAddress.Read(configuration["Network:PublicUrl"]));

        services.AddSingleton<SignInLimit>();
        services.AddSingleton<FailedSignIns>();
        services.AddSingleton<AuthenticatorKeys>();
        services.AddScoped<MemberPasswords>();
        services.AddScoped<Tries>();
        services.AddScoped<SignInBook>();
        services.AddScoped<Proofs>();
        services.AddScoped<MemberCredentials>();
        services.AddScoped<PasswordResets>();
        services.AddSingleton(s => new SignInWatch(s.GetRequiredService<MemberDirectory>(), s.GetRequiredService<PipelineSettings>()));
        services.AddScoped<SetUp>();
        services.AddScoped<MembershipChanges>();
        services.AddScoped(s => new MemberDoor(s));
    }

    private static void AddCookies(IServiceCollection services, string? publicUrl)
    {
        // Behind a proxy that ends TLS the request itself looks like plain http.
        var isHttps = publicUrl?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true;
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, options =>
            {
                Harden(options.Cookie, "vouchsafe", isHttps);
                // Lax and not Strict: a link to the dashboard from a chat would arrive signed out. What changes anything is a
                // post with an antiforgery token, or runs on a circuit.
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.LoginPath = MemberDoor.SignInPath;
                options.AccessDeniedPath = MemberDoor.SignInPath;
                options.ReturnUrlParameter = "returnUrl";
                options.ExpireTimeSpan = Idle;
                options.SlidingExpiration = true;
                options.Events.OnValidatePrincipal = SignInBook.ValidateAsync;
            })
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, options =>
            {
                Harden(options.Cookie, "vouchsafe-factor", isHttps);
                options.Cookie.SameSite = SameSiteMode.Strict;
                options.ExpireTimeSpan = BetweenFactors;
                options.SlidingExpiration = false;
            });
        services.AddAntiforgery(options =>
        {
            Harden(options.Cookie, "vouchsafe-form", isHttps);
            options.SuppressXFrameOptionsHeader = true; // pages forbid all framing themselves
        });
    }

    // The prefix has the browser itself refuse a cookie that is not Secure, has a Domain, or comes from a neighbour host.
    private static void Harden(CookieBuilder cookie, string name, bool isHttps)
    {
        cookie.Name = isHttps ? "__Host-" + name : name;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.SecurePolicy = isHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.SameSite = SameSiteMode.Strict;
        cookie.IsEssential = true;
    }
}
