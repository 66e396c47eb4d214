using DasvPipeline.Core.Ingest.Reading.Formats.Values;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xls;

/// <summary>The name and position of a sheet in the workbook stream.</summary>
internal sealed record XlsSheetEntry(string Name, uint Position, bool IsHidden);

/// <summary>The workbook's global records: sheets in order, shared texts, formats and the date system.</summary>
internal sealed class XlsWorkbook
{
    // Excel's own limit is 4,050 in this format.
    private const int MaxFormats = 70_000;

    private readonly CellBudget budget;
    private readonly Dictionary<int, NumberFormatKind> custom = [];
    private readonly List<int> styles = [];

    /// <summary>The ranges of the stream read so far. Overlapping sheets could make a small file a large one.</summary>
    private readonly List<(int From, int To)> readRanges = [];

    private XlsWorkbook(CellBudget budget) => this.budget = budget;

    public List<XlsSheetEntry> Sheets { get; } = [];

    public List<string> Texts { get; } = [];

    public bool From1904 { get; private set; }

    public bool HasLinks { get; private set; }

    public static XlsWorkbook Read(BiffReader biff, CellBudget budget)
    {
        var workbook = new XlsWorkbook(budget);
        biff.Next();
        RefuseOlder(biff);
        while (biff.Id != XlsRecord.Eof)
        {
            biff.Next();
            workbook.ReadRecord(biff);
        }

        workbook.MarkRead(0, biff.Start);
        return workbook;
    }

    /// <summary>Returns the number format of a style number.</summary>
    public NumberFormatKind FormatOf(int style) =>
        style >= styles.Count ? NumberFormatKind.Number
        : custom.TryGetValue(styles[style], out var shown) ? shown
        : NumberFormat.FromBuiltInId(styles[style]);

    public string Text(uint index) =>
        index < Texts.Count ? Texts[(int)index] : throw new FileRefusedException(FileFindings.Damaged("a cell's text is missing"));

    /// <summary>Records a range of the stream as read. Ranges must not overlap.</summary>
    public void MarkRead(int from, int to)
    {
        if (readRanges.Exists(other => from <= other.To && other.From <= to))
        {
            throw BiffReader.Damaged();
        }

        readRanges.Add((from, to));
    }

    private static void RefuseOlder(BiffReader biff)
    {
        const int Excel97 = 0x0600;
        const int WorkbookPart = 0x0005;
        if ((biff.Id & 0xFF) != (XlsRecord.Bof & 0xFF))
        {
            throw BiffReader.Damaged();
        }

        if (biff.Id != XlsRecord.Bof || biff.ReadUInt16() != Excel97)
        {
            throw new FileRefusedException(FileFindings.TooOld());
        }

        if (biff.ReadUInt16() != WorkbookPart)
        {
            throw BiffReader.Damaged();
        }
    }

    private void ReadRecord(BiffReader biff)
    {
        switch (biff.Id)
        {
            case XlsRecord.FilePass:
                throw new FileRefusedException(FileFindings.PasswordProtected());
            case XlsRecord.DateMode:
                From1904 = biff.ReadUInt16() == 1;
                break;
            case XlsRecord.BoundSheet:
                ReadSheet(biff);
                break;
            case XlsRecord.Format when custom.Count < MaxFormats:
                var id = biff.ReadUInt16();
                custom[id] = NumberFormat.Parse(biff.ReadText(biff.ReadUInt16()));
                break;
            case XlsRecord.Xf when styles.Count < MaxFormats:
                biff.Skip(2);
                styles.Add(biff.ReadUInt16());
                break;
            case XlsRecord.Sst:
                ReadTexts(biff);
                break;
            case XlsRecord.SupBook:
                // The list of linked files also contains the workbook itself and add-ins.
                biff.Skip(2);
                HasLinks |= biff.ReadUInt16() is not (<= 1 or 0x0401 or 0x3A01);
                break;
        }
    }

    private void ReadSheet(BiffReader biff)
    {
        const int Worksheet = 0, MacroSheet = 1, Module = 6;
        var position = biff.ReadUInt32();
        var isHidden = (biff.ReadByte() & 3) != 0;
        var kind = biff.ReadByte();
        var name = biff.ReadText(biff.ReadByte());
        if (kind is MacroSheet or Module)
        {
            throw new FileRefusedException(FileFindings.Macros());
        }

        if (kind != Worksheet)
        {
            return;
        }

        if (Sheets.Count == budget.Limits.Sheets)
        {
            throw new FileRefusedException(FileFindings.TooMany("sheets", budget.Limits.Sheets));
        }

        budget.CountText(name.Length);
        Sheets.Add(new XlsSheetEntry(name.ToString(), position, isHidden));
    }

    /// <summary>Reads the shared texts. The declared number is only an upper limit.</summary>
    private void ReadTexts(BiffReader biff)
    {
        biff.Skip(4);
        for (var left = biff.ReadUInt32(); left > 0 && biff.HasMore; left--)
        {
            if (Texts.Count == budget.Limits.Cells)
            {
                throw new FileRefusedException(FileFindings.TooMany("texts", budget.Limits.Cells));
            }

            const int HasExtension = 4, HasRuns = 8;
            var length = biff.ReadUInt16();
            var flags = biff.ReadByte();
            var runs = (flags & HasRuns) != 0 ? biff.ReadUInt16() : 0;
            var extension = (flags & HasExtension) != 0 ? biff.ReadUInt32() : 0;
            budget.CountText(length);
            var text = biff.ReadText(length, (flags & 1) != 0);
            Texts.Add(text.IsEmpty ? string.Empty : text.ToString());
            biff.Skip((uint)runs * 4);
            biff.Skip(extension);
        }
    }
}
