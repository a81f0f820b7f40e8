using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Vouchsafe.Api.Wire;

/// <summary>Reads query parameters strictly: what cannot be read is an error that names the parameter.</summary>
internal readonly struct QueryReader(IQueryCollection query)
{
    internal IQueryCollection Raw => query;

    /// <summary>The parameter's text; null if absent or empty. A parameter given twice is refused.</summary>
    internal Result<string?> Text(string name, int maxLength = 500)
    {
        if (!query.TryGetValue(name, out var values)) return (string?)null;
        if (values.Count > 1) return CommonErrors.InvalidQuery($"{name} stands twice in the query.");
        var text = values.ToString();
        if (text.Contains('\0')) return CommonErrors.InvalidQuery($"{name} must not contain the NUL character.");
        if (text.Length > maxLength) return CommonErrors.InvalidQuery($"{name} may hold {maxLength} characters at most.");
        return text.Length == 0 ? (string?)null : text;
    }

    internal Result<long?> Integer(string name, long min, long max)
    {
        if (Text(name).Failed(out var error, out var text)) return error;
        if (text is null) return (long?)null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : CommonErrors.InvalidQuery($"{name} must be an integer from {min} to {max}.");
    }

    internal Result<bool?> Flag(string name)
    {
        if (Text(name).Failed(out var error, out var text)) return error;
        return text switch
        {
            null => (bool?)null,
            "true" => true,
            "false" => false,
            _ => CommonErrors.InvalidQuery($"{name} must be true or false."),
        };
    }

    internal Result<DateTimeOffset?> Instant(string name)
    {
        if (Text(name).Failed(out var error, out var text)) return error;
        if (text is null) return (DateTimeOffset?)null;
        return InstantConverter.TryParse(text, out var instant) ? instant : CommonErrors.InvalidQuery($"{name} must be an ISO 8601 date and time.");
    }

    /// <summary>One of the given texts; the fallback if absent.</summary>
    internal Result<string> OneOf(string name, string fallback, params ReadOnlySpan<string> allowed)
    {
        if (Text(name).Failed(out var error, out var text)) return error;
        if (text is null) return fallback;
        foreach (var choice in allowed)
            if (text == choice) return choice;
        return CommonErrors.InvalidQuery($"{name} must be one of: {string.Join(", ", allowed)}.");
    }
}

/// <summary>A page of a list: <c>limit</c> 1 to 100 (10 by default), <c>page</c> from 1.</summary>
internal readonly record struct Page(int Limit, int Number)
{
    /// <summary>Pages beyond this many entries cost the database more than they are worth; filters narrow a list better.</summary>
    private const int MaxPage = 1_000_000;

    internal int Skip => (Number - 1) * Limit;

    internal static Result<Page> Read(QueryReader query)
    {
        if (query.Integer("limit", 1, 100).Failed(out var error, out var limit)) return error;
        if (query.Integer("page", 1, MaxPage).Failed(out error, out var page)) return error;
        return new Page((int)(limit ?? 10), (int)(page ?? 1));
    }
}
