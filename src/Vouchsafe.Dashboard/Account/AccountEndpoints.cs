using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Dashboard.Account;

/// <summary>What the scripts of the account pages ask for.</summary>
internal static class AccountEndpoints
{
    internal static IEnumerable<IEndpointConventionBuilder> MapAccount(this IEndpointRouteBuilder app)
    {
        yield return app.MapPost("/account/passkeys/request-options", RequestOptionsAsync).AsOpenOperation("passkey-request-options").ExcludeFromDescription();
        yield return app.MapPost("/account/passkeys/creation-options", CreationOptionsAsync).AsOpenOperation("passkey-creation-options").ExcludeFromDescription();
        yield return app.MapPost("/account/passkeys/proof-options", ProofOptionsAsync).AsOpenOperation("passkey-proof-options").ExcludeFromDescription();
    }

    private static Task RequestOptionsAsync(HttpContext http) => AnswerAsync(http, async door => await door.PasskeyOptionsAsync(http));

    private static Task CreationOptionsAsync(HttpContext http) => AnswerAsync(http, door => door.NewPasskeyOptionsAsync(http));

    private static Task ProofOptionsAsync(HttpContext http) => AnswerAsync(http, door => door.ProofOptionsAsync(http));

    private static async Task AnswerAsync(HttpContext http, Func<MemberDoor, Task<string?>> options)
    {
        if (!await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        if (await options(http.RequestServices.GetRequiredService<MemberDoor>()) is not { } json)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(json, http.RequestAborted);
    }
}
