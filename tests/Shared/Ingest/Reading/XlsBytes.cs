using System.Buffers.Binary;
using System.Text;

namespace DasvPipeline.Tests.Ingest.Reading;

/// <summary>Small .xls workbooks made record by record, so that a test can also make what no program would write.</summary>
internal sealed class XlsBytes
{
    private readonly List<byte[]> globals = [];
    private readonly List<(string Name, byte[] Records, byte State, byte Kind)> sheets = [];
    private readonly List<(string Name, byte[] Content)> streams = [];

    public ushort Version { get; init; } = 0x0600;

    /// <summary>The positions of the sheets, or null to calculate them.</summary>
    public uint? Position { get; init; }

    /// <summary>A workbook of one sheet with these records, and a style for each built-in number format.</summary>
    public static byte[] Of(params byte[][] records) => new XlsBytes().Sheet("Figures", records).ToArray();

    public XlsBytes Global(params byte[][] records)
    {
        globals.AddRange(records);
        return this;
    }

    public XlsBytes Sheet(string name, params byte[][] records) => Sheet(name, 0, 0, records);

    public XlsBytes Sheet(string name, byte state, byte kind, params byte[][] records)
    {
        sheets.Add((name, [.. records.SelectMany(record => record)], state, kind));
        return this;
    }

    public XlsBytes Stream(string name, byte[]? content = null)
    {
        streams.Add((name, content ?? []));
        return this;
    }

    public byte[] ToArray() => CompoundBytes.Of([("Workbook", Workbook()), .. streams]);

    public byte[] Workbook()
    {
        byte[] start =
        [
            .. Record(0x0809, [.. U16(Version), .. U16(5), .. new byte[12]]),
            .. Enumerable.Range(0, 50).SelectMany(format => Record(0x00E0, [.. U16(0), .. U16(format), .. new byte[16]])),
            .. globals.SelectMany(record => record),
        ];
        var named = sheets.Sum(sheet => 4 + 8 + sheet.Name.Length);
        var position = (uint)(start.Length + named + 4);
        var stream = new List<byte>(start);
        var bodies = new List<byte>();
        foreach (var (name, records, state, kind) in sheets)
        {
            stream.AddRange(Record(0x0085, [.. U32(Position ?? position), state, kind, (byte)name.Length, 0, .. Encoding.Latin1.GetBytes(name)]));
            byte[] body = [.. Record(0x0809, [.. U16(0x0600), .. U16(0x10), .. new byte[12]]), .. records, .. Record(0x000A, [])];
            position += (uint)body.Length;
            bodies.AddRange(body);
        }

        return [.. stream, .. Record(0x000A, []), .. bodies];
    }

    public static byte[] Record(int id, byte[] data) => [.. U16(id), .. U16(data.Length), .. data];

    public static byte[] CellRecord(int id, int row, int column, int style, params byte[] value) =>
        Record(id, [.. U16(row - 1), .. U16(column - 1), .. U16(style), .. value]);

    public static byte[] Number(int row, int column, double value, int style = 0) => CellRecord(0x0203, row, column, style, BitConverter.GetBytes(value));

    public static byte[] Label(int row, int column, string text) => CellRecord(0x0204, row, column, 0, [.. U16(text.Length), 1, .. Encoding.Unicode.GetBytes(text)]);

    public static byte[] Shared(int row, int column, int text) => CellRecord(0x00FD, row, column, 0, U32((uint)text));

    public static byte[] Formula(int row, int column, byte[] value, int flags = 0) => CellRecord(0x0006, row, column, 0, [.. value, .. U16(flags), .. new byte[6]]);

    public static byte[] Texts(uint count, params string[] texts) =>
        Record(0x00FC, [.. U32(count), .. U32(count), .. texts.SelectMany(text => (byte[])[.. U16(text.Length), 0, .. Encoding.Latin1.GetBytes(text)])]);

    public static byte[] U16(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return bytes;
    }

    public static byte[] U32(uint value) => BitConverter.GetBytes(value);
}
