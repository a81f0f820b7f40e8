using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Vouchsafe.Api.Pipeline.Credentials;

/// <summary>
/// What a request presents: an id with its secret, or a bearer token. Anything else, duplicated headers included, reads as
/// nothing: of two values one could be checked and the other used.
/// </summary>
internal readonly record struct PresentedCredential(string Id, string Secret, string? Bearer)
{
    /// <summary>Longer ids are no ids; they would only fill the cache.</summary>
    private const int MaxIdLength = 100;

    private static readonly PresentedCredential Nothing = new("", "", null);

    internal static PresentedCredential Read(IHeaderDictionary headers, ChannelRow channel)
    {
        var hasId = headers.TryGetValue(channel.IdHeader!, out var id);
        var hasSecret = headers.TryGetValue(channel.SecretHeader!, out var secret);
        if (channel.BearerScopes && headers.Authorization.Count > 0)
            return hasId || hasSecret ? Nothing : ReadBearer(headers.Authorization);
        if (!IsSingle(id) || !IsSingle(secret) || id[0]!.Length > MaxIdLength) return Nothing;
        return new PresentedCredential(Normalise(id[0]!), secret[0]!, null);
    }

    /// <summary>The form in which ids are stored and compared: a UUID in lower case, anything else as it is.</summary>
    internal static string Normalise(string id) => Security.ApiSecret.TryReadId(id, out var normal) ? normal : id;

    private static PresentedCredential ReadBearer(StringValues authorization)
    {
        const string Scheme = "Bearer ";
        if (!IsSingle(authorization) || !authorization[0]!.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return Nothing;
        var token = authorization[0]![Scheme.Length..].Trim();
        return token.Length == 0 ? Nothing : new PresentedCredential("", "", token);
    }

    private static bool IsSingle(in StringValues values) => values.Count == 1 && !string.IsNullOrEmpty(values[0]) && !values[0]!.Contains(',');
}
