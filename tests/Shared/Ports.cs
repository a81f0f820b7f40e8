using System.Net;
using System.Net.Sockets;

namespace Vouchsafe.Testing;

/// <summary>Where a test's own servers listen.</summary>
internal static class Ports
{
    /// <summary>A port of this machine that nobody listens on at the moment.</summary>
    internal static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
