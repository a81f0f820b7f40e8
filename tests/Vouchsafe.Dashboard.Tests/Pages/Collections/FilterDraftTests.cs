using System.Text.Json;
using Vouchsafe.Dashboard.Pages.Collections;

namespace Vouchsafe.Dashboard.Tests.Pages.Collections;

/// <summary>A filter that the fields can show is saved as it was, and one that they cannot is not touched.</summary>
public sealed class FilterDraftTests
{
    [Theory]
    [InlineData("""{"junction":"AND","name":{"conditions":{"$is":["Tea","Cup"]}}}""")]
    [InlineData("""{"junction":"OR","price":{"conditions":{"$more_than":[1050],"$less_than":[9900]}},"metadata.brand":{"conditions":{"$contains":["Ada"]}}}""")]
    [InlineData("""{"junction":"AND","metadata.stock":{"conditions":{"$more_than":[7]}},"attributes.size":{"conditions":{"$is":[true]}},"created_at":{"conditions":{"$after":["2026-01-01T00:00:00Z"]}}}""")]
    public void WhatIsOpenedAndSaved_IsWhatItWas(string json) => Assert.Equal(json, FilterDraft.Read(Parse(json), "EUR")!.Write().ToJsonString());

    [Theory]
    [InlineData("""{"junction":"AND","skus":{"conditions":{"$count":[2]}}}""")]
    [InlineData("""{"junction":"AND","name":{"conditions":{"$is":[null]}}}""")]
    [InlineData("""{"junction":"AND","name":{"conditions":{"$last_month":[true]}}}""")]
    [InlineData("[]")]
    public void WhatTheFieldsCannotShow_IsNoDraft(string json) => Assert.Null(FilterDraft.Read(Parse(json), "EUR"));

    [Fact]
    public void TheSameConditionTwice_IsOneWithBothValues()
    {
        var draft = new FilterDraft { Rows = { new() { Value = "Tea" }, new() { Value = "Cup" } } };

        Assert.Equal("""{"junction":"AND","name":{"conditions":{"$is":["Tea","Cup"]}}}""", draft.Write().ToJsonString());
        Assert.Equal("name is Tea and name is Cup", draft.Words());
    }

    [Theory]
    [InlineData("JPY", "1050", "price is more than ¥1,050")]
    [InlineData("EUR", "10.50", "price is more than €10.50")]
    [InlineData("KWD", "1.050", "price is more than 1.050 KWD")]
    public void APrice_IsTypedAndReadInTheCurrencysOwnUnits(string currency, string typed, string words)
    {
        var draft = FilterDraft.Read(Parse("""{"junction":"AND","price":{"conditions":{"$more_than":[1050]}}}"""), currency)!;

        Assert.Equal(typed, draft.Rows[0].Value);
        Assert.Equal(words, draft.Words());
        Assert.Equal("""{"junction":"AND","price":{"conditions":{"$more_than":[1050]}}}""", draft.Write().ToJsonString());
    }

    [Fact]
    public void ARowThatSaysNothing_IsNotComplete()
    {
        Assert.False(new FilterDraft().IsComplete);
        Assert.False(new FilterDraft { Rows = { new() } }.IsComplete);
        Assert.False(new FilterDraft { Rows = { new() { Field = "metadata.", Value = "x" } } }.IsComplete);
        Assert.True(new FilterDraft { Rows = { new() { Operator = "$has_value" } } }.IsComplete);
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
