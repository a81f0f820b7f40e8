using System.Text.Json;
using Vouchsafe.Engine.Loyalty;
using Vouchsafe.Engine.Money;

namespace Vouchsafe.Engine.Tests.Loyalty;

public class EarningDefinitionTests
{
    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static EarningDefinition Read(string json) => JsonSerializer.Deserialize<EarningDefinition>(json, Wire)!;

    [Theory]
    [InlineData("""{"type":"FIXED","points":5}""", 5)]
    [InlineData("""{"type":"FIXED","points":"5"}""", 5)]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":1000,"points":3}}}""", 30)]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_TOTAL_AMOUNT","order":{"total_amount":{"every":1000,"points":3}}}""", 21)]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":11000,"points":3}}}""", 0)]
    public void Points_AreFixedOrForEveryFullPortion(string json, long points)
    {
        var definition = Read(json);
        Assert.Empty(definition.Check());
        Assert.Equal(points, definition.PointsFor(amount: 10_999, totalAmount: 7_500));
    }

    [Theory]
    [InlineData("{}", "loyalty.type")]
    [InlineData("""{"type":"FIXED"}""", "loyalty.points")]
    [InlineData("""{"type":"FIXED","points":0}""", "loyalty.points")]
    [InlineData("""{"type":"FIXED","points":1.5}""", "loyalty.points")]
    [InlineData("""{"type":"FIXED","points":1,"points_formula":"1"}""", "loyalty.points_formula")]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_METADATA"}""", "loyalty.calculation_type")]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_TOTAL_AMOUNT","order":{"amount":{"every":1,"points":1}}}""", "loyalty.order.total_amount")]
    [InlineData("""{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":0,"points":1}}}""", "loyalty.order.amount.every")]
    public void AnythingElse_IsRefusedByName(string json, string field) => Assert.Equal(field, Read(json).Check()[0].Field);

    [Fact]
    public void Points_StayWithinWhatACardHolds() =>
        Assert.Equal(Minor.Max, Read("""{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":1,"points":9000000000000000}}}""").PointsFor(1_000, 0));
}
