using System.Buffers.Binary;
using System.Text;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.Tests.Hostile;

/// <summary>Zip packages that are damaged, locked or larger than they seem. The fault is in the zip and not in the cells.</summary>
internal static class HostileZips
{
    private const int Mega = 1024 * 1024;

    // Offsets within an entry of the directory (APPNOTE 4.3.12) and within the header before its bytes (4.3.7).
    private const int DirectoryEntry = 46, DirectoryFlags = 8, DirectoryCrc = 16, DirectorySize = 24, DirectoryOffset = 42;
    private const int Header = 30, HeaderFlags = 6, HeaderSize = 22;
    private const string SheetPart = "xl/worksheets/sheet0.xml";

    public static IEnumerable<HostileFile> Files() => Bombs().Select(HostileFile.Heavy).Concat(Damaged()).Concat(Names()).Concat(Locked()).Concat(Macros());

    private static IEnumerable<HostileFile> Bombs()
    {
        var picture = new byte[8 * Mega];
        yield return new("bomb in a picture.xlsx", ValidFiles.Xlsx().Part("xl/media/picture.png", new byte[Mega], 300).ToArray());
        yield return new("bomb of elements.xlsx", Parts(ValidFiles.Xlsx(), 30, Encoding.ASCII.GetBytes($"<a>{ValidFiles.Repeated("<b/>", 8 * Mega)}</a>"), "xml"));
        yield return new("bomb in many parts.xlsx", Parts(ValidFiles.Xlsx(), 300, new byte[Mega]));
        yield return new("bomb whose parts share their bytes.xlsx", Overlapping());
        yield return new("bomb within a zip within the workbook.xlsx", ValidFiles.Xlsx().Part("xl/media/a.zip", XlsxBytes.Zip(("b.zip", ValidFiles.Xlsx().Part("c.bin", new byte[Mega], 300).ToArray()))).ToArray());
        yield return new("bomb in a spreadsheet.ods", XlsxBytes.Zip(
        [
            ("mimetype", Encoding.ASCII.GetBytes(OdsBytes.MediaType)),
            ("content.xml", Encoding.UTF8.GetBytes(OdsBytes.Content(OdsBytes.Sheet(ValidFiles.OdsRows)))),
            .. Enumerable.Range(0, 30).Select(i => ($"Pictures/{i}.png", picture)),
        ]));
        yield return new("declared far larger than it is.xlsx", Declaring(0x7FFF_FFFF));
        yield return new("declared smaller than it is.xlsx", Declaring(10));
        yield return new("3,000 parts.xlsx", Parts(ValidFiles.Xlsx(), 3_000, [1]));
        yield return new("80,000 parts.xlsx", XlsxBytes.Zip([.. Enumerable.Range(0, 80_000).Select(i => (FormattableString.Invariant($"a{i}"), Array.Empty<byte>()))]));
    }

    private static IEnumerable<HostileFile> Damaged()
    {
        var whole = ValidFiles.Xlsx().ToArray();
        foreach (var percent in (int[])[1, 10, 50, 90, 99])
        {
            yield return new(FormattableString.Invariant($"cut off after {percent} percent.xlsx"), whole[..(whole.Length * percent / 100)]);
        }

        yield return new("cut off.ods", OdsBytes.Of(ValidFiles.OdsRows)[..700]);
        yield return new("cut off.xls", ValidFiles.Xls().ToArray()[..2_000]);
        yield return new("bytes in the middle overwritten.xlsx", [.. whole[..(whole.Length / 2)], .. new byte[16], .. whole[(whole.Length / 2 + 16)..]]);
        yield return new("a checksum that is wrong.xlsx", Patched(whole, bytes => bytes[Directory(bytes, SheetPart) + DirectoryCrc] ^= 1));
        yield return new("a directory that leads nowhere.xlsx", Patched(whole, bytes => Put32(bytes, Directory(bytes, SheetPart) + DirectoryOffset, 0x00FF_FFFF)));
        yield return new("begins with other bytes.xlsx", [.. "MZ\u0090\0"u8, .. whole]);
        yield return new("the same part twice.xlsx", ValidFiles.Xlsx().Part("xl/workbook.xml", "<x/>").ToArray());
        yield return new("the same part twice in another case.xlsx", ValidFiles.Xlsx().Part("XL/Workbook.xml", "<x/>").ToArray());
        yield return new("no sheet.xlsx", new XlsxBytes().ToArray());
        yield return new("no workbook.xlsx", XlsxBytes.Zip(("[Content_Types].xml", "<Types/>"u8.ToArray())));
        yield return new("nothing in the zip.xlsx", XlsxBytes.Zip());
    }

    private static IEnumerable<HostileFile> Names()
    {
        (string Kind, string Name)[] names =
        [
            ("goes up", "../../evil.xml"), ("goes up inside", "xl/../../evil.xml"), ("is absolute", "/etc/passwd"), ("has a drive", "C:/evil.xml"),
            ("has backslashes", "xl\\..\\evil.xml"), ("has a control character", "xl/a\u0001.xml"),
        ];
        return names.Select(name => new HostileFile($"a part whose name {name.Kind}.xlsx", ValidFiles.Xlsx().Part(name.Name, "<x/>").ToArray()));
    }

    private static IEnumerable<HostileFile> Locked()
    {
        yield return new("locked.xlsx", CompoundBytes.Of(("EncryptionInfo", []), ("EncryptedPackage", [])));
        yield return new("locked.xls", Workbooks.Fixture("locked.xls"));
        yield return new("locked.ods", Workbooks.Fixture("locked.ods"));
        yield return new("parts with a zip password.xlsx", Patched(ValidFiles.Xlsx().ToArray(), bytes =>
        {
            bytes[Directory(bytes, SheetPart) + DirectoryFlags] |= 1;
            bytes[LocalHeader(bytes, SheetPart) + HeaderFlags] |= 1;
        }));
    }

    private static IEnumerable<HostileFile> Macros()
    {
        const string Enabled = "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>";
        yield return new("macros.xlsm", ValidFiles.Xlsx().Part("[Content_Types].xml", Enabled).ToArray());
        yield return new("macros in disguise.xlsx", ValidFiles.Xlsx().Part("xl/vbaProject.bin", [1]).ToArray());
        yield return new("a macro sheet.xlsx", ValidFiles.Xlsx().Part("xl/macrosheets/sheet1.xml", "<xm/>").ToArray());
        yield return new("macros.xls", ValidFiles.Xls().Stream("_VBA_PROJECT_CUR").ToArray());
        yield return new("a macro sheet.xls", ValidFiles.Xls().Sheet("Macro1", 0, 1).ToArray());
        yield return new("Basic.ods", OdsBytes.OfSheets(OdsBytes.Sheet(ValidFiles.OdsRows), ("Basic/Standard/Module1.xml", "<a/>")));
        yield return new("Python.ods", OdsBytes.OfSheets(OdsBytes.Sheet(ValidFiles.OdsRows), ("Scripts/python/a.py", "a")));
    }

    private static byte[] Parts(XlsxBytes file, int count, byte[] content, string ending = "bin")
    {
        for (var i = 0; i < count; i++)
        {
            file.Part(FormattableString.Invariant($"xl/media/{i}.{ending}"), content);
        }

        return file.ToArray();
    }

    /// <summary>Writes a hundred directory entries that refer to the same 5 MB.</summary>
    private static byte[] Overlapping()
    {
        var bytes = Parts(ValidFiles.Xlsx().Part("xl/media/large.bin", new byte[5 * Mega]), 100, []);
        var large = bytes.AsSpan(Directory(bytes, "xl/media/large.bin"), DirectoryEntry).ToArray();
        for (var i = 0; i < 100; i++)
        {
            var name = FormattableString.Invariant($"xl/media/{i}.bin");
            large.CopyTo(bytes, Directory(bytes, name));
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Directory(bytes, name) + 28), (ushort)name.Length);
        }

        return bytes;
    }

    private static byte[] Declaring(uint size) => Patched(ValidFiles.Xlsx().ToArray(), bytes =>
    {
        Put32(bytes, Directory(bytes, SheetPart) + DirectorySize, size);
        Put32(bytes, LocalHeader(bytes, SheetPart) + HeaderSize, size);
    });

    private static byte[] Patched(byte[] bytes, Action<byte[]> patch)
    {
        byte[] copy = [.. bytes];
        patch(copy);
        return copy;
    }

    private static int Directory(byte[] bytes, string part) => bytes.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(part)) - DirectoryEntry;

    private static int LocalHeader(byte[] bytes, string part) => bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(part)) - Header;

    private static void Put32(byte[] bytes, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
}
