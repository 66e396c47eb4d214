using System.Buffers.Binary;
using System.Text;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xls;

/// <summary>Collects the texts outside the cells of an .xls workbook: from records of known layout, and from the readable characters of others.</summary>
internal sealed class XlsTexts(OtherTexts texts)
{
    /// <summary>Collects the texts of a record that has no cells. Other records are ignored.</summary>
    public void ReadRecord(BiffReader biff)
    {
        switch (biff.Id)
        {
            case XlsRecord.Header or XlsRecord.Footer when biff.BytesLeft > 3:
                texts.Add(TextPlace.HeaderOrFooter, MarkupTexts.RemoveHeaderCodes(biff.ReadText(biff.ReadUInt16()).ToString()));
                break;
            case XlsRecord.Validation:
                texts.AddReadable(TextPlace.DropDownList, biff.ReadRest());
                break;
            case XlsRecord.DefinedName:
                texts.AddReadable(TextPlace.DefinedName, biff.ReadRest());
                break;
            case XlsRecord.Hyperlink:
                texts.AddReadable(TextPlace.Hyperlink, biff.ReadRest());
                break;
            case XlsRecord.ExternalCells or XlsRecord.SupBook or XlsRecord.ExternalName:
                texts.AddReadable(TextPlace.LinkedWorkbook, biff.ReadRest());
                break;
            case XlsRecord.Drawing:
                FindPicture(biff.ReadRest());
                break;
        }
    }

    /// <summary>Finds a shape that is a picture ([MS-ODRAW] 2.2.40), and the cells that it covers ([MS-XLS] 2.5.193).</summary>
    private void FindPicture(ReadOnlySpan<byte> drawing)
    {
        ReadOnlySpan<byte> pictureShape = [0xB2, 0x04, 0x0A, 0xF0], anchor = [0x00, 0x00, 0x10, 0xF0, 0x12, 0x00, 0x00, 0x00];
        const int Left = 10, Top = 14, Right = 18, Bottom = 22, AnchorLength = 26;
        if (drawing.IndexOf(pictureShape) < 0)
        {
            return;
        }

        var at = drawing.IndexOf(anchor);
        texts.AddPicture(at >= 0 && at + AnchorLength <= drawing.Length
            && PictureSize.CoversManyCells(Column(drawing, Right) - Column(drawing, Left), Column(drawing, Bottom) - Column(drawing, Top)));

        int Column(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + offset)..]);
    }

    public void Add(TextPlace place, ReadOnlySpan<char> text) => texts.Add(place, text);

    /// <summary>Adds the texts of a set of properties ([MS-OLEPS]), without the names of the author and the last editor.</summary>
    public void AddProperties(ReadOnlySpan<byte> stream)
    {
        const int SectionAddress = 44, Author = 4, LastEditor = 8, Application = 18, Ansi = 30, Wide = 31, MaxProperties = 1000;
        if (stream.Length < SectionAddress + 4 || Number(stream, SectionAddress) is not (>= 0 and var address) || address + 8 > stream.Length)
        {
            return;
        }

        var section = stream[address..];
        for (int i = 0, count = Math.Min(Number(section, 4), MaxProperties); i < count && 16 + (i * 8) <= section.Length; i++)
        {
            var (id, at) = (Number(section, 8 + (i * 8)), Number(section, 12 + (i * 8)));
            if (id is Author or LastEditor or Application || at < 0 || at + 8 > section.Length || Number(section, at) is not (Ansi or Wide) and var type)
            {
                continue;
            }

            var length = (long)Number(section, at + 4) * (Number(section, at) == Wide ? 2 : 1);
            if (length > 0 && at + 8 + length <= section.Length)
            {
                var value = section.Slice(at + 8, (int)length);
                texts.Add(TextPlace.Property, (Number(section, at) == Wide ? Encoding.Unicode : Encoding.Latin1).GetString(value).TrimEnd('\0'));
            }
        }
    }

    private static int Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
}
