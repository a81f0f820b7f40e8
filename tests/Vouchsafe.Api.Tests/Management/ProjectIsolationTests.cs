using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Tests.Management;

/// <summary>
/// Nothing of one project can be seen, changed or told apart from nothing by another: every operation with an id in its
/// path answers the id of another project as it answers one that never was.
/// </summary>
public sealed partial class ProjectIsolationTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    [Fact]
    public async Task IdsOfAnotherProject_AreAnsweredLikeUnknownOnes_ByEveryOperation()
    {
        var (owner, stranger) = (_server.ServerOf(await _server.CreateProjectAsync()), _server.ServerOf(await _server.CreateProjectAsync()));
        var theirs = await FilledProject.MakeAsync(owner);
        var before = await FilledProject.StateAsync(owner, theirs);
        var asked = 0;
        foreach (var (method, pattern) in Operations())
        {
            foreach (var foreign in Parameters(pattern, theirs))
            {
                // The stranger's own path is alike but for the ids, of the same length and shape.
                var unknown = foreign.ToDictionary(p => p.Key, p => Scramble(p.Value));
                var (seen, expected) = (await AskAsync(stranger, method, pattern, foreign), await AskAsync(stranger, method, pattern, unknown));
                Assert.True(seen == expected, $"{method} {Fill(pattern, foreign)}: {seen}\nan unknown id: {expected}");
                asked++;
            }
        }
        Assert.True(asked > 60, $"Only {asked} operations were asked.");
        Assert.Equal(before, await FilledProject.StateAsync(owner, theirs));
        var release = await owner.DeleteJsonAsync($"/v1/vouchers/{theirs["code"]}/sessions/{theirs["sessionKey"]}");
        Assert.True((int)release.Status is 200 or 204, "The session was still held.");
    }

    [Fact]
    public async Task ListsOfAProject_HoldNothingOfAnother()
    {
        var (owner, stranger) = (_server.ServerOf(await _server.CreateProjectAsync()), _server.ServerOf(await _server.CreateProjectAsync()));
        var theirs = await FilledProject.MakeAsync(owner);
        var lists = Endpoints(Channel.Private).Where(e => e.Method == "GET" && !e.Pattern.Contains('{')).Select(e => e.Pattern)
            .Where(path => path is not "/v1/publications/create") // publishes, although it is a GET
            .Distinct().ToList();
        Assert.True(lists.Count >= 12, string.Join(' ', lists));
        foreach (var path in lists)
        {
            var text = await stranger.GetStringAsync(path);
            foreach (var id in theirs.Values) Assert.False(text.Contains(id, StringComparison.Ordinal), $"GET {path} shows {id}");
        }
    }

    [Theory]
    [InlineData("/v1/validations", "voucher", "code")]
    [InlineData("/v1/validations", "promotion_tier", "promotionTierId")]
    [InlineData("/v1/validations", "promotion_stack", "stackId")]
    [InlineData("/v1/redemptions", "voucher", "code")]
    [InlineData("/v1/redemptions", "promotion_tier", "promotionTierId")]
    [InlineData("/v1/redemptions", "promotion_stack", "stackId")]
    public async Task RedeemablesOfAnotherProject_AreAnsweredLikeUnknownOnes(string path, string kind, string parameter)
    {
        var (owner, stranger) = (_server.ServerOf(await _server.CreateProjectAsync()), _server.ServerOf(await _server.CreateProjectAsync()));
        var theirs = await FilledProject.MakeAsync(owner);
        var foreign = theirs[parameter];
        var unknown = Scramble(foreign);

        var (seen, expected) = (await TryAsync(foreign), await TryAsync(unknown));

        Assert.Equal(expected, seen);
        Assert.DoesNotContain("\"valid\":true", seen);
        Assert.Equal(0, await CountRedemptionsAsync(stranger));

        async Task<string> TryAsync(string id) => await NormalisedAsync(
            await stranger.PostAsJsonAsync(path, new { redeemables = new[] { new { @object = kind, id } }, order = new { amount = 10_000 } }), [foreign, unknown]);
    }

    /// <summary>Every place in a body or query that takes an id; ID stands for it, MINE for one of the caller's own.</summary>
    private static readonly (string Method, string Path, string? Body, string Parameter)[] References =
    [
        ("GET", "/v1/redemptions?customer=ID", null, "customerId"),
        ("GET", "/v1/vouchers?campaign_id=ID", null, "campaignId"),
        ("GET", "/v1/vouchers?customer=ID", null, "customerId"),
        ("GET", "/v1/publications?customer=ID", null, "customerId"),
        ("GET", "/v1/publications?voucher=ID", null, "code"),
        ("GET", "/v1/validation-rules-assignments?related_object_id=ID", null, "campaignId"),
        ("POST", "/v1/validation-rules/MINE/assignments", """{"related_object_id":"ID","related_object_type":"voucher"}""", "code"),
        ("POST", "/v1/validation-rules/MINE/assignments", """{"related_object_id":"ID","related_object_type":"campaign"}""", "campaignId"),
        ("POST", "/v1/vouchers", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10},"campaign_id":"ID"}""", "codesCampaign"),
        ("POST", "/v1/vouchers", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10},"category_id":"ID"}""", "categoryId"),
        ("POST", "/v1/vouchers", """{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10},"validation_rules":["ID"]}""", "validationRuleId"),
        ("POST", "/v1/campaigns", """{"name":"C","campaign_type":"DISCOUNT_COUPONS","category_id":"ID","voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10}}}""", "categoryId"),
        ("POST", "/v1/campaigns", """{"name":"C","campaign_type":"DISCOUNT_COUPONS","validation_rules":["ID"],"voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10}}}""", "validationRuleId"),
        ("POST", "/v1/rewards", """{"name":"R","type":"CAMPAIGN","parameters":{"campaign":{"id":"ID"}}}""", "codesCampaign"),
        ("POST", "/v1/redemptions", """{"redeemables":[{"object":"voucher","id":"ID","reward":{"id":"rew_x"}}],"order":{"amount":100}}""", "loyalties:memberId"),
        ("POST", "/v1/publications", """{"voucher":"ID","customer":{"source_id":"stranger"}}""", "code"),
        ("POST", "/v1/publications", """{"campaign":{"id":"ID"},"customer":{"source_id":"stranger"}}""", "codesCampaign"),
        ("POST", "/v1/publications", """{"voucher":"x","customer":{"id":"ID"}}""", "customerId"),
        ("POST", "/v1/product-collections", """{"name":"PC","type":"STATIC","products":[{"id":"ID","object":"product"}]}""", "productId"),
        ("POST", "/v1/product-collections", """{"name":"PC","type":"STATIC","products":[{"id":"ID","object":"sku"}]}""", "skuId"),
        ("POST", "/v1/segments", """{"name":"S","type":"static","customers":["ID"]}""", "customerId"),
        ("POST", "/v1/orders", """{"amount":100,"customer":{"id":"ID"}}""", "customerId"),
        ("POST", "/v1/orders", """{"items":[{"product_id":"ID","quantity":1}]}""", "productId"),
        ("POST", "/v1/orders", """{"items":[{"sku_id":"ID","quantity":1}]}""", "skuId"),
        ("POST", "/v1/qualifications", """{"scenario":"ALL","customer":{"id":"ID"}}""", "customerId"),
        ("POST", "/v1/qualifications", """{"scenario":"CUSTOMER_WALLET","customer":{"id":"ID"}}""", "customerId"),
        ("POST", "/v1/qualifications", """{"scenario":"ALL","order":{"items":[{"product_id":"ID","quantity":1}]}}""", "productId"),
        ("POST", "/v1/vouchers/qualification", """{"customer":{"id":"ID"},"order":{"amount":100}}""", "customerId"),
        ("POST", "/v1/vouchers/qualification", """{"order":{"items":[{"product_id":"ID","quantity":1}]}}""", "productId"),
        ("POST", "/v1/campaigns/qualification", """{"customer":{"id":"ID"},"order":{"amount":100}}""", "customerId"),
        ("POST", "/v1/campaigns/qualification", """{"order":{"id":"ID"}}""", "orderId"),
        ("POST", "/v1/validations", """{"redeemables":[{"object":"voucher","id":"MINE-CODE"}],"order":{"id":"ID"}}""", "orderId"),
        ("POST", "/v1/redemptions", """{"redeemables":[{"object":"voucher","id":"MINE-CODE"}],"order":{"id":"ID"}}""", "orderId"),
        ("POST", "/v1/redemptions", """{"redeemables":[{"object":"voucher","id":"MINE-CODE"}],"order":{"amount":100},"customer":{"id":"ID"}}""", "customerId"),
        ("POST", "/v1/vouchers/MINE-CODE/validate", """{"order":{"items":[{"product_id":"ID","quantity":2}]}}""", "productId"),
    ];

    [Fact]
    public async Task ReferencesToAnotherProject_InBodiesAndQueries_AreAnsweredLikeUnknownOnes()
    {
        var owner = _server.ServerOf(await _server.CreateProjectAsync());
        var theirs = await FilledProject.MakeAsync(owner);
        var before = await FilledProject.StateAsync(owner, theirs);
        foreach (var (method, path, body, parameter) in References)
        {
            var (foreign, unknown) = (theirs[parameter], Scramble(theirs[parameter]));
            // A project of their own for each, as the first call may leave something behind.
            var (seen, expected) = (await TryAsync(foreign), await TryAsync(unknown));
            Assert.True(seen == expected, $"{method} {path} {body}\nforeign: {seen}\nunknown: {expected}");

            async Task<string> TryAsync(string id)
            {
                var stranger = _server.ServerOf(await _server.CreateProjectAsync());
                await stranger.CreateVoucherAsync("MINE-CODE");
                var rule = (await FilledProject.PostAsync(stranger, "/v1/validation-rules", new { name = "Rule", type = "basic", rules = new { } })).GetProperty("id").GetString()!;
                string Put(string text) => text.Replace("ID", id, StringComparison.Ordinal).Replace("MINE/", rule + "/", StringComparison.Ordinal);
                using var request = new HttpRequestMessage(new HttpMethod(method), Put(path));
                if (body is not null) request.Content = new StringContent(Put(body), Encoding.UTF8, "application/json");
                var text = await NormalisedAsync(await stranger.SendAsync(request), [id]);
                return Code().Replace(text, "\"code\":\"CODE\"");
            }
        }
        Assert.Equal(before, await FilledProject.StateAsync(owner, theirs));
    }

    [Theory]
    [InlineData("/client/v1/validations", """{"redeemables":[{"object":"voucher","id":"ID"}],"order":{"amount":100}}""", "code")]
    [InlineData("/client/v1/validations", """{"redeemables":[{"object":"promotion_tier","id":"ID"}],"order":{"amount":100}}""", "promotionTierId")]
    [InlineData("/client/v1/redemptions", """{"redeemables":[{"object":"voucher","id":"ID"}],"order":{"amount":100}}""", "code")]
    [InlineData("/client/v1/redeem?code=ID", "{}", "code")]
    [InlineData("/client/v1/publish", """{"voucher":"ID","customer":{"source_id":"stranger"}}""", "code")]
    [InlineData("/client/v1/publish", """{"campaign":"ID","customer":{"source_id":"stranger"}}""", "codesCampaign")]
    [InlineData("/client/v1/qualifications", """{"scenario":"ALL","customer":{"id":"ID"}}""", "customerId")]
    public async Task ReferencesToAnotherProject_OnThePublicChannel_AreAnsweredLikeUnknownOnes(string path, string body, string parameter)
    {
        var theirs = await FilledProject.MakeAsync(_server.ServerOf(await _server.CreateProjectAsync()));
        var mine = await _server.CreateProjectAsync(new
        {
            name = "Mine", case_sensitive_codes = true, timezone = "UTC", currency = "EUR", client_trusted_domains = new[] { "shop.example" },
            client_redeem_enabled = true, client_publish_enabled = true,
        });
        var page = _server.PageOf(mine, TestServer.Origin);
        var (foreign, unknown) = (theirs[parameter], Scramble(theirs[parameter]));
        Assert.Equal(await TryAsync(unknown), await TryAsync(foreign));

        async Task<string> TryAsync(string id) => TrackingId().Replace(await NormalisedAsync(
            await page.PostAsync(path.Replace("ID", id), new StringContent(body.Replace("ID", id), Encoding.UTF8, "application/json")), [id]), "\"tracking_id\":\"T\"");
    }

    [Fact]
    public async Task CustomersOfAnotherProject_AreNotTakenIntoAnOrder()
    {
        var (owner, stranger) = (_server.ServerOf(await _server.CreateProjectAsync()), _server.ServerOf(await _server.CreateProjectAsync()));
        var customer = await FilledProject.PostAsync(owner, "/v1/customers", new { source_id = "buyer", name = "Ada Private" });
        using var answer = await stranger.PostAsJsonAsync("/v1/orders", new { amount = 100, customer = new { id = customer.GetProperty("id").GetString() } });
        Assert.DoesNotContain("Ada Private", await answer.Content.ReadAsStringAsync());
        await FilledProject.PostAsync(stranger, "/v1/customers", new { source_id = "buyer", name = "Bob" });
        Assert.Equal("Ada Private", (await owner.GetFromJsonAsync<JsonElement>("/v1/customers/buyer")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task SameCode_InTwoProjects_IsTwoVouchers()
    {
        var (left, right) = (_server.ServerOf(await _server.CreateProjectAsync()), _server.ServerOf(await _server.CreateProjectAsync()));
        var (one, other) = (await left.CreateVoucherAsync("SAME"), await right.CreateVoucherAsync("SAME"));
        Assert.NotEqual(one.GetProperty("id").GetString(), other.GetProperty("id").GetString());
        await left.DeleteAsync("/v1/vouchers/SAME?force=true");
        Assert.Equal(HttpStatusCode.NotFound, (await left.GetAsync("/v1/vouchers/SAME")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await right.GetAsync("/v1/vouchers/SAME")).StatusCode);
    }

    [Fact]
    public async Task SameIdempotencyKey_InTwoProjects_HasAnEffectInEach()
    {
        var (left, right) = (_server.ServerOf(await _server.CreateProjectAsync()), _server.ServerOf(await _server.CreateProjectAsync()));
        foreach (var shop in new[] { left, right })
        {
            await shop.CreateVoucherAsync("ONCE");
            shop.DefaultRequestHeaders.Add("Idempotency-Key", "the-same-key");
        }
        var (one, other) = (await FilledProject.PostAsync(left, "/v1/vouchers/ONCE/redemption", new { order = new { amount = 1_000 } }),
            await FilledProject.PostAsync(right, "/v1/vouchers/ONCE/redemption", new { order = new { amount = 1_000 } }));
        Assert.NotEqual(one.GetProperty("id").GetString(), other.GetProperty("id").GetString());
        Assert.Equal((1, 1), (await CountRedemptionsAsync(left), await CountRedemptionsAsync(right)));
    }

    [Fact]
    public async Task CodesOfAnotherProject_OnThePublicChannel_AreAnsweredLikeUnknownOnes()
    {
        var (first, second) = (await _server.CreateProjectAsync(), await _server.CreateProjectAsync());
        var code = (await _server.ServerOf(first).CreateVoucherAsync("FOREIGN-CODE")).GetProperty("code").GetString()!;
        var page = _server.PageOf(second, TestServer.Origin);
        var foreign = await NormalisedAsync(await page.GetAsync($"/client/v1/validate?code={code}&amount=1000"), [code]);
        var unknown = await NormalisedAsync(await page.GetAsync("/client/v1/validate?code=UNKNOWN-CODE&amount=1000"), ["UNKNOWN-CODE"]);
        Assert.Equal(unknown, foreign);
    }

    private IEnumerable<(string Method, string Pattern)> Operations() => Endpoints(Channel.Private)
        .Where(e => e.Pattern.Contains('{'))
        // Creation under a name of the caller's own, which another project's name does not hinder.
        .Where(e => (e.Method, e.Pattern) is not ("POST", "/v1/vouchers/{code}"));

    private IEnumerable<(string Method, string Pattern)> Endpoints(Channel channel) =>
        from endpoint in _server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().Distinct()
        where endpoint.Metadata.GetMetadata<Operation>()?.Channel == channel
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select (method, endpoint.RoutePattern.RawText!);

    /// <summary>The sets of ids to try on a path: every parameter one of the other project's.</summary>
    private static IEnumerable<Dictionary<string, string>> Parameters(string pattern, Dictionary<string, string> ids)
    {
        var names = Parameter().Matches(pattern).Select(m => m.Groups[1].Value).ToList();
        // Some names mean another thing in another area.
        string? IdOf(string name) => ids.GetValueOrDefault($"{pattern.Split('/')[2]}:{name}") ?? ids.GetValueOrDefault(name);
        var missing = names.Where(n => IdOf(n) is null).ToList();
        Assert.True(missing.Count == 0, $"{pattern}: no id for {string.Join(", ", missing)}; add the resource to FilledProject.");
        yield return names.ToDictionary(n => n, n => IdOf(n)!);
        if (pattern.StartsWith("/v1/campaigns/", StringComparison.Ordinal)) yield return names.ToDictionary(n => n, n => n == "campaignId" ? ids["codesCampaign"] : ids[n]);
    }

    private static async Task<string> AskAsync(HttpClient caller, string method, string pattern, Dictionary<string, string> ids)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Fill(pattern, ids));
        if (method is "POST" or "PUT") request.Content = new StringContent(BodyFor(method, pattern), Encoding.UTF8, "application/json");
        return await NormalisedAsync(await caller.SendAsync(request), ids.Values);
    }

    /// <summary>A body that passes the checks before the look-up, as far as there are any.</summary>
    private static string BodyFor(string method, string pattern) => (method, pattern) switch
    {
        (_, "/v1/vouchers/{code}/balance") => """{"amount":100}""",
        (_, "/v1/vouchers/{code}/redemption") or (_, "/v1/vouchers/{code}/validate") => """{"order":{"amount":1000}}""",
        (_, "/v1/promotions/tiers/{promotionTierId}/validation") => """{"order":{"amount":1000}}""",
        ("POST", "/v1/promotions/{campaignId}/tiers") => """{"name":"T","action":{"discount":{"type":"PERCENT","percent_off":10}}}""",
        ("POST", "/v1/promotions/{campaignId}/stacks") => """{"name":"S","tiers":{"ids":["promo_x"]}}""",
        ("POST", "/v1/products/{productId}/skus") => """{"sku":"S"}""",
        ("POST", "/v1/validation-rules/{validationRuleId}/assignments") => """{"related_object_id":"x","related_object_type":"voucher"}""",
        (_, "/v1/loyalties/{campaignId}/members") => """{"customer":{"source_id":"stranger"}}""",
        ("POST", "/v1/loyalties/{campaignId}/earning-rules") => """[{"event":"order.paid","loyalty":{"type":"FIXED","points":5}}]""",
        ("POST", "/v1/loyalties/{campaignId}/rewards") => """[{"reward":"rew_x"}]""",
        ("POST", "/v1/rewards/{rewardId}/assignments") => """{"campaign":"camp_x","parameters":{"loyalty":{"points":5}}}""",
        ("POST", _) when pattern.EndsWith("/balance", StringComparison.Ordinal) => """{"points":5}""",
        ("POST", _) when pattern.EndsWith("/members/{memberId}/redemption", StringComparison.Ordinal) => """{"reward":{"id":"rew_x"},"order":{"amount":100}}""",
        ("POST", _) when pattern.EndsWith("/holders", StringComparison.Ordinal) => """{"holders":[{"source_id":"stranger"}]}""",
        ("PUT", "/v1/categories/{categoryId}") => """{"name":"changed","hierarchy":9}""",
        ("PUT", "/v1/orders/{orderId}") => """{"status":"CANCELED"}""",
        ("PUT", _) => """{"name":"changed","metadata":{"a":1},"active":false}""",
        _ => "{}",
    };

    private static string Fill(string pattern, Dictionary<string, string> ids) => Parameter().Replace(pattern, m => ids[m.Groups[1].Value]);

    /// <summary>Another id of the same shape: the letters behind the prefix, turned.</summary>
    private static string Scramble(string id)
    {
        var underscore = id.IndexOf('_', StringComparison.Ordinal);
        return id[..(underscore + 1)] + new string([.. id[(underscore + 1)..].Reverse()]);
    }

    private static async Task<string> NormalisedAsync(HttpResponseMessage answer, IEnumerable<string> ids)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            foreach (var id in ids) text = text.Replace(id, "ID", StringComparison.Ordinal);
            text = Instant().Replace(Minted().Replace(text, "$1_MINTED"), "INSTANT");
            return $"{(int)answer.StatusCode} {Secret().Replace(text, "v-")}";
        }
    }

    private static async Task<int> CountRedemptionsAsync(HttpClient shop) =>
        (await shop.GetFromJsonAsync<JsonElement>("/v1/redemptions?result=SUCCESS")).GetProperty("total").GetInt32();

    [GeneratedRegex(@"\{([A-Za-z]+)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("v-[0-9a-f]{18}")]
    private static partial Regex Secret();

    // With the signature of a picture's address, if there is one.
    [GeneratedRegex("\\b([a-z]+)_[0-9a-hj-km-np-tv-z]{26}(?:\\.[A-Za-z0-9_-]+|\\b)")]
    private static partial Regex Minted();

    [GeneratedRegex("\"code\":\"[^\"]*\"")]
    private static partial Regex Code();

    [GeneratedRegex("\"tracking_id\":\"[^\"]*\"")]
    private static partial Regex TrackingId();

    [GeneratedRegex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z")]
    private static partial Regex Instant();
}
