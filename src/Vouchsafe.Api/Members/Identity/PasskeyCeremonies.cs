using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.Identity;

/// <summary>
/// Identity's passkey ceremonies. Signing in itself is the work of <see cref="SigningIn.SignInBook"/>; Identity's manager is
/// here for the ceremonies alone. It is given the request explicitly: registering an accessor for it would make every
/// request of the API set one.
/// </summary>
internal sealed class PasskeyCeremonies(
    UserManager<Member> users, IUserClaimsPrincipalFactory<Member> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<Member>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<Member> confirmation)
    : SignInManager<Member>(users, new NoAmbientRequest(), claims, options, logger, schemes, confirmation)
{
    internal PasskeyCeremonies For(HttpContext http)
    {
        Context = http;
        return this;
    }

    internal static void Configure(IdentityPasskeyOptions options, PublicAddress address)
    {
        // A passkey stands for both factors, so the device has to know its owner, and it is offered without a name first.
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        options.ServerDomain = address.ConfiguredHost;
        options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && IsOurs(context, address));
    }

    private static bool IsOurs(PasskeyOriginValidationContext context, PublicAddress address)
    {
        if (address.ConfiguredOrigin is { } configured) return string.Equals(context.Origin, configured, StringComparison.OrdinalIgnoreCase);
        var request = context.HttpContext.Request;
        return string.Equals(context.Origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }

    private sealed class NoAmbientRequest : IHttpContextAccessor
    {
        public HttpContext? HttpContext { get; set; }
    }
}
