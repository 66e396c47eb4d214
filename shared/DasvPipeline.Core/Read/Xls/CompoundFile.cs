using System.Buffers.Binary;
using System.Text;

namespace DasvPipeline.Core.Read.Xls;

/// <summary>
/// The file system inside an old Office file ([MS-CFB]): sectors in chains. Every chain is followed through sectors that
/// are there, each once, and no further than what is asked for, so nothing takes more time or memory than the file is long.
/// </summary>
internal sealed class CompoundFile
{
    private const uint LastSector = 0xFFFFFFFA;
    private const uint NoEntry = 0xFFFFFFFF;
    private const int HeaderLength = 512;
    private const int EntryLength = 128;
    private const int MiniSectorLength = 64;

    private readonly ReadOnlyMemory<byte> content;
    private readonly int sectorLength;
    private readonly int sectors;
    private readonly uint[] table;
    private readonly Dictionary<string, Entry> entries = new(StringComparer.OrdinalIgnoreCase);
    private Entry root;

    public CompoundFile(ReadOnlyMemory<byte> content)
    {
        this.content = content;
        var header = content.Span;
        if (content.Length < HeaderLength || U16(header, 28) != 0xFFFE || U16(header, 30) is not (9 or 12) || U16(header, 32) != 6)
        {
            throw Damaged();
        }

        sectorLength = 1 << U16(header, 30);
        sectors = Math.Max(0, (content.Length - 1) / sectorLength);
        table = ReadTable();
        ReadDirectory();
    }

    /// <summary>The streams and storages of the outermost storage: what is embedded deeper is none of the workbook's own.</summary>
    public IEnumerable<string> Names => entries.Keys;

    public bool Has(string name) => entries.ContainsKey(name);

    /// <summary>The bytes of a stream of the outermost storage.</summary>
    public byte[] Read(string stream)
    {
        var entry = entries[stream];
        var shortest = U32(content.Span, 56);
        if (entry.Length >= shortest)
        {
            return Copy(content.Span, Chain(entry.Start, table, entry.Length, sectorLength), entry.Length, sectorLength, sectorLength);
        }

        // Short streams share the root's, in small sectors of their own.
        var mini = Copy(content.Span, Chain(root.Start, table, root.Length, sectorLength), root.Length, sectorLength, sectorLength);
        var miniTable = Entries(Chain(U32(content.Span, 60), table, null, sectorLength));
        return Copy(mini, Chain(entry.Start, miniTable, entry.Length, MiniSectorLength), entry.Length, MiniSectorLength, 0);
    }

    /// <summary>Which sector follows which; its own sectors are listed in the header and, in large files, in a chain.</summary>
    private uint[] ReadTable()
    {
        const int InHeader = 109;
        var header = content.Span;
        var count = U32(header, 44);
        if (count > sectors)
        {
            throw Damaged();
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
            for (var i = 0; i < perSector && listed.Count < count; i++)
            {
                listed.Add(U32(list, 4 * i));
            }

            next = U32(list, 4 * perSector);
        }

        return Entries(listed);
    }

    private uint[] Entries(List<uint> of)
    {
        var numbers = new uint[of.Count * (sectorLength / 4)];
        var at = 0;
        foreach (var number in of)
        {
            var sector = Sector(number);
            for (var i = 0; i < sectorLength; i += 4)
            {
                numbers[at++] = U32(sector, i);
            }
        }

        return numbers;
    }

    private void ReadDirectory()
    {
        var chain = Chain(U32(content.Span, 48), table, null, sectorLength);
        var directory = Copy(content.Span, chain, (long)chain.Count * sectorLength, sectorLength, sectorLength);
        var count = (uint)(directory.Length / EntryLength);
        if (count == 0)
        {
            throw Damaged();
        }

        root = EntryAt(directory, 0);
        var seen = new HashSet<uint>();
        var open = new Stack<uint>([root.Child]);
        while (open.TryPop(out var id))
        {
            if (id == NoEntry)
            {
                continue;
            }

            var entry = id < count && seen.Add(id) ? EntryAt(directory, id) : throw Damaged();
            if (!entries.TryAdd(entry.Name, entry))
            {
                throw Damaged();
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

    /// <summary>The sectors of a chain in their order: enough for a length, or to its end.</summary>
    private List<uint> Chain(uint start, uint[] follows, long? length, int unit)
    {
        if (length > content.Length)
        {
            throw Damaged();
        }

        var most = length is { } asked ? (asked + unit - 1) / unit : long.MaxValue;
        var chain = new List<uint>();
        var seen = new bool[follows.Length];
        for (var sector = start; chain.Count < most && !(length is null && sector >= LastSector); sector = follows[sector])
        {
            if (sector >= follows.Length || seen[sector])
            {
                throw Damaged();
            }

            seen[sector] = true;
            chain.Add(sector);
        }

        return chain;
    }

    private static byte[] Copy(ReadOnlySpan<byte> from, List<uint> chain, long length, int unit, int offset)
    {
        var bytes = new byte[length];
        for (var i = 0; i < chain.Count; i++)
        {
            var wanted = (int)Math.Min(unit, length - ((long)i * unit));
            var at = offset + ((long)chain[i] * unit);
            if (at + wanted > from.Length)
            {
                throw Damaged();
            }

            from.Slice((int)at, wanted).CopyTo(bytes.AsSpan(i * unit));
        }

        return bytes;
    }

    private ReadOnlySpan<byte> Sector(uint number)
    {
        var at = (number + 1L) * sectorLength;
        return at + sectorLength <= content.Length ? content.Span.Slice((int)at, sectorLength) : throw Damaged();
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static Refusal Damaged() => new(FileFinding.Damaged("it is incomplete, or was changed on its way"));

    private readonly record struct Entry(string Name, uint Left, uint Right, uint Child, uint Start, uint Length);
}
