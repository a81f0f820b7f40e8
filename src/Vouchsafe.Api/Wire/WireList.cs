using Microsoft.AspNetCore.Http;

namespace Vouchsafe.Api.Wire;

/// <summary>The API's list envelope: <c>object</c>, <c>data_ref</c>, the entries under a name of the resource's own, <c>total</c>.</summary>
internal static class WireList
{
    /// <summary>The envelope.</summary>
    /// <param name="member">Name of the member that holds the entries.</param>
    /// <param name="entries">The page.</param>
    /// <param name="total">Entries on all pages.</param>
    /// <param name="dataRef">What <c>data_ref</c> says, where it is not the member's name.</param>
    internal static Dictionary<string, object> Of<T>(string member, IReadOnlyList<T> entries, long total, string? dataRef = null) => new()
    {
        ["object"] = "list",
        ["data_ref"] = dataRef ?? member,
        [member] = entries,
        ["total"] = total,
    };

    /// <summary>200 with the envelope.</summary>
    internal static IResult Ok<T>(string member, IReadOnlyList<T> entries, long total, string? dataRef = null) =>
        Json.Ok(Of(member, entries, total, dataRef));
}
