using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;
using Vouchsafe.Api.Filters;

namespace Vouchsafe.Api.Resources.Exports;

/// <summary>
/// Rows as CSV (RFC 4180, UTF-8). A text that a spreadsheet would run as a formula gets an apostrophe in front: what customers write
/// into names and addresses must do nothing on the computer of whoever opens the file.
/// </summary>
internal static partial class ExportCsv
{
    // Beside the usual signs also the wide ones that spreadsheets read as such.
    private const string FormulaSigns = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>The first line: <c>voucher_type</c> becomes <c>Voucher Type</c>, names of metadata stay as they are.</summary>
    internal static string Header(IReadOnlyList<string> fields) => Write([fields.Select(Title)]);

    /// <summary>The rows, one line each.</summary>
    /// <param name="fields">The columns.</param>
    /// <param name="rows">Rows that have them, in wire form.</param>
    internal static string Rows(IReadOnlyList<string> fields, IEnumerable<JsonElement> rows) =>
        Write(rows.Select(row => fields.Select(field => Cell(FilterSet.Find(row, field)))));

    private static string Write(IEnumerable<IEnumerable<string>> lines)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" });
        foreach (var line in lines)
        {
            foreach (var cell in line) csv.WriteField(Harmless(cell));
            csv.NextRecord();
        }
        csv.Flush();
        return text.ToString();
    }

    private static string Title(string field) => field.StartsWith("metadata.", StringComparison.Ordinal)
        ? field
        : string.Join(' ', field.Split('_').Select(word => word == "id" ? "ID" : char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number) =>
            string.Join(',', value.EnumerateArray().Select(Cell)),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };

    // A plain number is no formula, negative amounts and phone numbers included.
    private static string Harmless(string cell) =>
        cell.AsSpan().TrimStart(' ') is [var first, ..] && FormulaSigns.Contains(first) && !Number().IsMatch(cell) ? "'" + cell : cell;

    [GeneratedRegex(@"^[+-]?[0-9]+(\.[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
