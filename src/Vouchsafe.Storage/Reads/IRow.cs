namespace Vouchsafe.Storage.Reads;

/// <summary>A row as the driver at hand reads its columns.</summary>
internal interface IRow
{
    bool Flag(int column);
    long Number(int column);
    long? NumberOrNull(int column);
    string Text(int column);
    string? TextOrNull(int column);
    DateTimeOffset? InstantOrNull(int column);
}
