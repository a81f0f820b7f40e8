using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Vouchsafe.Api.Wire;

/// <summary>The id under which a request is logged and named in errors: <c>v-</c> and 18 hexadecimal digits.</summary>
internal static class RequestId
{
    private static readonly object Key = new();

    internal static string Of(HttpContext http)
    {
        if (http.Items.TryGetValue(Key, out var known)) return (string)known!;
        var id = "v-" + RandomNumberGenerator.GetHexString(18, lowercase: true);
        http.Items[Key] = id;
        return id;
    }
}
