using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using QRCoder;

namespace Vouchsafe.Api.Assets;

/// <summary>A picture of dark and light modules, which both kinds of codes come down to.</summary>
/// <param name="Rows">The modules, true for dark; all rows are equally long.</param>
/// <param name="RowHeight">Height of a row in modules.</param>
internal sealed record ModuleGrid(IReadOnlyList<bool[]> Rows, int RowHeight)
{
    /// <summary>Longest side in pixels; larger pictures serve nobody and cost megabytes to make.</summary>
    private const int MaxPixels = 4_000;

    private int Width => Rows[0].Length;

    private int Height => Rows.Count * RowHeight;

    private int Scale(int size) => Math.Clamp(MaxPixels / Math.Max(Width, Height), 1, size);

    /// <summary>The QR code of a text.</summary>
    internal static ModuleGrid OfQr(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        return new ModuleGrid([.. data.ModuleMatrix.Select(row => row.Cast<bool>().ToArray())], 1);
    }

    /// <summary>As SVG.</summary>
    /// <param name="size">Pixels a module.</param>
    internal byte[] ToSvg(int size)
    {
        var scale = Scale(size);
        var path = new StringBuilder();
        for (var y = 0; y < Rows.Count; y++)
            for (var x = 0; x < Width; x++)
            {
                if (!Rows[y][x]) continue;
                var run = 1;
                while (x + run < Width && Rows[y][x + run]) run++;
                path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{x} {y * RowHeight}h{run}v{RowHeight}h-{run}z");
                x += run;
            }
        return Encoding.ASCII.GetBytes(
            $"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width * scale}" height="{Height * scale}" viewBox="0 0 {Width} {Height}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{Width}v{Height}H0z"/><path d="{path}"/></svg>""");
    }

    /// <summary>As PNG with one bit a pixel.</summary>
    /// <param name="size">Pixels a module.</param>
    internal byte[] ToPng(int size)
    {
        var scale = Scale(size);
        using var image = new MemoryStream();
        image.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width * scale);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height * scale);
        header[8] = 1; // bits a pixel; the rest is zero: grey, deflate, no filter method of its own, not interlaced
        Chunk(image, "IHDR", header);
        Chunk(image, "IDAT", Pixels(scale));
        Chunk(image, "IEND", []);
        return image.ToArray();
    }

    private byte[] Pixels(int scale)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            foreach (var row in Rows)
            {
                // The first byte names the row's filter: none. A set bit is light.
                var line = new byte[1 + (Width * scale + 7) / 8];
                for (var x = 0; x < Width * scale; x++)
                    if (!row[x / scale]) line[1 + x / 8] |= (byte)(0x80 >> (x % 8));
                for (var i = 0; i < RowHeight * scale; i++) zlib.Write(line);
            }
        return packed.ToArray();
    }

    private static void Chunk(Stream image, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        image.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        image.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(body));
        image.Write(number);
    }

    // The CRC of ISO 3309, as the PNG specification gives it.
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }
        return ~crc;
    }
}
