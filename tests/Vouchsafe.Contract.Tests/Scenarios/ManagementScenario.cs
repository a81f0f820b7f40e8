using System.Text.Json.Nodes;

namespace Vouchsafe.Contract.Tests.Scenarios;

internal static class ManagementScenario
{
    internal static async Task RunAsync(Conversation c)
    {
        await Tokens(c);
        await Projects(c);
    }

    private static async Task Tokens(Conversation c)
    {
        var token = await c.Call("POST /v1/oauth/token", "grant_type=client_credentials&scope=vouchers");
        await c.Call("POST /v1/oauth/introspect", $"access_token={token["access_token"]}");
        await c.Call("POST /v1/oauth/introspect", "access_token=nonsense");
        await c.Call("POST /v1/oauth/token/revoke", $"access_token={token["access_token"]}", 204);
        await c.Call("POST /v1/oauth/token", "grant_type=password", 400);
    }

    private static async Task Projects(Conversation c)
    {
        var project = await c.Call("POST /management/v1/projects", """{"name":"Second","description":"for tests","timezone":"Europe/Warsaw","currency":"PLN","dial_code":"48","case_sensitive_codes":true}""");
        var id = project["id"];
        await c.Call($"GET /management/v1/projects/{id}");
        await c.Call("GET /management/v1/projects");
        await c.Call($"PUT /management/v1/projects/{id}", """{"name":"Other","client_trusted_domains":["shop.example"],"client_redeem_enabled":true}""");
        await StackingRules(c, id!);
        await c.Call($"DELETE /management/v1/projects/{id}", expect: 204);
        await c.Call($"GET /management/v1/projects/{id}", expect: 404);
        await c.Call("POST /management/v1/projects", """{"name":7}""", 400);
    }

    private static async Task StackingRules(Conversation c, JsonNode project)
    {
        await c.Call($"GET /management/v1/projects/{project}/stacking-rules");
        var rules = await c.Call($"POST /management/v1/projects/{project}/stacking-rules", """{"redeemables_limit":20,"applicable_redeemables_limit":3}""");
        await c.Call($"GET /management/v1/projects/{project}/stacking-rules");
        await c.Call($"GET /management/v1/projects/{project}/stacking-rules/{rules["id"]}");
        await c.Call($"PUT /management/v1/projects/{project}/stacking-rules/{rules["id"]}", """{"redeemables_limit":30}""");
        await c.Call($"PUT /management/v1/projects/{project}/stacking-rules/{rules["id"]}", """{"redeemables_limit":"many"}""", 400);
        await c.Call($"DELETE /management/v1/projects/{project}/stacking-rules/{rules["id"]}", expect: 204);
    }
}
