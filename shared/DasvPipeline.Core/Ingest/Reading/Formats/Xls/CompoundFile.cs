using System.Buffers.Binary;
using System.Text;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xls;

/// <summary>
/// Reads the file system inside an old Office file ([MS-CFB]), which consists of chains of sectors. A chain visits each
/// sector at most once and stops at the length needed, so time and memory are limited by the size of the file. If the file
/// is refused, chains, sectors and streams are empty.
/// </summary>
internal sealed class CompoundFile
{
    private const uint LastSector = 0xFFFFFFFA;
    private const uint NoEntry = 0xFFFFFFFF;
    private const int HeaderLength = 512;
    private const int EntryLength = 128;
    private const int MiniSectorLength = 64;

    private readonly ReadOnlyMemory<byte> content;
    private readonly ReadingContext context;
    private readonly int sectorLength;
    private readonly int sectors;
    private readonly uint[] table = [];
    private readonly Dictionary<string, Entry> entries = new(StringComparer.OrdinalIgnoreCase);
    private Entry root;
    private byte[] directory = [];

    public CompoundFile(ReadOnlyMemory<byte> content, ReadingContext context)
    {
        this.content = content;
        this.context = context;
        var header = content.Span;
        if (content.Length < HeaderLength || U16(header, 28) != 0xFFFE || U16(header, 30) is not (9 or 12) || U16(header, 32) != 6)
        {
            Refuse();
            return;
        }

        sectorLength = 1 << U16(header, 30);
        sectors = Math.Max(0, (content.Length - 1) / sectorLength);
        table = ReadTable();
        ReadDirectory();
    }

    /// <summary>The streams and storages of the root storage. Deeper ones belong to embedded objects.</summary>
    public IEnumerable<string> Names => entries.Keys;

    public bool Has(string name) => entries.ContainsKey(name);

    /// <summary>Reads a stream of the root storage.</summary>
    public byte[] Read(string stream) => Read(entries[stream]);

    private byte[] Read(Entry entry)
    {
        var miniStreamLimit = U32(content.Span, 56);
        if (entry.Length >= miniStreamLimit)
        {
            return Copy(content.Span, Chain(entry.Start, table, entry.Length, sectorLength), entry.Length, sectorLength, sectorLength);
        }

        // Short streams are in the mini sectors of the root's stream.
        var mini = Copy(content.Span, Chain(root.Start, table, root.Length, sectorLength), root.Length, sectorLength, sectorLength);
        var miniTable = Entries(Chain(U32(content.Span, 60), table, null, sectorLength));
        return Copy(mini, Chain(entry.Start, miniTable, entry.Length, MiniSectorLength), entry.Length, MiniSectorLength, 0);
    }

    /// <summary>Reads the streams of a storage in the root storage. Empty if there is no such storage. Their total length is at most that of the file.</summary>
    public IEnumerable<(string Name, byte[] Content)> ReadStorage(string name)
    {
        var visited = new HashSet<uint>();
        var open = new Stack<uint>(entries.TryGetValue(name, out var storage) ? [storage.Child] : []);
        long length = 0;
        while (!context.IsRefused && open.TryPop(out var id))
        {
            if (id == NoEntry || ((long)id + 1) * EntryLength > directory.Length || !visited.Add(id))
            {
                continue;
            }

            var entry = EntryAt(directory, id);
            open.Push(entry.Left);
            open.Push(entry.Right);
            length += entry.Length;
            if (length <= content.Length)
            {
                yield return (entry.Name, Read(entry));
            }
        }
    }

    /// <summary>Reads the sector allocation table. Its sectors are listed in the header and, in large files, in a chain.</summary>
    private uint[] ReadTable()
    {
        const int InHeader = 109;
        var header = content.Span;
        var count = U32(header, 44);
        if (count > sectors)
        {
            Refuse();
            return [];
        }

        var listed = new List<uint>();
        for (var i = 0; i < InHeader && listed.Count < count; i++)
        {
            listed.Add(U32(header, 76 + (4 * i)));
        }

        var perSector = (sectorLength / 4) - 1;
        for (var next = U32(header, 68); listed.Count < count;)
        {
            var list = Sector(next);
            if (list.IsEmpty)
            {
                return [];
            }

            for (var i = 0; i < perSector && listed.Count < count; i++)
            {
                listed.Add(U32(list, 4 * i));
            }

            next = U32(list, 4 * perSector);
        }

        return Entries(listed);
    }

    private uint[] Entries(List<uint> tableSectors)
    {
        var numbers = new uint[tableSectors.Count * (sectorLength / 4)];
        var at = 0;
        foreach (var number in tableSectors)
        {
            var sector = Sector(number);
            for (var i = 0; i < sector.Length; i += 4)
            {
                numbers[at++] = U32(sector, i);
            }
        }

        return numbers;
    }

    private void ReadDirectory()
    {
        var chain = Chain(U32(content.Span, 48), table, null, sectorLength);
        directory = Copy(content.Span, chain, (long)chain.Count * sectorLength, sectorLength, sectorLength);
        var count = (uint)(directory.Length / EntryLength);
        if (count == 0)
        {
            Refuse();
            return;
        }

        root = EntryAt(directory, 0);
        var visited = new HashSet<uint>();
        var open = new Stack<uint>([root.Child]);
        while (open.TryPop(out var id))
        {
            if (id == NoEntry)
            {
                continue;
            }

            if (id >= count || !visited.Add(id))
            {
                Refuse();
                return;
            }

            var entry = EntryAt(directory, id);
            if (!entries.TryAdd(entry.Name, entry))
            {
                Refuse();
                return;
            }

            open.Push(entry.Left);
            open.Push(entry.Right);
        }
    }

    private static Entry EntryAt(ReadOnlySpan<byte> directory, uint id)
    {
        var entry = directory.Slice((int)id * EntryLength, EntryLength);
        var nameLength = Math.Clamp(U16(entry, 64) - 2, 0, 62);
        return new Entry(
            Encoding.Unicode.GetString(entry[..nameLength]), U32(entry, 68), U32(entry, 72), U32(entry, 76), U32(entry, 116), U32(entry, 120));
    }

    /// <summary>Returns the sectors of a chain in order: as many as a length needs, or all of them.</summary>
    private List<uint> Chain(uint start, uint[] nextSector, long? length, int unit)
    {
        if (context.IsRefused || length > content.Length)
        {
            Refuse();
            return [];
        }

        var maxSectors = length is { } wantedLength ? (wantedLength + unit - 1) / unit : long.MaxValue;
        var chain = new List<uint>();
        var visited = new bool[nextSector.Length];
        for (var sector = start; chain.Count < maxSectors && !(length is null && sector >= LastSector); sector = nextSector[sector])
        {
            if (sector >= nextSector.Length || visited[sector])
            {
                Refuse();
                return [];
            }

            visited[sector] = true;
            chain.Add(sector);
        }

        return chain;
    }

    private byte[] Copy(ReadOnlySpan<byte> source, List<uint> chain, long length, int unit, int offset)
    {
        if (context.IsRefused)
        {
            return [];
        }

        var bytes = new byte[length];
        for (var i = 0; i < chain.Count; i++)
        {
            var count = (int)Math.Min(unit, length - ((long)i * unit));
            var at = offset + ((long)chain[i] * unit);
            if (at + count > source.Length)
            {
                Refuse();
                return [];
            }

            source.Slice((int)at, count).CopyTo(bytes.AsSpan(i * unit));
        }

        return bytes;
    }

    private ReadOnlySpan<byte> Sector(uint number)
    {
        var at = (number + 1L) * sectorLength;
        if (at + sectorLength <= content.Length)
        {
            return content.Span.Slice((int)at, sectorLength);
        }

        Refuse();
        return [];
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private void Refuse() => context.Refuse(FileFindings.Damaged("it is incomplete, or was changed on the way to us"));

    private readonly record struct Entry(string Name, uint Left, uint Right, uint Child, uint Start, uint Length);
}
