namespace Vouchsafe.Storage.Entities;

/// <summary>A CSV file with rows of a project: asked for, made in the background, kept for some days.</summary>
public sealed class Export
{
    /// <summary>Id, <c>exp_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Wire name of what is exported, such as <c>voucher_transactions</c>.</summary>
    public required string ExportedObject { get; init; }
    /// <summary><c>parameters</c> as JSON in wire form: order, fields, filters.</summary>
    public required string ParametersJson { get; init; }
    /// <summary>How it goes.</summary>
    public required ExportStatus Status { get; set; }
    /// <summary>Where it was asked for: <c>API</c>, <c>WEBSITE</c>.</summary>
    public required string Channel { get; init; }
    /// <summary>The member who asked for it in the dashboard.</summary>
    public string? UserId { get; init; }
    /// <summary>Rows in the file so far.</summary>
    public long RowCount { get; set; }
    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>State of an <see cref="Export"/>; the wire names are these in upper snake case.</summary>
public enum ExportStatus : short
{
    /// <summary>Nobody works on it yet.</summary>
    Scheduled = 1,
    /// <summary>Its rows are known and are being written.</summary>
    InProgress = 2,
    /// <summary>The file is there.</summary>
    Done = 3,
    /// <summary>It cannot be made.</summary>
    Error = 4,
}

/// <summary>A part of an export's file. Its rows are chosen first, all at once, and written one part after another.</summary>
public sealed class ExportPart
{
    /// <summary>Export.</summary>
    public required string ExportId { get; init; }
    /// <summary>Its place in the file, from 0.</summary>
    public required int Number { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Ids of rows still to be written, a JSON array in the order of the file; null: they are written.</summary>
    public string? IdsJson { get; set; }
    /// <summary>The rows as CSV; null: not written yet.</summary>
    public string? Content { get; set; }
    /// <summary>When the export was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
