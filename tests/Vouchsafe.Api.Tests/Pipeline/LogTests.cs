using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Vouchsafe.Api.Tests.Pipeline;

/// <summary>Whatever an operator asks to see, logs hold no secret and no whole code.</summary>
public sealed class LogTests
{
    private const string Code = "SECRET-CODE-4711";

    [Fact]
    public async Task AtDebugLevel_LogsHoldNeitherSecretsNorWholeCodes()
    {
        var logs = new LogCapture();
        await using var server = await TestServer.StartAsync(
            [("Logging:LogLevel:Default", "Debug"), ("Logging:LogLevel:Microsoft", "Debug"), ("Logging:LogLevel:Microsoft.AspNetCore", "Debug"),
                ("Logging:LogLevel:Microsoft.AspNetCore.DataProtection", "Debug"), ("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Debug"),
                ("Logging:Capture:LogLevel:Microsoft.AspNetCore.Routing", "Debug"), ("Logging:LogLevel:System", "Debug")],
            configure: services => services.AddLogging(b => b.SetMinimumLevel(LogLevel.Debug).AddProvider(logs)),
            map: new Probe().Map);

        using var made = await server.Private().PostAsJsonAsync($"/v1/vouchers/{Code}", new { type = "GIFT_VOUCHER", gift = new { amount = 1_000 } });
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        using var generated = await server.Private().PostAsJsonAsync("/v1/vouchers", new { type = "GIFT_VOUCHER", gift = new { amount = 1_000 } });
        var generatedCode = (await TestServer.JsonAsync(generated)).GetProperty("code").GetString()!;
        await UseAsync(server, Code);
        await UseAsync(server, generatedCode);
        await UseAsync(server, "WRONG-CODE-0815");
        var secrets = await KeysAsync(server);
        (await server.With(("X-App-Id", TestServer.AppId), ("X-App-Token", "a-wrong-token-0815")).GetAsync("/v1/vouchers")).Dispose();
        (await server.With(("Authorization", "Bearer a-wrong-bearer-0815")).GetAsync("/v1/vouchers")).Dispose();
        (await server.Private().GetAsync("/v1/probe/fails")).Dispose();
        await RawHttp.SendAsync(server, $"GET /v1/vouchers/{Code}\u0001 HTTP/1.1", $"X-App-Token: {TestServer.AppToken}");
        await RawHttp.SendAsync(server, "GET /v1/probe HTTP/1.1", $"X-App-Token {TestServer.AppToken}");

        var text = logs.ToString();
        Assert.True(logs.Count > 50, $"{logs.Count} lines: the capture does not work");
        Assert.Contains("secret detail of a bug", text); // what fails is logged, and only there
        string[] hidden =
            [Code, generatedCode, "WRONG-CODE-0815", "a-wrong-token-0815", "a-wrong-bearer-0815", TestServer.AppToken, TestServer.ClientToken, TestServer.ManagementToken, .. secrets];
        foreach (var secret in hidden)
        {
            var at = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
            Assert.True(at < 0, at < 0 ? "" : $"{secret} is in: {text[Math.Max(0, at - 300)..Math.Min(text.Length, at + 100)]}");
        }
    }

    private static async Task UseAsync(TestServer server, string code)
    {
        using var client = server.Client();
        (await client.GetAsync($"/client/v1/validate?code={code}&amount=1000")).Dispose();
        (await client.PostAsJsonAsync($"/client/v1/redeem?code={code}", new { order = new { amount = 10 } })).Dispose();
        using var program = server.Private();
        (await program.GetAsync($"/v1/vouchers/{code}")).Dispose();
        (await program.PostAsJsonAsync($"/v1/vouchers/{code}/validate", new { order = new { amount = 10 } })).Dispose();
        (await program.PostAsJsonAsync("/v1/redemptions", new { redeemables = new[] { new { @object = "voucher", id = code } }, order = new { amount = 10 } })).Dispose();
        (await program.PostAsJsonAsync("/v1/publications", new { voucher = code, customer = new { source_id = "ann" } })).Dispose();
        (await program.PostAsync($"/v1/vouchers/{code}/no-such-thing", null)).Dispose();
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(TestServer server)
    {
        var project = await server.ReadAsync(db => Task.FromResult(db.Projects.First(p => p.IsSandbox).Id));
        using var made = await server.Management().PostAsJsonAsync($"/management/v1/projects/{project}/keys", new { name = "Second", kind = "server_side" });
        var key = await TestServer.JsonAsync(made);
        var secret = key.GetProperty("secret").GetString()!;
        using var token = await server.With(("X-App-Id", TestServer.AppId), ("X-App-Token", TestServer.AppToken))
            .PostAsync("/v1/oauth/token", new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", "vouchers")]));
        var bearer = token.IsSuccessStatusCode ? (await TestServer.JsonAsync(token)).GetProperty("access_token").GetString()! : "no-token-was-given";
        (await server.With(("Authorization", "Bearer " + bearer)).GetAsync("/v1/vouchers")).Dispose();
        return [secret, bearer];
    }
}
