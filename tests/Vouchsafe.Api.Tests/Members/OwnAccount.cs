using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Members;
using Vouchsafe.Api.Members.Identity;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Tests.Members;

/// <summary>The first operator of a server, signed in by password in a browser, and at their account page.</summary>
internal sealed class OwnAccount : IDisposable
{
    private readonly TestServer _server;

    private OwnAccount(TestServer server, Visitor visitor, MemberCall call) => (_server, Visitor, Call) = (server, visitor, call);

    internal Visitor Visitor { get; }

    internal MemberCall Call { get; }

    internal static async Task<OwnAccount> OpenAsync(TestServer server)
    {
        var visitor = new Visitor(server);
        Assert.Equal(HttpStatusCode.Found, (await visitor.SignInAsync()).Status);
        var signIn = await server.ReadAsync(db => db.SignIns.OrderByDescending(s => s.Id).FirstAsync());
        return new OwnAccount(server, visitor, new MemberCall(signIn.MemberId, signIn.Id, null, IPAddress.Loopback));
    }

    internal Task<Calls.Answer> SendAsync(string method, string target, object? body = null) => _server.AsAsync(Call, method, "/dashboard/v1/me" + target, body);

    internal async Task<Calls.Answer> ReadAsync() => (await SendAsync("GET", "/account")).Ok();

    /// <summary>The code that the member's authenticator shows, so many steps from now.</summary>
    internal async Task<string> CodeAsync(int steps = 0)
    {
        var member = await _server.ReadAsync(db => db.Members.AsNoTracking().SingleAsync(m => m.Id == Call.MemberId));
        var key = _server.Services.GetRequiredService<AuthenticatorKeys>().Reveal(member)!;
        return TimeCode.At(key, _server.Clock.GetUtcNow() + TimeSpan.FromSeconds(30 * steps));
    }

    /// <summary>Switches the second factor on; the recovery codes.</summary>
    internal async Task<List<string>> SecureAsync()
    {
        (await SendAsync("POST", "/second-factor")).Ok();
        var made = (await SendAsync("POST", "/second-factor/enable", new { code = await CodeAsync() })).Ok();
        return [.. made["codes"].EnumerateArray().Select(c => c.GetString()!)];
    }

    public void Dispose() => Visitor.Dispose();
}
