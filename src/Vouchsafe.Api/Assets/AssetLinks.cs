using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Assets;

/// <summary>Which picture of a code.</summary>
internal enum AssetKind
{
    Qr,
    Barcode,
}

/// <summary>
/// Addresses of a project's pictures. Whoever has the address sees the code, so it can be put into an e-mail; nobody can make
/// one: it is the voucher's id with a MAC under a key of the project.
/// </summary>
internal sealed class AssetLinks(PublicAddress address, byte[] projectKey)
{
    internal const string Path = "/api/v1/assets";
    private const int MacBytes = 16;
    private readonly byte[] _key = HMACSHA256.HashData(projectKey, "assets"u8);

    internal string Id(AssetKind kind, string voucherId) => $"{voucherId}.{Base64Url.EncodeToString(Mac(kind, voucherId))}";

    internal string Url(AssetKind kind, string id) => $"{address.Value}{Path}/{Name(kind)}/{id}";

    /// <summary>The id of the voucher that an asset's id claims to be of, not verified yet; null: it has not the form of one.</summary>
    internal static string? Claimed(string id) => id.Split('.') is [{ Length: > 0 and < 64 } voucherId, { Length: > 0 }] ? voucherId : null;

    /// <summary>Whether this project made the id.</summary>
    internal bool Made(AssetKind kind, string voucherId, string id) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(id), Encoding.UTF8.GetBytes(Id(kind, voucherId)));

    private static string Name(AssetKind kind) => kind == AssetKind.Qr ? "qr" : "barcode";

    private byte[] Mac(AssetKind kind, string voucherId) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{Name(kind)}/{voucherId}"))[..MacBytes];
}
