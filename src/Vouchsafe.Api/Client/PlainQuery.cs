using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.Redeemables;

namespace Vouchsafe.Api.Client;

/// <summary>
/// The query that most pages send, read without a tree of objects: a code, an amount and a tracking id, each at most once and
/// in plain characters. Everything else, and every fault, is left to <see cref="ContextQuery"/>, so there is one set of rules.
/// </summary>
internal static class PlainQuery
{
    private const int MaxLength = 1_000;

    internal static bool TryRead(string? query, [NotNullWhen(true)] out UseRequest? request)
    {
        request = null;
        if (query is null or { Length: 0 or > MaxLength } || query.AsSpan().ContainsAny('%', '+', '[')) return false;
        string? code = null, tracking = null;
        long? amount = null;
        foreach (var pair in new QueryStringEnumerable(query))
        {
            var name = pair.EncodedName.Span;
            var value = pair.EncodedValue.Span;
            if (value.Length == 0) return false;
            if (name is "code" && code is null) code = value.ToString();
            else if (name is "tracking_id" && tracking is null) tracking = value.ToString();
            else if (name is "amount" && amount is null && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) amount = number;
            else return false;
        }
        if (code is null) return false;
        request = new UseRequest { TrackingId = tracking, Order = amount is null ? null : new OrderPayload { Amount = amount } }.For(code);
        return true;
    }
}
