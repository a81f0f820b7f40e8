using Vouchsafe.Security;

namespace Vouchsafe.Api.Records;

/// <summary>Reads what <see cref="AddressKey.ToString"/> wrote.</summary>
internal static class AddressText
{
    internal static bool TryRead(string text, out IpValue address)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return IpValue.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out address);
    }
}
