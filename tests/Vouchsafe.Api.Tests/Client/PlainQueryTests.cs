using System.Text.Json;
using CsCheck;
using Vouchsafe.Api.Client;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Wire;
using Xunit;

namespace Vouchsafe.Api.Tests.Client;

/// <summary>The short way of reading a query and the long one never disagree.</summary>
public sealed class PlainQueryTests
{
    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.Const(""), Gen.Const("0"), Gen.Const("-5"), Gen.Const("+5"), Gen.Const("5.0"), Gen.Const("9223372036854775808"), Gen.Const("%41"), Gen.Const("a b"),
        Gen.Long[0, 99_999].Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)), Gen.String[Gen.Char["ABCxyz019-_~.!*()"], 1, 12]);

    private static readonly Gen<string> Query =
        Gen.Select(Gen.OneOf(Gen.Const("code"), Gen.Const("amount"), Gen.Const("tracking_id"), Gen.Const("session_key"), Gen.Const("order"), Gen.Const("Code"), Gen.Const("metadata[a]"), Gen.Const("")), Value, (name, value) => $"{name}={value}")
            .List[0, 5].Select(pairs => (pairs.Count % 2 == 0 ? "?" : "") + string.Join('&', pairs));

    [Fact]
    public void TryRead_SaysWhatTheTreeSays_OrLeavesItToTheTree() => Query.Sample(query =>
    {
        if (!PlainQuery.TryRead(query, out var plain)) return;
        Assert.False(ContextQuery.Read(query).Failed(out _, out var tree), query);
        Assert.False(tree.As<UseRequest>().Failed(out _, out var read), query);
        Assert.Equal(JsonSerializer.Serialize(read.For(tree.Code!), WireJson.Options), JsonSerializer.Serialize(plain, WireJson.Options));
    }, iter: 20_000);

    [Theory]
    [InlineData("?code=WELCOME-10&amount=1000")]
    [InlineData("code=A&tracking_id=track_x")]
    public void TryRead_TakesWhatPagesSend(string query) => Assert.True(PlainQuery.TryRead(query, out _));
}
