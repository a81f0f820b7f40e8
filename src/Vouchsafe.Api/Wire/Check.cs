using Vouchsafe.Engine.Validation;

namespace Vouchsafe.Api.Wire;

/// <summary>Checks of single members that every resource makes alike; null: nothing is wrong.</summary>
internal static class Check
{
    /// <summary>Longest name, id or e-mail a caller may store.</summary>
    internal const int ShortText = 255;

    /// <summary>Longest free text.</summary>
    internal const int LongText = 2000;

    /// <summary>Longest JSON object kept with a resource, such as metadata.</summary>
    internal const int LongObject = 64 * 1024;

    internal static ApiError? Text(string? value, string field, int max = ShortText) =>
        value is null || value.Length <= max ? null : CommonErrors.InvalidPayload($"{field} may hold {max} characters at most.");

    internal static ApiError? Object(JsonText? value, string field) =>
        value is not { } json ? null
        : !json.IsObject ? CommonErrors.InvalidPayload($"{field} must be an object.")
        : json.Text.Length > LongObject ? CommonErrors.InvalidPayload($"{field} may hold {LongObject} characters at most.")
        : null;

    internal static ApiError? OneOf(string? value, string field, params ReadOnlySpan<string> allowed) =>
        value is null || allowed.Contains(value) ? null : CommonErrors.InvalidPayload($"{field} must be one of: {string.Join(", ", allowed)}.");

    internal static ApiError? Range(long? value, string field, long min, long max = Engine.Money.Minor.Max) =>
        value is not { } number || (number >= min && number <= max)
            ? null
            : CommonErrors.InvalidPayload($"{field} must be an integer from {min} to {max}.");

    /// <summary>The first fault that the engine found in a definition, under the given key of the catalogue.</summary>
    internal static ApiError? Definition(IReadOnlyList<FieldError> faults, string key, string message) =>
        faults.Count == 0 ? null : new ApiError(400, key, message, $"{faults[0].Field} {faults[0].Problem}.");
}
