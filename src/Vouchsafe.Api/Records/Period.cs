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
