using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;

namespace Vouchsafe.Api.Pipeline;

/// <summary>
/// Where the world reaches this server: <c>Network:PublicUrl</c>, else the first address it listens on. The request's Host
/// header is not asked: whoever sends it could have links made that lead elsewhere.
/// </summary>
internal sealed class PublicAddress(IServer server, IConfiguration configuration)
{
    private readonly string? _configured = Read(configuration["Network:PublicUrl"]);
    private string? _listening;

    /// <summary>Scheme, host, port and path, without a slash at the end.</summary>
    internal string Value => _configured ?? (_listening ??= Listening()) ?? "http://localhost";

    /// <summary>Scheme, host and port of <c>Network:PublicUrl</c>, as a browser writes its origin; null where it is not set.</summary>
    internal string? ConfiguredOrigin => _configured is null ? null : OriginOf(_configured);

    /// <summary>The host alone; null where it is not set.</summary>
    internal string? ConfiguredHost => ConfiguredOrigin is not { } origin ? null : HostOf(origin[(origin.IndexOf("://", StringComparison.Ordinal) + 3)..]);

    private static string OriginOf(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var slash = url.IndexOf('/', start);
        var origin = (slash < 0 ? url : url[..slash]).ToLowerInvariant();
        // A browser leaves the scheme's own port out.
        foreach (var (scheme, port) in (ReadOnlySpan<(string, string)>)[("https://", ":443"), ("http://", ":80")])
            if (origin.StartsWith(scheme, StringComparison.Ordinal) && origin.EndsWith(port, StringComparison.Ordinal)) return origin[..^port.Length];
        return origin;
    }

    private static string HostOf(string authority)
    {
        var end = authority.StartsWith('[') ? authority.IndexOf(']') + 1 : authority.IndexOf(':');
        return end <= 0 ? authority : authority[..end];
    }

    private string? Listening()
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address) return null;
        foreach (var any in (string[])["://[::]", "://0.0.0.0", "://*", "://+"]) address = address.Replace(any, "://localhost", StringComparison.Ordinal);
        return address.TrimEnd('/');
    }

    internal static string? Read(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting)) return null;
        var url = setting.Trim().TrimEnd('/');
        var isUrl = (url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            && url.Length < 300 && url.All(c => char.IsAsciiLetterOrDigit(c) || ":/.-_~[]".Contains(c));
        return isUrl ? url : throw new SettingsException("Network:PublicUrl must be an address such as https://vouchers.shop.example.");
    }
}
