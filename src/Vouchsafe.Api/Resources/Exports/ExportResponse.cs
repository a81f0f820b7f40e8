using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Exports;

/// <summary>An export on the wire. Its file's address is there while the file is.</summary>
internal sealed record ExportResponse
{
    public required string Id { get; init; }
    public string Object => "export";
    public required DateTimeOffset CreatedAt { get; init; }
    public required string Status { get; init; }
    public required string Channel { get; init; }
    public required string ExportedObject { get; init; }
    public required JsonText Parameters { get; init; }
    public ResultInfo? Result { get; init; }
    public string? UserId { get; init; }

    internal sealed record ResultInfo(string Url);

    internal static ExportResponse From(Export export, ProjectSettings project, DateTimeOffset now) => new()
    {
        Id = export.Id,
        CreatedAt = export.CreatedAt,
        Status = WireJson.NameOf(export.Status),
        Channel = export.Channel,
        ExportedObject = export.ExportedObject,
        Parameters = new JsonText(export.ParametersJson),
        Result = export.Status == ExportStatus.Done && !ExportFiles.IsOver(export.CreatedAt, now) && project.Exports is { } links ? new(links.Url(export.Id)) : null,
        UserId = export.UserId,
    };
}
