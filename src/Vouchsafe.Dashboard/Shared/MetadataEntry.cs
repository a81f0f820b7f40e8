using System.Text.Json;

namespace Vouchsafe.Dashboard.Shared;

/// <summary>One entry of an object's metadata while it is edited.</summary>
public sealed class MetadataEntry
{
    /// <summary>Its name; entries without one are not written.</summary>
    public string Name { get; set; } = "";

    /// <summary>Text, or JSON for numbers, truth values and lists.</summary>
    public string Text { get; set; } = "";

    /// <summary>The entries of a metadata object.</summary>
    public static List<MetadataEntry> Read(JsonElement metadata) => metadata.ValueKind != JsonValueKind.Object ? [] :
        [.. metadata.EnumerateObject().Select(m => new MetadataEntry
        {
            Name = m.Name,
            // Text that reads as a number stays text: it keeps its quotes.
            Text = m.Value.ValueKind == JsonValueKind.String && !IsOtherJson(m.Value.GetString()!) ? m.Value.GetString()! : m.Value.GetRawText(),
        })];

    /// <summary>The metadata object of entries.</summary>
    public static Dictionary<string, object?> Write(IEnumerable<MetadataEntry> entries)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var entry in entries.Where(e => e.Name.Trim().Length > 0))
            metadata[entry.Name.Trim()] = IsOtherJson(entry.Text) ? JsonSerializer.Deserialize<JsonElement>(entry.Text) : entry.Text;
        return metadata;
    }

    private static bool IsOtherJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
