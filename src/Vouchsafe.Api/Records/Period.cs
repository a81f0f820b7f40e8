using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Records;

/// <summary>A stretch of time that ends now, cut into equal pieces for a chart.</summary>
/// <param name="Name">Its wire name.</param>
/// <param name="Length">How far back it reaches.</param>
/// <param name="Piece">The length of a piece; whole minutes.</param>
internal sealed record Period(string Name, TimeSpan Length, TimeSpan Piece)
{
    internal static readonly Period Hour = new("hour", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
    internal static readonly Period Day = new("day", TimeSpan.FromDays(1), TimeSpan.FromMinutes(30));
    internal static readonly Period Week = new("week", TimeSpan.FromDays(7), TimeSpan.FromHours(3));

    internal static Result<Period> Read(QueryReader query) =>
        query.OneOf("period", "day", "hour", "day", "week").Failed(out var error, out var name) ? error
            : name switch { "hour" => Hour, "week" => Week, _ => Day };

    internal int Pieces => (int)(Length / Piece);

    /// <summary>Start of the first piece, in minutes since 1970; the last piece holds now.</summary>
    internal long FirstMinute(DateTimeOffset now) => (Number(now) - Pieces + 1) * (long)Piece.TotalMinutes;

    private long Number(DateTimeOffset at) => at.ToUnixTimeSeconds() / (long)Piece.TotalSeconds;
}

/// <summary>How often what happened in each piece of a period, the commonest first.</summary>
internal sealed record PeriodChart<T>(string Period, DateTimeOffset From, int PieceSeconds, long Total, IReadOnlyList<PeriodChart<T>.Row> Series)
{
    internal sealed record Row(T Reason, long Total, IReadOnlyList<long> Counts);
}

/// <summary>Makes charts.</summary>
internal static class PeriodChart
{
    /// <param name="period">The period, which ends now.</param>
    /// <param name="now">Now.</param>
    /// <param name="counts">What, in which piece from the first, how often; a piece may stand more than once.</param>
    internal static PeriodChart<T> Of<T>(Period period, DateTimeOffset now, IEnumerable<(T Reason, long Piece, long Count)> counts) where T : notnull
    {
        var series = counts.GroupBy(c => c.Reason).OrderByDescending(g => g.Sum(c => c.Count)).Select(g =>
        {
            var pieces = new long[period.Pieces];
            // A node whose clock is ahead may have written into a minute that has not begun here.
            foreach (var (_, piece, count) in g) pieces[Math.Min(piece, pieces.Length - 1)] += count;
            return new PeriodChart<T>.Row(g.Key, pieces.Sum(), pieces);
        }).ToList();
        return new PeriodChart<T>(period.Name, DateTimeOffset.FromUnixTimeSeconds(period.FirstMinute(now) * 60), (int)period.Piece.TotalSeconds, series.Sum(s => s.Total), series);
    }
}
