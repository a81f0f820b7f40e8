namespace Vouchsafe.Dashboard.Account;

/// <summary>Where a browser is sent after signing in: to an address of this server and nowhere else.</summary>
internal static class LocalAddress
{
    private const int Longest = 2_000;

    /// <summary>The address if it is a path of this server, else the first page.</summary>
    internal static string Of(string? address) => IsLocal(address) ? address! : "/";

    // "//host" and "/\host" lead to another server; control characters are dropped by browsers before they look.
    private static bool IsLocal(string? address) =>
        address is { Length: > 0 and <= Longest } && address[0] == '/' && (address.Length == 1 || address[1] is not ('/' or '\\'))
        && !address.Any(c => c is < ' ' or '\\' or '\x7f');
}
