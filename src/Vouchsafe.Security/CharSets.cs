using System.Buffers;

namespace Vouchsafe.Security;

/// <summary>Sets of ASCII characters, in the form that the runtime searches fastest.</summary>
internal static class CharSets
{
    public static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>RFC 3986, section 3.1.</summary>
    public static readonly SearchValues<char> Scheme =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    /// <summary>RFC 4007 leaves scope ids open; these are the unreserved characters of RFC 3986.</summary>
    public static readonly SearchValues<char> ScopeId =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~");

    /// <summary>Visible ASCII without the comma, which joins several header lines.</summary>
    public static readonly SearchValues<char> SingleHeaderToken =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code).Where(c => c != ',')]);
}
