namespace Vouchsafe.Engine.Tests.Redeemables;

/// <summary>Windows at their borders, and on the days when the clocks change.</summary>
public class ClockChangeTests
{
    // Clocks go forward on 29 March 2026 at 02:00 (to 03:00) and back on 25 October 2026 at 03:00 (to 02:00).
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static IsoDuration Duration(string text)
    {
        Assert.True(IsoDuration.TryParse(text, out var duration));
        return duration;
    }

    private static bool IsOpen(string start, string interval, string length, string now, TimeZoneInfo? zone = null)
    {
        var frame = new ValidityTimeframe(Duration(interval), Duration(length));
        var availability = new Availability { StartDate = DateTimeOffset.Parse(start), Timeframe = frame };
        return AvailabilityCheck.Judge(availability, DateTimeOffset.Parse(now), zone ?? Berlin) == AvailabilityVerdict.Open;
    }

    [Theory]
    [InlineData("2026-03-28T08:00:00Z", true)] // nine o'clock in winter
    [InlineData("2026-03-29T07:00:00Z", true)] // nine o'clock in summer
    [InlineData("2026-03-29T06:59:59Z", false)]
    [InlineData("2026-03-29T07:59:59Z", true)]
    [InlineData("2026-03-29T08:00:00Z", false)]
    [InlineData("2026-10-25T08:00:00Z", true)]
    [InlineData("2026-10-25T07:30:00Z", false)]
    public void EveryDayAtNine_StaysAtNine(string now, bool open) => Assert.Equal(open, IsOpen("2026-03-01T08:00:00Z", "P1D", "PT1H", now));

    [Theory]
    [InlineData("2026-10-24T23:30:00Z", true)] // half past one
    [InlineData("2026-10-25T00:29:59Z", true)]
    [InlineData("2026-10-25T00:30:00Z", false)] // half past two, for the first time
    [InlineData("2026-10-25T01:15:00Z", false)] // a quarter past two, for the second time
    public void AnHour_IsAnHour_AlsoWhenTheClocksGoBack(string now, bool open) =>
        Assert.Equal(open, IsOpen("2026-10-19T23:30:00Z", "P1D", "PT1H", now));

    [Theory]
    [InlineData("2026-03-28T01:30:00Z", true)]
    [InlineData("2026-03-29T01:29:59Z", false)]
    [InlineData("2026-03-29T01:30:00Z", true)] // half past two does not come: half past three
    [InlineData("2026-03-29T02:29:59Z", true)]
    [InlineData("2026-03-29T02:30:00Z", false)]
    [InlineData("2026-03-30T00:30:00Z", true)]
    public void ATimeThatIsSkipped_IsMovedOnByTheHourThatIsSkipped(string now, bool open) =>
        Assert.Equal(open, IsOpen("2026-03-01T01:30:00Z", "P1D", "PT1H", now));

    [Fact]
    public void EveryHour_IsEveryHour_OnTheDaysWhenTheClocksChange()
    {
        foreach (var day in new[] { "2026-03-29", "2026-10-25" })
            for (var minute = 0; minute < 24 * 60; minute += 5)
            {
                var now = DateTimeOffset.Parse(day + "T00:00:00Z").AddMinutes(minute);
                Assert.True(minute % 60 < 30 == IsOpen("2026-01-01T00:00:00Z", "PT1H", "PT30M", now.ToString("O")), now.ToString("O"));
            }
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T00:00:00Z")]
    public void TheEndOfTime_ClosesNothingAndThrowsNothing(string now)
    {
        foreach (var zone in new[] { TimeZoneInfo.Utc, Berlin, TimeZoneInfo.CreateCustomTimeZone("w", TimeSpan.FromHours(-12), "w", "w") })
            foreach (var interval in new[] { "PT1S", "P1D", "P1M", "P100Y" })
            {
                IsOpen("2026-01-01T00:00:00Z", interval, "P100Y", now, zone);
                IsOpen("0001-01-01T00:00:00Z", interval, "PT1S", now, zone);
            }
    }

    /// <summary>Agrees with a search through every opening, in which nothing is guessed.</summary>
    [Fact]
    public void Windows_AgreeWithAWalkThroughEveryOpening()
    {
        string[] intervals = ["PT1H", "PT90M", "P1D", "P1DT1H", "P3D", "P1W", "P1M", "P1M2D", "P1Y", "P7M"];
        string[] lengths = ["PT1S", "PT1H", "P1D", "P2DT3H", "P1M", "P40D", "P1Y"];
        var start = new DateTimeOffset(2024, 1, 31, 1, 30, 0, TimeSpan.Zero);
        Gen.Select(Gen.Int[0, intervals.Length - 1], Gen.Int[0, lengths.Length - 1], Gen.Long[0, 3L * 366 * 86_400]).Sample((interval, length, seconds) =>
        {
            var now = start.AddSeconds(seconds);
            var frame = new ValidityTimeframe(Duration(intervals[interval]), Duration(lengths[length]));
            var availability = new Availability { StartDate = start, Timeframe = frame };
            return Walk(frame, start, now) == (AvailabilityCheck.Judge(availability, now, Berlin) == AvailabilityVerdict.Open);
        }, iter: Tries.Of(2_000));
    }

    private static bool Walk(ValidityTimeframe frame, DateTimeOffset start, DateTimeOffset now)
    {
        for (var k = 0; ; k++)
        {
            var opening = Later(start, frame.Interval, k);
            if (opening > now) return false;
            if (now < Later(opening, frame.Duration, 1)) return true;
        }
    }

    // Months and days of the calendar first, then the time of the clock.
    private static DateTimeOffset Later(DateTimeOffset from, IsoDuration duration, int times)
    {
        if (times == 0 || (duration.Months == 0 && duration.Days == 0))
            return from + (duration.Clock * times);
        var local = TimeZoneInfo.ConvertTime(from, Berlin).DateTime;
        var day = DateTime.SpecifyKind(local.AddMonths(duration.Months * times).AddDays(duration.Days * times), DateTimeKind.Unspecified);
        if (Berlin.IsInvalidTime(day)) day = day.AddHours(1);
        return new DateTimeOffset(day, Berlin.GetUtcOffset(day)) + (duration.Clock * times);
    }
}
