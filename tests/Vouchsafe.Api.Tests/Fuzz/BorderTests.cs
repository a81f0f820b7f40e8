using System.Text;
using System.Text.Json;

namespace Vouchsafe.Api.Tests.Fuzz;

/// <summary>Numbers, dates, sizes and pages at their borders: the last that is taken, the first that is refused, the field named.</summary>
public sealed class BorderTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static int _codes;

    [Theory]
    [InlineData("100")]
    [InlineData("100.0")]
    [InlineData("1e2")]
    [InlineData("1E+2")]
    [InlineData("1000e-1")]
    [InlineData("9007199254740991")]
    public Task IntegralNumbers_AreIntegers_HoweverTheyAreWritten(string number) => Taken("POST", $"/v1/vouchers/{Fresh()}", Card(number));

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e-1")]
    [InlineData("9223372036854775808")]
    [InlineData("1e400")]
    [InlineData("-1")]
    [InlineData("\"100\"")]
    [InlineData("null")]
    [InlineData("true")]
    public Task OtherNumbers_AreRefused(string number) => Refused("POST", $"/v1/vouchers/{Fresh()}", Card(number), "gift.amount");

    [Theory]
    [InlineData("2030-01-01", "2030-01-01T00:00:00.000Z")]
    [InlineData("2030-01-01T12:00:00Z", "2030-01-01T12:00:00.000Z")]
    [InlineData("2030-01-01T12:00:00+02:00", "2030-01-01T10:00:00.000Z")]
    [InlineData("2030-01-01T12:00:00.123456789Z", "2030-01-01T12:00:00.123Z")]
    [InlineData("2028-02-29", "2028-02-29T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z")]
    public async Task Dates_AreInstantsInUtc(string written, string read)
    {
        var voucher = await Taken("POST", $"/v1/vouchers/{Fresh()}", Discount($"\"expiration_date\":\"{written}\""));
        Assert.Equal(read, voucher.GetProperty("expiration_date").GetString());
    }

    [Theory]
    [InlineData("2030-02-30")]
    [InlineData("2030-13-01")]
    [InlineData("2016-12-31T23:59:60Z")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("10000-01-01")]
    [InlineData("0000-01-01")]
    [InlineData("2030-01-01T24:01:00Z")]
    [InlineData("2030-01-01T00:00:00+99:00")]
    [InlineData("01/02/2030")]
    [InlineData("tomorrow")]
    [InlineData("")]
    public Task ImpossibleDates_AreRefused(string written) => Refused("POST", $"/v1/vouchers/{Fresh()}", Discount($"\"expiration_date\":\"{written}\""), "expiration_date");

    [Theory]
    [InlineData("P1D", "PT0S")]
    [InlineData("P0D", "PT1H")]
    [InlineData("P1D", "P-1D")]
    [InlineData("P1000Y", "P1D")]
    [InlineData("1 day", "P1D")]
    [InlineData("PT", "P1D")]
    public Task ImpossibleTimeframes_AreRefused(string interval, string duration) => Refused(
        "POST", $"/v1/vouchers/{Fresh()}", Discount($$"""
        "start_date":"2030-01-01","validity_timeframe":{"interval":"{{interval}}","duration":"{{duration}}"}
        """), "validity_timeframe");

    [Fact]
    public async Task TextsAndObjects_MayBeAsLongAsDocumented_AndNoLonger()
    {
        await Taken("POST", "/v1/customers", $$"""{"source_id":"{{Fresh()}}","name":"{{new string('n', 255)}}"}""");
        await Refused("POST", "/v1/customers", $$"""{"source_id":"{{Fresh()}}","name":"{{new string('n', 256)}}"}""", "name");
        await Taken("POST", "/v1/customers", $$$"""{"source_id":"{{{Fresh()}}}","metadata":{"a":"{{{new string('m', 64 * 1024 - 8)}}}"}}""");
        await Refused("POST", "/v1/customers", $$$"""{"source_id":"{{{Fresh()}}}","metadata":{"a":"{{{new string('m', 64 * 1024)}}}"}}""", "metadata");
        await Refused("POST", "/v1/vouchers", Discount("\"code_config\":{\"length\":129}"), "code_config.length");
        await Refused("POST", "/v1/vouchers", Discount("\"code_config\":{\"charset\":\"A\"}"), "code_config.charset");
        await Refused("POST", "/v1/vouchers", Discount("\"code_config\":{\"pattern\":\"FIXED\"}"), "code_config.pattern");
        await Taken("POST", "/v1/vouchers", Discount("\"code_config\":{\"length\":128}"));
    }

    [Theory]
    [InlineData("limit=1&page=1", null)]
    [InlineData("limit=100&page=1", null)]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=1.0", "limit")]
    [InlineData("limit=99999999999999999999", "limit")]
    [InlineData("page=0", "page")]
    [InlineData("page=-1", "page")]
    [InlineData("page=x", "page")]
    [InlineData("page=1&page=2", "page")]
    [InlineData("order=no_such_member", "order")]
    public async Task Pages_AreTakenWithinTheirLimits(string query, string? field)
    {
        foreach (var list in (string[])["vouchers", "campaigns", "customers", "orders", "products", "redemptions", "publications", "validation-rules", "product-collections", "promotions/tiers"])
            if (field is null) await Taken("GET", $"/v1/{list}?{query}", null);
            else await Refused("GET", $"/v1/{list}?{query}", null, field);
    }

    [Fact]
    public async Task RangesOfDates_ThatNobodyCanRead_AreRefused()
    {
        foreach (var list in (string[])["vouchers", "campaigns", "customers", "orders", "redemptions"])
            await Refused("GET", $"/v1/{list}?created_at[after]=yesterday", null, "created_at");
    }

    private static string Fresh() => $"BORDER-{Interlocked.Increment(ref _codes)}";

    private static string Card(string amount) => $$$"""{"type":"GIFT_VOUCHER","gift":{"amount":{{{amount}}}}}""";

    private static string Discount(string member) => $$$"""{"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10},{{{member}}}}""";

    private async Task<JsonElement> Taken(string verb, string path, string? body)
    {
        var (status, answer) = await Send(verb, path, body);
        Assert.True(status == HttpStatusCode.OK, $"{path} {body}: {answer}");
        return answer;
    }

    private async Task Refused(string verb, string path, string? body, string field)
    {
        var (status, answer) = await Send(verb, path, body);
        Assert.True(status == HttpStatusCode.BadRequest, $"{path} {body}: {(int)status} {answer}");
        Assert.Contains(field, answer.GetProperty("details").GetString(), StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode, JsonElement)> Send(string verb, string path, string? body)
    {
        using var shop = shared.Server.Private();
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await shop.SendAsync(new HttpRequestMessage(new HttpMethod(verb), path) { Content = content });
        return (answer.StatusCode, await TestServer.JsonAsync(answer));
    }
}
