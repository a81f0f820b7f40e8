using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Tests.Money;
using static Vouchsafe.Api.Tests.Money.MoneyServer;

namespace Vouchsafe.Api.Tests.Resources.Sessions;

/// <summary>A page may lock a code for a moment, not take it away from everybody.</summary>
public sealed class ClientSessionTests
{
    [Fact]
    public async Task Lock_FromAPage_EndsAfterFifteenMinutesWhateverItAsks()
    {
        await using var server = await TestServer.StartAsync();
        server.Clock.Stop();
        var (shop, page) = (server.Private(), server.Client());
        var code = await shop.VoucherAsync(1);
        var answer = (await page.GetJsonAsync($"/client/v1/validate?code={code}&amount=1000&session_type=LOCK&session_key=p&session_ttl=30&session_ttl_unit=DAYS")).Ok();
        Assert.Equal((15, "MINUTES"), (answer.Number("session.ttl"), answer.Text("session.ttl_unit")));

        // Renewing it does not put its end off.
        server.Clock.Advance(TimeSpan.FromMinutes(14));
        (await page.GetJsonAsync($"/client/v1/validate?code={code}&amount=1000&session_type=LOCK&session_key=p")).Ok();
        Assert.Equal("quantity_exceeded", (await shop.PostAsync("/v1/redemptions", Use(code))).Text("key"));
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await shop.PostAsync("/v1/redemptions", Use(code))).Ok();
        await server.AssertBooksAsync();
    }

    [Fact]
    public async Task Locks_FromPages_HoldAtMostHalfOfALimitedCode()
    {
        await using var server = await TestServer.StartAsync([("Limits:Client:Sessions:PerAddress", "100")]);
        var (shop, page) = (server.Private(), server.Client());
        var code = await shop.VoucherAsync(10);
        var held = 0;
        for (var i = 0; i < 10; i++)
            if ((await page.PostAsync("/client/v1/validations", Lock(code, $"p{i}"))).Status == HttpStatusCode.OK) held++;
        Assert.Equal(5, held);
        for (var i = 0; i < 5; i++) (await shop.PostAsync("/v1/redemptions", Use(code))).Ok();
        await server.AssertBooksAsync();
    }

    [Fact]
    public async Task Locks_OfOneAddress_AreCappedUntilSomeEnd()
    {
        await using var server = await TestServer.StartAsync([("Limits:Client:Sessions:PerAddress", "3")]);
        server.Clock.Stop();
        var (shop, page) = (server.Private(), server.Client());
        List<string> codes = [];
        for (var i = 0; i < 4; i++) codes.Add(await shop.VoucherAsync(10));
        for (var i = 0; i < 3; i++) (await page.PostAsync("/client/v1/validations", Lock(codes[i], $"p{i}"))).Ok();
        Assert.Equal("too_many_sessions", (await page.PostAsync("/client/v1/validations", Lock(codes[3], "p3"))).Text("key"));
        // Its own sessions it may go on with, and the code is as free as it was.
        (await page.PostAsync("/client/v1/validations", Lock(codes[0], "p0"))).Ok();
        (await page.PostAsync("/client/v1/validations", Use(codes[3]))).Ok();
        server.Clock.Advance(TimeSpan.FromMinutes(16));
        (await page.PostAsync("/client/v1/validations", Lock(codes[3], "p3"))).Ok();
        await server.AssertBooksAsync();
        // What was held for a moment leaves no counter behind.
        Assert.Equal(HttpStatusCode.NoContent, (await shop.DeleteJsonAsync($"/v1/vouchers/{codes[3]}/sessions/p3")).Status);
        Assert.Equal([], await server.ReadAsync(db => db.Counters.Where(c => c.Owner.StartsWith("client-session/")).Select(c => c.Owner).ToListAsync()));
    }

    [Fact]
    public async Task Locks_OfOneAddressOnOneCode_AreCountedForTheDay()
    {
        await using var server = await TestServer.StartAsync([("Limits:Client:Sessions:PerCodeAndDay", "2")]);
        server.Clock.Stop();
        var (shop, page) = (server.Private(), server.Client());
        var code = await shop.VoucherAsync(1);
        for (var i = 0; i < 2; i++)
        {
            (await page.PostAsync("/client/v1/validations", Lock(code, $"p{i}"))).Ok();
            Assert.Equal(HttpStatusCode.NoContent, (await shop.DeleteJsonAsync($"/v1/vouchers/{code}/sessions/p{i}")).Status);
        }
        Assert.Equal("too_many_sessions", (await page.PostAsync("/client/v1/validations", Lock(code, "p3"))).Text("key"));
        server.Clock.Advance(TimeSpan.FromDays(1));
        (await page.PostAsync("/client/v1/validations", Lock(code, "p4"))).Ok();
    }
}
