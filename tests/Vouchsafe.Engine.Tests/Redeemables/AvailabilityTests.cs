namespace Vouchsafe.Engine.Tests.Redeemables;

public class AvailabilityTests
{
    private static string? Key(Availability availability, RedeemableKind kind = RedeemableKind.Voucher) =>
        Given.Evaluate(Given.Order(5000), Given.Code("C", new AmountOff(1)) with { Kind = kind, Availability = availability }).FirstReason?.Key;

    private static Availability Frame(int secondsAgo, string interval, string duration) => new AvailabilityDefinition
    {
        StartDate = Given.Now.AddSeconds(-secondsAgo), ValidityTimeframe = new TimeframeDefinition(interval, duration),
    }.ToAvailability();

    [Fact]
    public void SwitchStartAndEnd_EachHasItsKey()
    {
        Assert.Equal("voucher_disabled", Key(new Availability { Active = false, ExpirationDate = Given.Now.AddDays(-1) }));
        Assert.Equal("voucher_not_active", Key(new Availability { StartDate = Given.Now.AddSeconds(1) }));
        Assert.Equal("voucher_expired", Key(new Availability { ExpirationDate = Given.Now.AddSeconds(-1) }));
        Assert.Null(Key(new Availability { StartDate = Given.Now, ExpirationDate = Given.Now }));
    }

    [Fact]
    public void PromotionTiers_HaveTheirOwnKeys()
    {
        Assert.Equal("promotion_inactive", Key(new Availability { Active = false }, RedeemableKind.PromotionTier));
        Assert.Equal("promotion_not_active_now", Key(new Availability { StartDate = Given.Now.AddSeconds(1) }, RedeemableKind.PromotionTier));
    }

    [Fact]
    public void TheCampaignsDates_CountToo() =>
        Assert.Equal("voucher_expired", Given.Evaluate(Given.Order(1), Given.Code("C", new AmountOff(1)) with
        {
            CampaignAvailability = new Availability { ExpirationDate = Given.Now.AddDays(-1) },
        }).FirstReason?.Key);

    [Theory]
    [InlineData(87300, "P1D", "PT1H", true)] // a day and a quarter of an hour: inside the second window
    [InlineData(93600, "P1D", "PT1H", false)] // a day and two hours
    [InlineData(0, "P1D", "PT1H", true)]
    [InlineData(3600, "P1D", "PT1H", false)]
    [InlineData(86400 * 400, "P1M", "P2D", false)]
    [InlineData(86400 * 28, "P1M", "P1D", true)] // from 11 February
    [InlineData(86400 * 1096, "P1Y", "P2D", true)] // three years, one of them a leap year
    [InlineData(86400, "PT1H", "P3D", true)] // windows that overlap
    public void Timeframe_CountsFromTheStartDate(int secondsAgo, string interval, string duration, bool open) =>
        Assert.Equal(open ? null : "voucher_not_active_now", Key(Frame(secondsAgo, interval, duration)));

    [Theory]
    [InlineData(new[] { 3 }, true)]
    [InlineData(new[] { 0, 1, 2, 4, 5, 6 }, false)]
    [InlineData(new int[0], true)]
    public void DaysOfWeek_CountFromSunday(int[] days, bool open) =>
        Assert.Equal(open ? null : "voucher_not_active_now", Key(new Availability { DaysOfWeek = days }));

    [Theory]
    [InlineData("09:00", "17:00", new int[0], true)]
    [InlineData("12:01", "17:00", new int[0], false)]
    [InlineData("09:00", "12:00", new[] { 3 }, true)]
    [InlineData("09:00", "17:00", new[] { 4 }, false)]
    [InlineData("22:00", "13:00", new[] { 2 }, true)] // opened on Tuesday evening
    [InlineData("22:00", "13:00", new[] { 3 }, false)]
    public void Hours_AdmitTheirWindow(string start, string end, int[] days, bool open)
    {
        var hours = new DailyHours(TimeOnly.Parse(start), TimeOnly.Parse(end), days);
        Assert.Equal(open ? null : "voucher_not_active_now", Key(new Availability { Hours = [hours] }));
    }

    [Fact]
    public void Hours_AreReadInTheProjectsTimeZone()
    {
        var east = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(13), "east", "east");
        var thursdayNight = new Availability { DaysOfWeek = [4], Hours = [new DailyHours(new TimeOnly(1, 0), new TimeOnly(1, 0), [])] };
        Assert.Equal(AvailabilityVerdict.Open, AvailabilityCheck.Judge(thursdayNight, Given.Now, east));
        Assert.Equal(AvailabilityVerdict.NotNow, AvailabilityCheck.Judge(thursdayNight, Given.Now, TimeZoneInfo.Utc));
    }

    [Theory]
    [InlineData("P1D")]
    [InlineData("PT1H30M")]
    [InlineData("P1Y2M3W4DT5H6M7S")]
    public void Durations_WellFormed_AreRead(string text) => Assert.True(IsoDuration.TryParse(text, out _));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("1D")]
    [InlineData("P-1D")]
    [InlineData("P1H")]
    [InlineData("P1D1Y")]
    [InlineData("P9999999999D")]
    [InlineData("PT1.5H")]
    public void Durations_Malformed_AreRefused(string? text) => Assert.False(IsoDuration.TryParse(text, out _));

    [Fact]
    public void Durations_NoTextMakesTheParserThrow() =>
        Gen.Char["PT0123456789YMWDHS.-"].Array[0, 12].Select(letters => new string(letters)).Sample(text =>
        {
            IsoDuration.TryParse(text, out var duration);
            return duration.Months >= 0 && duration.Days >= 0;
        });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void HoursWithoutAnEnd_LastUntilTheEndOfTheDay(string? end)
    {
        var definition = new AvailabilityDefinition { ValidityHours = new([new("11:00", end, null)]) };
        Assert.Empty(definition.Check());
        AvailabilityVerdict At(int hour, int minute) => AvailabilityCheck.Judge(definition.ToAvailability(), new DateTimeOffset(2026, 3, 11, hour, minute, 59, TimeSpan.Zero), TimeZoneInfo.Utc);
        Assert.Equal((AvailabilityVerdict.NotNow, AvailabilityVerdict.Open, AvailabilityVerdict.Open), (At(10, 59), At(11, 0), At(23, 59)));
    }
}
