using System.Text;

namespace Vouchsafe.Security.Tests.Webhooks;

public class WebhookSignatureTests
{
    [Theory] // the documented examples
    [InlineData("{\"a\":1}", "a17d2ac229d1ebbb5f10e839c7985c4818e5986eab297f7e5979196d4d7d3ed2")]
    [InlineData("{\"a\\\"b\":1}", "f7cf97814a03146abedb9793f56e1dec34f618f82d10395310d053f749483ffb")]
    [InlineData("  message  ", "53ff92957e1427ce23ad5bda9d0c5f2f4ff384d0806b83eeacb510c842d3a358")]
    public void Sign_IsTheDocumentedHmac(string body, string signature)
    {
        var bytes = Encoding.UTF8.GetBytes(body);

        Assert.Equal(signature, WebhookSignature.Sign(bytes, "secretKey"));
        Assert.True(WebhookSignature.Verify(bytes, "secretKey", signature));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a17d2ac229d1ebbb5f10e839c7985c4818e5986eab297f7e5979196d4d7d3ed3")]
    [InlineData("A17D2AC229D1EBBB5F10E839C7985C4818E5986EAB297F7E5979196D4D7D3ED2")]
    public void Verify_OnAnotherSignature_Refuses(string? signature)
    {
        Assert.False(WebhookSignature.Verify("{\"a\":1}"u8, "secretKey", signature));
    }
}
