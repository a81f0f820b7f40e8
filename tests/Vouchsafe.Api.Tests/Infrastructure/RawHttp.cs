using System.Net.Sockets;
using System.Text;

namespace Vouchsafe.Api.Tests.Infrastructure;

/// <summary>An answer as it came over the wire.</summary>
/// <param name="Status">The status; 0: the connection was closed without an answer.</param>
/// <param name="Reason">What stands behind the status on the first line.</param>
/// <param name="Headers">Names in lower case; values of repeated headers joined by commas.</param>
/// <param name="Body">The body without its transfer coding, one character a byte.</param>
internal sealed record RawAnswer(int Status, string Reason, IReadOnlyDictionary<string, string> Headers, string Body)
{
    internal string? this[string header] => Headers.GetValueOrDefault(header.ToLowerInvariant());
}

/// <summary>
/// HTTP/1.1 by hand, for what an HTTP library would tidy up before sending: paths with dot segments, repeated header lines,
/// header values that are no ASCII.
/// </summary>
internal static class RawHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Sends one request on a connection of its own. <paramref name="lines"/>: the request line, then the headers; Host and Connection are added.</summary>
    internal static Task<RawAnswer> SendAsync(TestServer server, params string[] lines) => SendWithBodyAsync(server, "", lines);

    /// <summary>The same with a body, as it is to stand on the wire.</summary>
    internal static async Task<RawAnswer> SendWithBodyAsync(TestServer server, string body, params string[] lines)
    {
        var address = new Uri(server.Address);
        using var timeout = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, timeout.Token);
        await using var stream = client.GetStream();
        var head = string.Join("\r\n", [lines[0], $"Host: {address.Authority}", "Connection: close", .. lines[1..], "", ""]);
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head + body), timeout.Token);
        }
        catch (IOException)
        {
            // The server may answer and hang up before it has read everything.
        }
        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received, timeout.Token);
        }
        catch (IOException)
        {
            // Likewise.
        }
        return Parse(Encoding.Latin1.GetString(received.ToArray()));
    }

    private static RawAnswer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return new RawAnswer(0, "", new Dictionary<string, string>(), "");
        var lines = text[..end].Split("\r\n");
        var first = lines[0].Split(' ', 3);
        var headers = lines.Skip(1).Select(l => l.Split(':', 2)).GroupBy(l => l[0].ToLowerInvariant(), l => l[1].Trim())
            .ToDictionary(g => g.Key, g => string.Join(",", g));
        var body = text[(end + 4)..];
        return new RawAnswer(int.Parse(first[1]), first[2], headers, headers.ContainsKey("transfer-encoding") ? Unchunk(body) : body);
    }

    private static string Unchunk(string body)
    {
        var whole = new StringBuilder();
        while (body.IndexOf("\r\n", StringComparison.Ordinal) is var end and > 0)
        {
            var size = Convert.ToInt32(body[..end], 16);
            if (size == 0) break;
            whole.Append(body, end + 2, size);
            body = body[(end + 4 + size)..];
        }
        return whole.ToString();
    }
}
