using System.Buffers.Binary;

namespace DasvPipeline.Core.Read.Zip;

/// <summary>
/// Calculates the checksum of zip entries (CRC-32, ISO 3309), 8 bytes at a time. .NET's zip reader does not check it, so
/// a flipped bit in a stored part could turn 17 into 97 without an error.
/// </summary>
internal static class Crc32
{
    private const int Slices = 8;
    private static readonly uint[][] Table = CreateTable();

    /// <summary>Updates a checksum with more bytes. The initial <paramref name="crc"/> is 0.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var (t0, t1, t2, t3, t4, t5, t6, t7) = (Table[0], Table[1], Table[2], Table[3], Table[4], Table[5], Table[6], Table[7]);
        var c = ~crc;
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            var low = c ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            c = t7[(byte)low] ^ t6[(byte)(low >> 8)] ^ t5[(byte)(low >> 16)] ^ t4[low >> 24]
                ^ t3[bytes[4]] ^ t2[bytes[5]] ^ t1[bytes[6]] ^ t0[bytes[7]];
        }

        foreach (var b in bytes)
        {
            c = t0[(byte)(c ^ b)] ^ (c >> 8);
        }

        return ~c;
    }

    private static uint[][] CreateTable()
    {
        const uint Polynomial = 0xEDB88320;
        var table = new uint[Slices][];
        for (var slice = 0; slice < Slices; slice++)
        {
            table[slice] = new uint[256];
            for (var i = 0u; i < 256; i++)
            {
                var c = slice == 0 ? i : table[slice - 1][i];
                for (var bit = 0; bit < 8 && slice == 0; bit++)
                {
                    c = (c & 1) != 0 ? Polynomial ^ (c >> 1) : c >> 1;
                }

                table[slice][i] = slice == 0 ? c : table[0][(byte)c] ^ (c >> 8);
            }
        }

        return table;
    }
}
