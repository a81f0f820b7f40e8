using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;
using Vouchsafe.Api.Members;

namespace Vouchsafe.Dashboard.Shared;

/// <summary>
/// Who sits at a page that stays open. The cookie was looked at when the page was loaded; from then on it is asked every few
/// seconds whether the sign-in still stands, and at once when the API refuses a call. Once it does not, nobody sits there,
/// and the page leaves for the sign-in page.
/// </summary>
internal sealed class MemberAuthentication(ILoggerFactory logs, SignInWatch watch) : RevalidatingServerAuthenticationStateProvider(logs)
{
    private static readonly AuthenticationState Nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));

    /// <inheritdoc />
    protected override TimeSpan RevalidationInterval => watch.Interval;

    /// <inheritdoc />
    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        StandsAsync(authenticationState.User);

    /// <summary>Asks now.</summary>
    internal async Task RecheckAsync()
    {
        var user = (await GetAuthenticationStateAsync()).User;
        if (user.Identity?.IsAuthenticated == true && !await StandsAsync(user)) SetAuthenticationState(Task.FromResult(Nobody));
    }

    private Task<bool> StandsAsync(ClaimsPrincipal user) =>
        watch.StandsAsync(user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "", user.FindFirstValue(MemberApi.SignInClaim) ?? "");
}
