using System.Text.Json;

namespace Vouchsafe.Api.Wire;

/// <summary>A body that lists many things of one kind, read for an action in the background: checked now, kept as text, done later.</summary>
/// <param name="Json">The list as it is kept.</param>
/// <param name="Items">The list as records; none is null.</param>
internal sealed record BulkBody<T>(string Json, IReadOnlyList<T> Items) where T : class
{
    /// <summary>Reads a list of at least one object.</summary>
    internal static async ValueTask<Result<BulkBody<T>>> ReadAsync(ApiCall call)
    {
        if ((await call.ReadBodyAsync<JsonText>()).Failed(out var error, out var json)) return error;
        if (!json.Text.StartsWith('[')) return CommonErrors.InvalidPayload("The body must be a JSON array.");
        try
        {
            var items = Parse(json.Text);
            var gap = Array.FindIndex(items, item => item is null);
            return gap >= 0 ? CommonErrors.InvalidPayload($"[{gap}] must be an object.")
                : items.Length == 0 ? CommonErrors.InvalidPayload("The body must list at least one object.")
                : new BulkBody<T>(json.Text, items!);
        }
        catch (JsonException e)
        {
            return CommonErrors.InvalidPayload(BodyReader.Describe(e));
        }
    }

    /// <summary>The list of an action whose body was checked when it was taken on.</summary>
    internal static T[] Read(string json) => Parse(json)!;

    private static T?[] Parse(string json) => JsonSerializer.Deserialize<T?[]>(json, WireJson.Options)!;
}
