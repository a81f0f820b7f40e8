using System.Text.Json;
using Vouchsafe.Dashboard.Pages.Vouchers;
using Vouchsafe.Dashboard.Shared;
using Vouchsafe.Engine.Discounts;
using Vouchsafe.Engine.Redeemables;

namespace Vouchsafe.Dashboard.Tests.Pages.Vouchers;

/// <summary>What is opened for editing and saved untouched is what it was.</summary>
public sealed class DraftTests
{
    public static TheoryData<DiscountDefinition> Discounts { get; } =
    [
        new DiscountDefinition { Type = "PERCENT", Effect = "APPLY_TO_ORDER", PercentOff = 10, AmountLimit = 2000 },
        new DiscountDefinition { Type = "PERCENT", Effect = "APPLY_TO_ITEMS", PercentOff = 10, PercentOffFormula = "5 + 5", AmountLimit = 1, AggregatedAmountLimit = 2 },
        new DiscountDefinition { Type = "AMOUNT", Effect = "APPLY_TO_ITEMS_PROPORTIONALLY", AmountOff = 500, AggregatedAmountLimit = 2 },
        new DiscountDefinition { Type = "FIXED", Effect = "APPLY_TO_ITEMS", FixedAmount = 0, FixedAmountFormula = "1" },
        new DiscountDefinition { Type = "UNIT", Effect = "ADD_NEW_ITEMS", UnitOff = 2, UnitType = "prod_1", UnitOffFormula = "1 + 1" },
    ];

    [Theory]
    [MemberData(nameof(Discounts))]
    public void ADiscount_SurvivesItsEditor(DiscountDefinition discount) => Assert.Equal(discount, DiscountDraft.From(discount).ToDefinition());

    [Fact]
    public void KindsOfFreeUnits_SurviveTheEditor()
    {
        UnitDefinition[] units = [new() { UnitOff = 1, UnitOffFormula = "ORDER_AMOUNT / 100", UnitType = "a", Effect = "ADD_NEW_ITEMS" }, new() { UnitOff = 2, UnitType = "b", Effect = "ADD_MISSING_ITEMS" }];

        Assert.Equal(units, DiscountDraft.From(new() { Type = "UNIT", Effect = "ADD_MANY_ITEMS", Units = units }).ToDefinition().Units);
    }

    [Fact]
    public void AnotherKind_TakesNothingOfTheOldOneWithIt()
    {
        var draft = DiscountDraft.From(new() { Type = "AMOUNT", Effect = "APPLY_TO_ITEMS_BY_QUANTITY", AmountOff = 500, AggregatedAmountLimit = 2 });

        draft.Choose("PERCENT");
        draft.PercentOff = 10;

        Assert.Equal(new DiscountDefinition { Type = "PERCENT", Effect = "APPLY_TO_ORDER", PercentOff = 10 }, draft.ToDefinition());
    }

    [Fact]
    public void Times_SurviveTheEditor_ToTheSecond()
    {
        AvailabilityDefinition when = new()
        {
            StartDate = new(2026, 3, 1, 8, 30, 15, 250, TimeSpan.Zero), ExpirationDate = new(2026, 12, 31, 23, 59, 59, TimeSpan.Zero),
            ValidityTimeframe = new("P7D", "P1D"), ValidityDayOfWeek = [1, 3], ValidityHours = new([new("09:00", null, [2])]),
        };

        var saved = AvailabilityDraft.From(when).ToDefinition();

        Assert.Equal((when.StartDate, when.ExpirationDate, when.ValidityTimeframe), (saved.StartDate, saved.ExpirationDate, saved.ValidityTimeframe));
        Assert.Equal(when.ValidityDayOfWeek, saved.ValidityDayOfWeek);
        var hours = Assert.Single(saved.ValidityHours!.Daily!);
        Assert.Equal(("09:00", null, 2), (hours.StartTime, hours.ExpirationTime, Assert.Single(hours.DaysOfWeek!)));
    }

    [Fact]
    public void Metadata_SurvivesItsEditor_NumbersAsNumbersAndTextAsText()
    {
        const string Json = """{"team":"crm","n":3,"code":"007","digits":"12","flag":true,"list":["a"],"nothing":null}""";

        var written = JsonSerializer.Serialize(MetadataEntry.Write(MetadataEntry.Read(JsonDocument.Parse(Json).RootElement)));

        Assert.Equal(Json, written);
    }
}
