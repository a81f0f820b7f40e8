using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources.Exports;

/// <summary>Errors of exports.</summary>
internal static class ExportErrors
{
    internal static readonly ApiError TooMany = new(
        400, "too_many_exports", "Too many exports", $"A project may have {CreateExport.MaxUnfinished} exports waiting or under way. Wait until one is done.");

    internal static readonly ApiError NoCards = CommonErrors.Forbidden("Transactions are allowed only for loyalty or gift campaigns");

    internal static ApiError NotFound(string id) => CommonErrors.NotFound("export", id);

    internal static ApiError UnsupportedField(IEnumerable<string> allowed) => new(
        400, "invalid_export_fields", "Invalid Export", $"Unsupported field used. Allowed fields: {string.Join(", ", allowed)}");
}
