namespace Vouchsafe.Api.Tests.Demo;

public sealed class DemoShopTests
{
    [Fact]
    public async Task TheShop_IsThreeFilesWithoutAnyKey_UnderAPolicyThatRunsNothingElse()
    {
        await using var server = await TestServer.StartAsync();
        using var stranger = server.With();
        foreach (var (path, type) in new[] { ("/demo", "text/html"), ("/demo/demo.js", "text/javascript"), ("/demo/demo.css", "text/css") })
        {
            using var answer = await stranger.GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.DoesNotContain(TestServer.ClientId, text);
            Assert.DoesNotContain(TestServer.ClientToken, text);
            if (path == "/demo") Assert.DoesNotMatch("<script(?! src=)|<style| on[a-z]+=| style=", text);
        }
    }

    [Fact]
    public async Task SwitchedOff_NothingStandsThere()
    {
        await using var server = await TestServer.StartAsync([("Demo:Enabled", "false")]);
        foreach (var path in new[] { "/demo", "/demo/demo.js", "/demo/demo.css" })
            Assert.Equal(HttpStatusCode.NotFound, (await server.With().GetAsync(path)).StatusCode);
    }
}
