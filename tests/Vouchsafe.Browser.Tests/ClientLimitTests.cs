using System.Diagnostics;
using System.Text.Json.Nodes;
using Vouchsafe.Browser.Tests.Infrastructure;

namespace Vouchsafe.Browser.Tests;

/// <summary>
/// Five requests in five seconds and address, as a page with <c>voucherify.js</c> lives it, with the server's own settings.
/// The clock is the real one: a run in which the first six calls took longer than the window proves nothing and is repeated.
/// </summary>
public sealed class ClientLimitTests(Chromium chromium)
{
    private const string Documented =
        """{"type":"error","message":"XHR error happened.","context":{"readyState":4,"responseText":"API calls limit exceeded.","status":429,"statusText":"Too Many Requests"}}""";

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task SixthCallWithinFiveSeconds_IsTheDocumentedErrorToTheByte_AndAfterTheWaitItWorksAgain()
    {
        await using var shop = await Shop.OpenAsync(chromium);
        await shop.AmountOffAsync("LIMIT", 500);
        var page = await shop.PageAsync();

        for (var attempt = 1; ; attempt++)
        {
            var watch = Stopwatch.StartNew();
            string[] five =
            [
                await page.CallAsync("validate", new { code = "LIMIT", amount = 2000 }),
                await page.CallAsync("listVouchers", new { limit = 5 }),
                await page.CallAsync("redeem", "LIMIT", new { order = new { amount = 2000 } }),
                await page.CallAsync("validate", "LIMIT"),
                await page.CallAsync("track", "looked", new { }, new { source_id = "visitor" }),
            ];
            var sixth = await page.CallAsync("redeem", "LIMIT", new { order = new { amount = 2000 } });
            var inTime = watch.Elapsed < Window;

            Assert.All(five, answer => Assert.DoesNotContain("XHR error", answer, StringComparison.Ordinal));
            if (!inTime && attempt < 5)
            {
                await Task.Delay(Window);
                continue;
            }
            Assert.Equal(Documented, sixth);
            Assert.Equal(attempt, await shop.RedeemedAsync("LIMIT"));
            break;
        }

        var seconds = await page.RunAsync("""
            () => new Promise(resolve => Voucherify.validate('LIMIT', error => resolve(error.context?.getResponseHeader?.('Retry-After') ?? '')))
            """);
        Assert.InRange(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture), 1, 5);
        await Task.Delay(Window);

        Assert.True((await page.AnswerAsync("validate", "LIMIT"))["valid"]!.GetValue<bool>());
    }

    [Fact]
    public async Task CallsAtOnce_ExactlyFiveWork_AndPromisesGetTheSameError()
    {
        await using var shop = await Shop.OpenAsync(chromium);
        await shop.AmountOffAsync("BURST", 500);
        var page = await shop.PageAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => page.PromisedCallAsync("validate", new { code = "BURST", amount = 1000 })));

        Assert.Equal(5, answers.Count(a => a.StartsWith("done ", StringComparison.Ordinal)));
        Assert.All(answers.Where(a => a.StartsWith("fail ", StringComparison.Ordinal)), a => Assert.Equal("fail " + Documented, a));
    }

    [Fact]
    public async Task Sdk_OverTheLimit_GetsItsTypedErrorAndCanReadTheHeaders()
    {
        await using var shop = await Shop.OpenAsync(chromium);
        await shop.AmountOffAsync("TYPED", 500);
        var page = await shop.PageAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => page.SdkAsync("validate", "TYPED")));

        Assert.Equal(5, answers.Count(a => a["answer"]?["valid"]?.GetValue<bool>() == true));
        Assert.All(answers.Select(a => a["error"]).OfType<JsonNode>(), error =>
        {
            Assert.Equal(429, error["code"]!.GetValue<int>());
            Assert.Equal("too_many_requests", error["key"]!.ToString());
            Assert.Equal("5", error["headers"]!["x-rate-limit-limit"]!.ToString());
            Assert.Equal("0", error["headers"]!["x-rate-limit-remaining"]!.ToString());
            Assert.NotNull(error["headers"]!["retry-after"]);
        });
    }

    [Fact]
    public async Task Preflights_OfEveryCall_AreAnsweredAndCostNothingOfTheLimit()
    {
        await using var shop = await Shop.OpenAsync(chromium);
        await shop.AmountOffAsync("FREE", 500);
        var page = await shop.PageAsync();
        var preflights = await Preflights.WatchAsync(page.Page);

        // Five addresses, so five preflights: with the calls themselves twice what the limit allows.
        var answers = await Task.WhenAll(
            page.CallAsync("validate", "FREE"), page.CallAsync("validate", new { code = "FREE", amount = 1 }), page.CallAsync("listVouchers", new { limit = 1 }),
            page.CallAsync("redeem", "FREE", new { order = new { amount = 700 } }), page.CallAsync("track", "seen", new { }, new { source_id = "visitor" }));

        Assert.All(answers, answer => Assert.DoesNotContain("XHR error", answer, StringComparison.Ordinal));
        Assert.Equal(5, preflights.Statuses.Count);
        Assert.All(preflights.Statuses, status => Assert.Equal(204, status));
    }
}
