namespace Vouchsafe.Api.Tests.Assets;

/// <summary>Pictures of codes, for whoever was given their address.</summary>
public sealed class VoucherAssetsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;
    private HttpClient Shop => _server.Private();

    [Theory]
    [InlineData("qr", "", "image/png")]
    [InlineData("barcode", "", "image/png")]
    [InlineData("qr", "?format=svg&size=3", "image/svg+xml")]
    [InlineData("barcode", "?format=svg", "image/svg+xml")]
    [InlineData("qr", "?size=100", "image/png")]
    public async Task TheAddressInAVoucher_ShowsThePicture_WithoutCredentials(string kind, string query, string type)
    {
        var url = await UrlAsync(await Shop.AmountVoucherAsync(), kind);
        using var answer = await _server.With().GetAsync(url + query);
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("cross-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(bytes.AsSpan().StartsWith(type == "image/png" ? [0x89, (byte)'P', (byte)'N', (byte)'G'] : "<svg"u8));
    }

    [Fact]
    public async Task AnAddressThatNobodyMade_IsNotFound()
    {
        var url = await UrlAsync(await Shop.AmountVoucherAsync(), "qr");
        var other = await UrlAsync(await Shop.AmountVoucherAsync(), "qr");
        var (path, mac) = (url[..url.LastIndexOf('.')], other[other.LastIndexOf('.')..]);
        foreach (var forged in (string[])[path + mac, path, path + ".", url.Replace("/qr/", "/barcode/", StringComparison.Ordinal), url + "A", path + ".." + mac])
        {
            using var answer = await _server.With().GetAsync(forged);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{forged}: {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task ADeletedVoucher_HasNoPictureAnyMore()
    {
        var code = await Shop.AmountVoucherAsync();
        var url = await UrlAsync(code, "qr");
        await Shop.DeleteJsonAsync($"/v1/vouchers/{code}");
        using var answer = await _server.With().GetAsync(url);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task ACodeThatBarsCannotWrite_HasAQrCodeOnly()
    {
        var code = "Gr\u00fc\u00dfe-" + Calls.Fresh("x");
        (await Shop.PostAsync("/v1/vouchers", new { code, type = "GIFT_VOUCHER", gift = new { amount = 100 } })).Ok();
        var voucher = (await Shop.GetJsonAsync($"/v1/vouchers/{Uri.EscapeDataString(code)}")).Ok();
        Assert.True(voucher.Has("assets.qr.url"));
        Assert.True(voucher.Has("assets.barcode"));
        Assert.False(voucher.Has("assets.barcode.url"));
        using var answer = await _server.With().GetAsync(voucher.Text("assets.qr.url"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("?size=0", "size")]
    [InlineData("?size=101", "size")]
    [InlineData("?format=gif", "format")]
    public async Task AWishThatIsNotOffered_IsRefusedByName(string query, string named)
    {
        var answer = await _server.With().GetJsonAsync(await UrlAsync(await Shop.AmountVoucherAsync(), "qr") + query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(named, answer.Text("details"));
    }

    [Fact]
    public async Task ThePublicUrl_IsWhereAddressesLead()
    {
        await using var server = await TestServer.StartAsync([("Network:PublicUrl", "https://vouchers.shop.example/base/")]);
        var voucher = await server.Private().GetJsonAsync($"/v1/vouchers/{await server.Private().AmountVoucherAsync()}");
        Assert.StartsWith("https://vouchers.shop.example/base/api/v1/assets/qr/v_", voucher.Ok().Text("assets.qr.url"));
        await Assert.ThrowsAnyAsync<Exception>(() => TestServer.StartAsync([("Network:PublicUrl", "vouchers.shop.example")]));
    }

    private async Task<string> UrlAsync(string code, string kind)
    {
        var url = (await Shop.GetJsonAsync($"/v1/vouchers/{code}")).Ok().Text($"assets.{kind}.url")!;
        Assert.StartsWith(_server.Address, url);
        return url;
    }
}
