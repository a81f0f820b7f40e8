using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Resources.Exports;

/// <summary>
/// Addresses of a project's exported files. Whoever has the address has the file, until it is erased; nobody can make one: its token is
/// a MAC of the export's id under a key of the project.
/// </summary>
internal sealed class ExportLinks(PublicAddress address, byte[] projectKey)
{
    internal const string Path = "/api/v1/exports";
    private readonly byte[] _key = HMACSHA256.HashData(projectKey, "exports"u8);

    /// <summary>The address of a file, with its token.</summary>
    internal string Url(string exportId) => $"{address.Value}{Path}/{exportId}?token={Token(exportId)}";

    /// <summary>Whether a token is the one of an export.</summary>
    internal bool Opens(string exportId, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Token(exportId)));

    private string Token(string exportId) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(exportId)).AsSpan(0, 24));
}
