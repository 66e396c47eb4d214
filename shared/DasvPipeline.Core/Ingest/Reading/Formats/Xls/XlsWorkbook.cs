using DasvPipeline.Core.Ingest.Reading.Formats.Values;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xls;

/// <summary>The name and position of a sheet in the workbook stream.</summary>
internal sealed record XlsSheetEntry(string Name, uint Position, bool IsHidden);

/// <summary>The workbook's global records: sheets in order, shared texts, formats and the date system.</summary>
internal sealed class XlsWorkbook
{
    // Excel's own limit is 4,050 in this format.
    private const int MaxFormats = 70_000;

    private readonly ReadingContext context;
    private readonly Dictionary<int, NumberFormatKind> custom = [];
    private readonly List<(int Font, int Format)> styles = [];
    private readonly List<FontEffects> fonts = [];
    private readonly TextRuns runs = new();

    /// <summary>The ranges of the stream read so far. Overlapping sheets could make a small file a large one.</summary>
    private readonly List<(int From, int To)> readRanges = [];

    private readonly XlsTexts texts;

    private XlsWorkbook(ReadingContext context, XlsTexts texts) => (this.context, this.texts) = (context, texts);

    public List<XlsSheetEntry> Sheets { get; } = [];

    public SharedTexts Texts { get; } = new();

    /// <summary>The effects of the shared texts that have runs with fonts of their own, by the index of the text.</summary>
    public Dictionary<int, RunEffects> TextEffects { get; } = [];

    public bool From1904 { get; private set; }

    public bool HasLinks { get; private set; }

    public static XlsWorkbook Read(BiffReader biff, ReadingContext context, XlsTexts texts)
    {
        var workbook = new XlsWorkbook(context, texts);
        biff.Next();
        workbook.RefuseOlder(biff);
        while (biff.Next() && biff.Id != XlsRecord.Eof)
        {
            workbook.ReadRecord(biff);
        }

        workbook.MarkRead(biff, 0);
        return workbook;
    }

    /// <summary>Returns the number format of a style number.</summary>
    public NumberFormatKind FormatOf(int style) =>
        style >= styles.Count ? NumberFormatKind.Number
        : custom.TryGetValue(styles[style].Format, out var shown) ? shown
        : NumberFormat.FromBuiltInId(styles[style].Format);

    /// <summary>Returns the effects of the font of a style number.</summary>
    public FontEffects FontOf(int style) => style < styles.Count ? EffectsOf(styles[style].Font) : FontEffects.None;

    /// <summary>Reads the runs that follow a text, and returns the text without footnote marks.</summary>
    public ReadOnlySpan<char> ReadRuns(BiffReader biff, ReadOnlySpan<char> text, int count, out RunEffects effects)
    {
        runs.Clear();
        var (start, font) = (0, (FontEffects?)null);
        for (; count > 0 && !context.IsRefused; count--)
        {
            // The position is not checked by all programs that write it.
            var next = Math.Clamp(biff.ReadUInt16(), start, text.Length);
            runs.Add(text[start..next], start, font);
            (start, font) = (next, EffectsOf(biff.ReadUInt16()));
        }

        runs.Add(text[start..], start, font);
        effects = runs.Effects;
        return runs.RemoveMarks(text);
    }

    public string Text(uint index)
    {
        if (index < Texts.Count)
        {
            return Texts.Use((int)index);
        }

        context.Refuse(FileFindings.Damaged("a cell's text is missing"));
        return string.Empty;
    }

    /// <summary>Records the records from a position to the current one as read. Such ranges must not overlap.</summary>
    public void MarkRead(BiffReader biff, int from)
    {
        if (readRanges.Exists(other => from <= other.To && other.From <= biff.Start))
        {
            biff.Refuse();
        }

        readRanges.Add((from, biff.Start));
    }

    private void RefuseOlder(BiffReader biff)
    {
        const int Excel97 = 0x0600;
        const int WorkbookPart = 0x0005;
        if ((biff.Id & 0xFF) != (XlsRecord.Bof & 0xFF))
        {
            biff.Refuse();
        }

        if (biff.Id != XlsRecord.Bof || biff.ReadUInt16() != Excel97)
        {
            context.Refuse(FileFindings.TooOld());
        }

        if (biff.ReadUInt16() != WorkbookPart)
        {
            biff.Refuse();
        }
    }

    private void ReadRecord(BiffReader biff)
    {
        switch (biff.Id)
        {
            case XlsRecord.FilePass:
                context.Refuse(FileFindings.PasswordProtected());
                break;
            case XlsRecord.DateMode:
                From1904 = biff.ReadUInt16() == 1;
                break;
            case XlsRecord.BoundSheet:
                ReadSheet(biff);
                break;
            case XlsRecord.Format when custom.Count < MaxFormats:
                var id = biff.ReadUInt16();
                var code = biff.ReadText(biff.ReadUInt16()).ToString();
                custom[id] = NumberFormat.Parse(code);
                texts.Add(TextPlace.NumberFormat, code.Replace("\"", string.Empty, StringComparison.Ordinal).Replace("\\", string.Empty, StringComparison.Ordinal));
                break;
            case XlsRecord.Font when fonts.Count < MaxFormats:
                ReadFont(biff);
                break;
            case XlsRecord.Xf when styles.Count < MaxFormats:
                styles.Add((biff.ReadUInt16(), biff.ReadUInt16()));
                break;
            case XlsRecord.Sst:
                ReadTexts(biff);
                break;
            case XlsRecord.SupBook:
                // The list of linked files also contains the workbook itself and add-ins.
                biff.Skip(2);
                HasLinks |= biff.ReadUInt16() is not (<= 1 or 0x0401 or 0x3A01);
                texts.ReadRecord(biff);
                break;
            default:
                texts.ReadRecord(biff);
                break;
        }
    }

    private void ReadFont(BiffReader biff)
    {
        const int StrikeOut = 8;
        biff.Skip(2);
        var effects = (biff.ReadUInt16() & StrikeOut) != 0 ? FontEffects.Struck : FontEffects.None;
        biff.Skip(4);
        fonts.Add(effects | (biff.ReadUInt16() != 0 ? FontEffects.Raised : FontEffects.None));
    }

    /// <summary>Returns the effects of a font number. There is no font 4.</summary>
    private FontEffects EffectsOf(int font) => (font > 4 ? font - 1 : font) is var index && index < fonts.Count ? fonts[index] : FontEffects.None;

    private void ReadSheet(BiffReader biff)
    {
        const int Worksheet = 0, MacroSheet = 1, Module = 6;
        var position = biff.ReadUInt32();
        var isHidden = (biff.ReadByte() & 3) != 0;
        var kind = biff.ReadByte();
        var name = biff.ReadText(biff.ReadByte());
        if (kind is MacroSheet or Module)
        {
            context.Refuse(FileFindings.Macros());
        }

        if (kind != Worksheet)
        {
            return;
        }

        if (Sheets.Count == context.Limits.Sheets)
        {
            context.Refuse(FileFindings.TooMany("sheets", context.Limits.Sheets));
            return;
        }

        context.CountText(name.Length);
        Sheets.Add(new XlsSheetEntry(name.ToString(), position, isHidden));
    }

    /// <summary>Reads the shared texts. The declared number is only an upper limit.</summary>
    private void ReadTexts(BiffReader biff)
    {
        biff.Skip(4);
        for (var left = biff.ReadUInt32(); left > 0 && biff.HasMore; left--)
        {
            if (Texts.Count == context.Limits.Cells)
            {
                context.Refuse(FileFindings.TooMany("texts", context.Limits.Cells));
                return;
            }

            const int HasExtension = 4, HasRuns = 8;
            var length = biff.ReadUInt16();
            var flags = biff.ReadByte();
            var runCount = (flags & HasRuns) != 0 ? biff.ReadUInt16() : 0;
            var extension = (flags & HasExtension) != 0 ? biff.ReadUInt32() : 0;
            context.CountText(length);
            var text = biff.ReadText(length, (flags & 1) != 0);
            if (runCount > 0)
            {
                text = ReadRuns(biff, text, runCount, out var effects);
                TextEffects.Add(Texts.Count, effects);
            }

            Texts.Add(text.IsEmpty ? string.Empty : text.ToString());
            biff.Skip(extension);
        }
    }
}
