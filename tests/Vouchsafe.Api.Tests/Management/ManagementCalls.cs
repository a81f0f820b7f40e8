using System.Net.Http.Json;
using System.Text.Json;

namespace Vouchsafe.Api.Tests.Management;

/// <summary>What tests of projects and keys do again and again, over the wire.</summary>
internal static class ManagementCalls
{
    internal static string Path(JsonElement project) => "/management/v1/projects/" + project.GetProperty("id").GetString();

    /// <summary>Makes a project; without fields a plain one.</summary>
    internal static async Task<JsonElement> CreateProjectAsync(this TestServer server, object? fields = null)
    {
        using var answer = await server.Management().PostAsJsonAsync("/management/v1/projects",
            fields ?? new { name = "Plain", case_sensitive_codes = true, timezone = "UTC", currency = "EUR", client_trusted_domains = new[] { "shop.example" } });
        var body = await TestServer.JsonAsync(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body.ToString());
        return body;
    }

    /// <summary>A server-side program of a project that was just made.</summary>
    internal static HttpClient ServerOf(this TestServer server, JsonElement project) => server.ServerWith(
        project.GetProperty("server_side_key").GetProperty("app_id").GetString()!, project.GetProperty("server_side_key").GetProperty("app_token").GetString()!);

    internal static HttpClient ServerWith(this TestServer server, string id, string secret) => server.With(("X-App-Id", id), ("X-App-Token", secret));

    /// <summary>A web page of a project that was just made.</summary>
    internal static HttpClient PageOf(this TestServer server, JsonElement project, string origin) => server.With(
        ("X-Client-Application-Id", project.GetProperty("client_side_key").GetProperty("app_id").GetString()!),
        ("X-Client-Token", project.GetProperty("client_side_key").GetProperty("app_token").GetString()!), ("Origin", origin));

    /// <summary>Makes a voucher of 10 % as the given program.</summary>
    internal static async Task<JsonElement> CreateVoucherAsync(this HttpClient shop, string? code = null)
    {
        var voucher = new { type = "DISCOUNT_VOUCHER", discount = new { type = "PERCENT", percent_off = 10 } };
        using var answer = await shop.PostAsJsonAsync(code is null ? "/v1/vouchers" : "/v1/vouchers/" + code, voucher);
        var body = await TestServer.JsonAsync(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body.ToString());
        return body;
    }

    /// <summary>Asks for an OAuth token as the given program.</summary>
    internal static async Task<string> TokenAsync(this HttpClient program, string scope)
    {
        using var answer = await program.AskTokenAsync(scope);
        var body = await TestServer.JsonAsync(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body.ToString());
        return body.GetProperty("access_token").GetString()!;
    }

    internal static Task<HttpResponseMessage> AskTokenAsync(this HttpClient program, string scope) =>
        program.FormAsync("/v1/oauth/token", ("grant_type", "client_credentials"), ("scope", scope));

    internal static Task<HttpResponseMessage> FormAsync(this HttpClient program, string path, params (string Name, string Value)[] fields) =>
        program.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));
}
