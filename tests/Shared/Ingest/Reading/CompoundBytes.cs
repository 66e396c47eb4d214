using System.Buffers.Binary;
using System.Text;

namespace DasvPipeline.Tests.Ingest.Reading;

/// <summary>Compound files with sectors of 512 bytes and streams one after another: header, table, directory, streams.</summary>
internal static class CompoundBytes
{
    public const int SectorLength = 512;
    public const int Table = SectorLength;
    private const uint EndOfChain = 0xFFFFFFFE;
    private const uint None = 0xFFFFFFFF;

    public static byte[] Of(params (string Name, byte[] Content)[] streams) => Of(streams, null);

    /// <summary>Creates a file with streams, and a storage with streams of its own.</summary>
    public static byte[] Of((string Name, byte[] Content)[] rootStreams, (string Name, (string Name, byte[] Content)[] Streams)? storage)
    {
        var inner = storage?.Streams ?? [];
        var streams = rootStreams.Concat(inner).ToArray();

        // A shorter stream is stored elsewhere.
        const int Shortest = 4096;
        var contents = streams.Select(stream => stream.Content.Length >= Shortest ? stream.Content : [.. stream.Content, .. new byte[Shortest - stream.Content.Length]]).ToArray();
        var lengths = contents.Select(Sectors).ToArray();
        var directorySectors = Sectors(new byte[128 * (streams.Length + (storage is null ? 1 : 2))]);
        var tableSectors = 1;
        while (tableSectors * 128 < tableSectors + directorySectors + lengths.Sum())
        {
            tableSectors++;
        }

        var table = Enumerable.Repeat(None, tableSectors * 128).ToArray();
        var starts = new List<int>();
        var next = tableSectors;
        foreach (var length in lengths.Prepend(directorySectors))
        {
            starts.Add(next);
            for (var i = 0; i < length; i++)
            {
                table[next + i] = i + 1 < length ? (uint)(next + i + 1) : EndOfChain;
            }

            next += length;
        }

        var file = new byte[SectorLength * (next + 1)];
        byte[] signature = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        signature.CopyTo(file, 0);
        Put16(file, 26, 3);
        Put16(file, 28, 0xFFFE);
        Put16(file, 30, 9);
        Put16(file, 32, 6);
        Put32(file, 44, (uint)tableSectors);
        Put32(file, 48, (uint)starts[0]);
        Put32(file, 56, Shortest);
        Put32(file, 60, EndOfChain);
        Put32(file, 68, EndOfChain);
        for (var i = 0; i < 109; i++)
        {
            Put32(file, 76 + (4 * i), i < tableSectors ? (uint)i : None);
        }

        for (var i = 0; i < table.Length; i++)
        {
            Put32(file, Table + (4 * i), table[i]);
        }

        var directory = SectorLength * (starts[0] + 1);
        Entry(file.AsSpan(directory), "Root Entry", 5, None, streams.Length > 0 ? 1 : None, EndOfChain, 0);
        for (var i = 0; i < streams.Length; i++)
        {
            var isLast = i == rootStreams.Length - 1 || i == streams.Length - 1;
            var right = !isLast ? (uint)(i + 2) : storage is not null && i == rootStreams.Length - 1 ? (uint)(streams.Length + 1) : None;
            Entry(file.AsSpan(directory + (128 * (i + 1))), streams[i].Name, 2, right, None, (uint)starts[i + 1], (uint)contents[i].Length);
            contents[i].CopyTo(file, SectorLength * (starts[i + 1] + 1));
        }

        if (storage is { } folder)
        {
            Entry(file.AsSpan(directory + (128 * (streams.Length + 1))), folder.Name, 1, None, inner.Length > 0 ? (uint)(rootStreams.Length + 1) : None, EndOfChain, 0);
        }

        return file;
    }

    public static void Put32(byte[] bytes, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);

    private static void Put16(byte[] bytes, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), value);

    private static int Sectors(byte[] content) => (content.Length + SectorLength - 1) / SectorLength;

    private static void Entry(Span<byte> entry, string name, byte type, uint right, uint child, uint start, uint length)
    {
        Encoding.Unicode.GetBytes(name, entry);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)((name.Length + 1) * 2));
        entry[66] = type;
        BinaryPrimitives.WriteUInt32LittleEndian(entry[68..], None);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[72..], right);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[76..], child);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[116..], start);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[120..], length);
    }
}
