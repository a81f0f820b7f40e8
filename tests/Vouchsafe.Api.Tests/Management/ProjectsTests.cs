using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Vouchsafe.Api.Tests.Management;

/// <summary>Projects: what is written is what is read, what is wrong is named and changes nothing.</summary>
public sealed class ProjectsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    [Fact]
    public async Task Create_WithTheFourRequiredFields_HasTheDocumentedDefaultsAndTwoKeyPairs()
    {
        var project = await _server.CreateProjectAsync(new { name = "Shop", case_sensitive_codes = true, timezone = "Europe/Warsaw", currency = "PLN" });

        Assert.StartsWith("proj_", project.GetProperty("id").GetString());
        Assert.Equal("Shop", project.GetProperty("name").GetString());
        Assert.Equal("", project.GetProperty("description").GetString());
        Assert.Equal("Europe/Warsaw", project.GetProperty("timezone").GetString());
        Assert.Equal("PLN", project.GetProperty("currency").GetString());
        Assert.Equal("eu1", project.GetProperty("cluster_id").GetString());
        Assert.Equal("v2018-08-01", project.GetProperty("api_version").GetString());
        Assert.Equal("v2024-01-01", project.GetProperty("webhook_version").GetString());
        Assert.False(project.GetProperty("is_sandbox").GetBoolean());
        Assert.Empty(project.GetProperty("client_trusted_domains").EnumerateArray());
        foreach (var permission in Permissions) Assert.False(project.GetProperty(permission).GetBoolean(), permission);
        foreach (var usage in new[] { "redemptions", "messages", "api_calls", "bulk_api_calls", "webhook_calls", "cycle_calls" })
            Assert.Equal(80, project.GetProperty("api_usage_notifications").GetProperty(usage).GetProperty("value").GetInt32());
        Assert.True(project.GetProperty("webhooks_callout_notifications").GetProperty("distributions").GetProperty("email").GetBoolean());
        Assert.True(project.GetProperty("webhook_token").GetString()!.Length >= 40);
        Assert.False(project.TryGetProperty("limits", out _));
        foreach (var pair in new[] { "server_side_key", "client_side_key" })
        {
            Assert.True(Guid.TryParse(project.GetProperty(pair).GetProperty("app_id").GetString(), out _));
            Assert.True(project.GetProperty(pair).GetProperty("app_token").GetString()!.Length >= 40); // 160 bits in hexadecimal digits
        }
    }

    [Fact]
    public async Task Create_KeyPairs_OpenTheNewProjectAndNothingElse()
    {
        var project = await _server.CreateProjectAsync(new { name = "Keys", case_sensitive_codes = true, timezone = "UTC", currency = "EUR", client_trusted_domains = new[] { "keys.example" } });

        Assert.Equal(HttpStatusCode.OK, (await _server.ServerOf(project).GetAsync("/v1/vouchers")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _server.PageOf(project, "https://keys.example").GetAsync("/client/v1/promotions/tiers")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.PageOf(project, TestServer.Origin).GetAsync("/client/v1/promotions/tiers")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.PageOf(project, "https://keys.example").GetAsync("/v1/vouchers")).StatusCode);
    }

    [Fact]
    public async Task EveryField_IsReadBackAsItWasWritten_AfterCreationAndAfterAnUpdate()
    {
        const string Fields = """
        {
          "name": "All fields", "description": "for tests", "timezone": "Etc/GMT+1", "first_day_of_week": "SUNDAY", "currency": "EUR", "dial_code": "48",
          "webhook_version": "v2024-01-01",
          "client_redeem_enabled": true, "client_publish_enabled": true, "client_list_vouchers_enabled": true,
          "client_create_customer_enabled": true, "client_loyalty_events_enabled": true, "client_set_voucher_expiration_date_enabled": true,
          "client_trusted_domains_report_only": true, "server_requests_per_minute": 1200,
          "branding": { "name": "The Shop", "privacy_policy_url": "https://shop.example/privacy", "terms_url": "https://shop.example/terms" },
          "default_code_config": { "charset": "0123456789" },
          "api_usage_notifications": {
            "redemptions": { "enabled": true, "value": 10, "in_app": false, "emails": ["a@b.example"] },
            "messages": { "enabled": false, "value": 20, "in_app": true, "emails": [] },
            "api_calls": { "enabled": true, "value": 30, "in_app": false, "emails": [] },
            "bulk_api_calls": { "enabled": false, "value": 40, "in_app": true, "emails": [] },
            "webhook_calls": { "enabled": true, "value": 50, "in_app": false, "emails": [] },
            "cycle_calls": { "enabled": false, "value": 90, "in_app": true, "emails": ["c@d.example", "e@f.example"] }
          },
          "webhooks_callout_notifications": {
            "distributions": { "email": false, "in_app": true, "emails": [] },
            "webhooks": { "email": true, "in_app": false, "emails": ["a@b.example"] }
          }
        }
        """;
        var wanted = JsonDocument.Parse(Fields).RootElement;
        var created = await _server.CreateProjectAsync(JsonDocument.Parse(Fields.Replace("\"name\"", "\"case_sensitive_codes\": false, \"cluster_id\": \"eu1\", \"api_version\": \"v2018-08-01\", \"users\": [], \"name\"")).RootElement);
        var plain = await _server.CreateProjectAsync();
        var updated = await TestServer.JsonAsync(await PutAsync(plain, Fields));
        var read = await GetAsync(created);

        foreach (var project in new[] { created, updated, read, await GetAsync(plain) })
        {
            foreach (var field in wanted.EnumerateObject())
                Assert.True(JsonElement.DeepEquals(field.Value, project.GetProperty(field.Name)), field.Name + ": " + project.GetProperty(field.Name));
            Assert.Equal(1200, project.GetProperty("limits").GetProperty("api_calls")[0].GetProperty("value").GetInt32());
            Assert.Equal("PT1M", project.GetProperty("limits").GetProperty("api_calls")[0].GetProperty("duration").GetString());
        }
        Assert.False(read.GetProperty("case_sensitive_codes").GetBoolean());
        Assert.False(read.TryGetProperty("server_side_key", out _));
        Assert.Equal(created.GetProperty("webhook_token").GetString(), read.GetProperty("webhook_token").GetString());
    }

    [Fact]
    public async Task Update_ChangesOnlyWhatItNames()
    {
        var project = await _server.CreateProjectAsync(new { name = "Partial", case_sensitive_codes = true, timezone = "UTC", currency = "EUR", client_redeem_enabled = true, client_trusted_domains = new[] { "a.example" } });
        await PutAsync(project, """{ "description": "changed" }""");
        var read = await GetAsync(project);
        Assert.Equal("changed", read.GetProperty("description").GetString());
        foreach (var field in project.EnumerateObject().Where(f => f.Name is not ("description" or "updated_at" or "server_side_key" or "client_side_key")))
            Assert.True(JsonElement.DeepEquals(field.Value, read.GetProperty(field.Name)), field.Name);
    }

    [Fact]
    public async Task TrustedDomains_AreNormalisedWhenSaved()
    {
        var project = await _server.CreateProjectAsync();
        var saved = await TestServer.JsonAsync(await PutAsync(project, """{ "client_trusted_domains": [" Shop.Example ", "bücher.de", ".Example.com, https://Pay.Example:8443", "shop.example"] }"""));
        Assert.Equal(["shop.example", "xn--bcher-kva.de", ".example.com", "https://pay.example:8443"],
            saved.GetProperty("client_trusted_domains").EnumerateArray().Select(e => e.GetString()));
    }

    [Theory]
    [InlineData(".com")]
    [InlineData(".co.uk")]
    [InlineData("*.yourdomain.com")]
    [InlineData("https://shop.example/path")]
    [InlineData("not a host")]
    public async Task TrustedDomains_ThatCannotBeMeant_AreRefusedWithAHintAndChangeNothing(string entry)
    {
        var project = await _server.CreateProjectAsync(new { name = "Domains", case_sensitive_codes = true, timezone = "UTC", currency = "EUR", client_trusted_domains = new[] { "kept.example" } });
        var body = await TestServer.JsonAsync(await PutAsync(project, JsonSerializer.Serialize(new { name = "other", client_trusted_domains = new[] { "fine.example", entry } })));
        Assert.Equal("invalid_payload", body.GetProperty("key").GetString());
        Assert.StartsWith("client_trusted_domains: ", body.GetProperty("details").GetString());
        var read = await GetAsync(project);
        Assert.Equal("kept.example", Assert.Single(read.GetProperty("client_trusted_domains").EnumerateArray()).GetString());
        Assert.Equal("Domains", read.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("name", "null")]
    [InlineData("name", "\"\"")]
    [InlineData("name", "7")]
    [InlineData("description", "true")]
    [InlineData("branding", "[]")]
    [InlineData("branding", "{ \"terms_url\": \"/terms\" }")]
    [InlineData("branding", "{ \"privacy_policy_url\": \"javascript:alert(1)\" }")]
    [InlineData("branding", "{ \"privacy_policy_url\": \"https://shop.example@other.example/\" }")]
    [InlineData("timezone", "\"Mars/Olympus\"")]
    [InlineData("timezone", "\"../../etc/passwd\"")]
    [InlineData("timezone", "\"GMT+15\"")]
    [InlineData("timezone", "null")]
    [InlineData("first_day_of_week", "\"FRIDAY\"")]
    [InlineData("first_day_of_week", "null")]
    [InlineData("currency", "\"eur\"")]
    [InlineData("currency", "\"EURO\"")]
    [InlineData("currency", "null")]
    [InlineData("dial_code", "\"+48\"")]
    [InlineData("dial_code", "48")]
    [InlineData("webhook_version", "\"v1\"")]
    [InlineData("api_version", "\"v1\"")]
    [InlineData("client_trusted_domains", "null")]
    [InlineData("client_trusted_domains", "\"shop.example\"")]
    [InlineData("client_trusted_domains", "[null]")]
    [InlineData("client_redeem_enabled", "null")]
    [InlineData("client_redeem_enabled", "\"yes\"")]
    [InlineData("client_trusted_domains_report_only", "1")]
    [InlineData("server_requests_per_minute", "-1")]
    [InlineData("server_requests_per_minute", "1.5")]
    [InlineData("api_usage_notifications", "null")]
    [InlineData("api_usage_notifications", "{}")]
    [InlineData("api_usage_notifications", """{"redemptions":{"enabled":true,"value":9,"in_app":true,"emails":[]}}""")]
    [InlineData("api_usage_notifications", """{"redemptions":{"enabled":true,"value":91,"in_app":true,"emails":[]}}""")]
    [InlineData("api_usage_notifications", """{"redemptions":{"enabled":true,"value":"80","in_app":true,"emails":[]}}""")]
    [InlineData("api_usage_notifications", """{"redemptions":{"enabled":true,"value":80,"in_app":true,"emails":["nobody"]}}""")]
    [InlineData("webhooks_callout_notifications", """{"distributions":{"email":true,"in_app":true,"emails":[]}}""")]
    [InlineData("default_code_config", """{"charset":"a"}""")]
    [InlineData("default_code_config", "[]")]
    public async Task Update_WithABadField_Is400NamesItAndChangesNothing(string field, string value)
    {
        var project = await _server.CreateProjectAsync();
        var before = (await GetAsync(project)).GetRawText();
        using var answer = await PutAsync(project, $$"""{ "description": "half an update", "{{field}}": {{value}} }""");
        var body = await TestServer.JsonAsync(answer);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("invalid_payload", body.GetProperty("key").GetString());
        Assert.Contains(field, body.GetProperty("details").GetString());
        Assert.Equal(before, (await GetAsync(project)).GetRawText());
    }

    [Theory]
    [InlineData("name")]
    [InlineData("case_sensitive_codes")]
    [InlineData("timezone")]
    [InlineData("currency")]
    public async Task Create_WithoutARequiredField_Is400AndMakesNothing(string field)
    {
        var before = await CountAsync();
        var fields = new Dictionary<string, object> { ["name"] = "X", ["case_sensitive_codes"] = true, ["timezone"] = "UTC", ["currency"] = "EUR" };
        fields.Remove(field);
        using var answer = await _server.Management().PostAsJsonAsync("/management/v1/projects", fields);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal($"{field} is required.", (await TestServer.JsonAsync(answer)).GetProperty("details").GetString());
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Create_InAnotherCluster_Is403()
    {
        using var answer = await _server.Management().PostAsJsonAsync("/management/v1/projects",
            new { name = "X", case_sensitive_codes = true, timezone = "UTC", currency = "EUR", cluster_id = "us1" });
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("forbidden", (await TestServer.JsonAsync(answer)).GetProperty("key").GetString());
    }

    [Fact]
    public async Task Create_WithUsers_Is400AsThereAreNone()
    {
        var before = await CountAsync();
        using var answer = await _server.Management().PostAsJsonAsync("/management/v1/projects",
            new { name = "X", case_sensitive_codes = true, timezone = "UTC", currency = "EUR", users = new[] { new { login = "a@b.example", role = "ADMIN" } } });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(before, await CountAsync());
    }

    [Theory]
    [InlineData("GMT+1", "2026-01-01T00:00:00Z", 1)]
    [InlineData("GMT-03:00", "2026-01-01T00:00:00Z", -3)]
    [InlineData("Etc/GMT+1", "2026-01-01T00:00:00Z", -1)]
    [InlineData("Europe/Warsaw", "2026-07-01T00:00:00Z", 2)]
    public async Task Timezone_InBothDocumentedForms_IsTheProjectsOwn(string timezone, string instant, int hours)
    {
        var project = await _server.CreateProjectAsync(new { name = "Zone", case_sensitive_codes = true, timezone, currency = "EUR" });
        Assert.Equal(timezone, (await GetAsync(project)).GetProperty("timezone").GetString());
        Assert.True(Vouchsafe.Api.Management.Projects.ProjectTimeZone.TryFind(timezone, out var zone));
        Assert.Equal(TimeSpan.FromHours(hours), zone.GetUtcOffset(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task CaseSensitiveCodes_CannotBeChanged()
    {
        var project = await _server.CreateProjectAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(project, """{ "case_sensitive_codes": false }""")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(project, """{ "case_sensitive_codes": true }""")).StatusCode);
    }

    [Theory]
    [InlineData(false, HttpStatusCode.OK)]
    [InlineData(true, HttpStatusCode.NotFound)]
    public async Task CaseSensitiveCodes_DecideWhetherACodeInOtherCaseIsFound(bool sensitive, HttpStatusCode expected)
    {
        var project = await _server.CreateProjectAsync(new { name = "Case", case_sensitive_codes = sensitive, timezone = "UTC", currency = "EUR" });
        var shop = _server.ServerOf(project);
        await shop.CreateVoucherAsync("C0dE-x");
        Assert.Equal(expected, (await shop.GetAsync("/v1/vouchers/c0de-X")).StatusCode);
    }

    [Fact]
    public async Task DefaultCharset_IsWhatGeneratedCodesAreMadeOf_AndNullGivesTheStandardBack()
    {
        var project = await _server.CreateProjectAsync();
        await PutAsync(project, """{ "default_code_config": { "charset": "XYZ" } }""");
        var shop = _server.ServerOf(project);
        var code = (await shop.CreateVoucherAsync()).GetProperty("code").GetString()!;
        Assert.All(code, c => Assert.Contains(c, "XYZ"));
        var back = await TestServer.JsonAsync(await PutAsync(project, """{ "default_code_config": { "charset": null } }"""));
        Assert.Equal(62, back.GetProperty("default_code_config").GetProperty("charset").GetString()!.Length);
    }

    [Fact]
    public async Task List_HoldsEveryProject_TheOldestFirst()
    {
        var project = await _server.CreateProjectAsync();
        var list = await _server.Management().GetFromJsonAsync<JsonElement>("/management/v1/projects");
        var ids = list.GetProperty("data").EnumerateArray().Select(p => p.GetProperty("id").GetString()).ToList();
        Assert.Equal("list", list.GetProperty("object").GetString());
        Assert.Equal("data", list.GetProperty("data_ref").GetString());
        Assert.Equal(ids.Count, list.GetProperty("total").GetInt32());
        Assert.True(list.GetProperty("data")[0].GetProperty("is_sandbox").GetBoolean());
        Assert.Contains(project.GetProperty("id").GetString(), ids);
        Assert.DoesNotContain("app_token", list.GetRawText());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task UnknownProject_Is404ThatNamesIt(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/management/v1/projects/proj_none");
        if (method == "PUT") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await _server.Management().SendAsync(request);
        var body = await TestServer.JsonAsync(answer);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("Cannot find project with id proj_none", body.GetProperty("details").GetString());
    }

    private static readonly string[] Permissions =
    [
        "client_redeem_enabled", "client_publish_enabled", "client_list_vouchers_enabled", "client_create_customer_enabled",
        "client_loyalty_events_enabled", "client_set_voucher_expiration_date_enabled",
    ];

    private Task<HttpResponseMessage> PutAsync(JsonElement project, string json) =>
        _server.Management().PutAsync(ManagementCalls.Path(project), new StringContent(json, Encoding.UTF8, "application/json"));

    private Task<JsonElement> GetAsync(JsonElement project) => _server.Management().GetFromJsonAsync<JsonElement>(ManagementCalls.Path(project));

    private async Task<int> CountAsync() =>
        (await _server.Management().GetFromJsonAsync<JsonElement>("/management/v1/projects")).GetProperty("total").GetInt32();
}
