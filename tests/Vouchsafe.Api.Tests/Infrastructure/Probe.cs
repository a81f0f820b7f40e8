using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Infrastructure;

/// <summary>Endpoints that count their calls, so that a test sees whether a handler ran.</summary>
internal sealed class Probe
{
    private int _calls;

    internal int Calls => Volatile.Read(ref _calls);

    internal void Map(WebApplication app)
    {
        var client = new ChannelRoutes(app, Channel.Client);
        client.Get("/probe", Hit, "probe-client", "client_validate");
        client.Post("/probe", HitWithBody, "probe-client-post", "client_validate");
        client.Post("/probe/redeem", Hit, "probe-client-redeem", "client_redeem", ClientPermissions.Redeem);
        client.Get("/probe/fails", Fail, "probe-client-fails", "client_validate");
        client.Get("/probe/guess/{code}", Guess, "probe-client-guess", "client_validate");
        var server = new ChannelRoutes(app, Channel.Private);
        server.Get("/probe", Hit, "probe-private", "vouchers");
        server.Post("/probe", HitWithBody, "probe-private-post", "vouchers");
        server.Get("/probe/settings", Hit, "probe-private-settings", "metadata-schemas");
        server.Get("/probe/fails", Fail, "probe-private-fails", "vouchers");
        server.Get("/probe/database", NoDatabase, "probe-private-database", "vouchers");
    }

    private IResult Hit(ApiCall call)
    {
        Interlocked.Increment(ref _calls);
        return Results.Json(new { project = call.Project.Id, address = RequestFacts.Of(call.Http).Address.ToString() });
    }

    private async Task<IResult> HitWithBody(ApiCall call)
    {
        if ((await call.ReadBodyAsync<Dictionary<string, string>>()).Failed(out var error, out _)) return error;
        return Hit(call);
    }

    private static IResult Fail(ApiCall call) => throw new InvalidOperationException("secret detail of a bug");

    private static IResult NoDatabase(ApiCall call) => throw new InvalidOperationException("wrapped", new System.Net.Sockets.SocketException(111));

    private static IResult Guess(ApiCall call, string code)
    {
        if (Vouchsafe.Api.Pipeline.Limits.GuessBudget.Check(call.Http) is { } refusal) return refusal;
        if (code == "RIGHT") return Results.Json(new { valid = true });
        return Vouchsafe.Api.Pipeline.Limits.GuessBudget.Miss(call.Http) is { } usedUp ? usedUp : CommonErrors.NotFound("voucher", code);
    }
}
