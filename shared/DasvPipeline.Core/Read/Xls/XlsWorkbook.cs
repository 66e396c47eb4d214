using DasvPipeline.Core.Read.Values;

namespace DasvPipeline.Core.Read.Xls;

internal sealed record XlsSheetPlace(string Name, uint Position, bool IsHidden);

/// <summary>What the workbook says of itself before its cells: sheets in their order, texts, formats, the date system.</summary>
internal sealed class XlsWorkbook
{
    // Excel's own limit is 4,050 in this format.
    private const int MostFormats = 70_000;

    private readonly CellBudget budget;
    private readonly Dictionary<int, ShownAs> custom = [];
    private readonly List<int> styles = [];

    /// <summary>Where the parts read so far lie: two sheets in one place would make a small file a large one.</summary>
    private readonly List<(int From, int To)> taken = [];

    private XlsWorkbook(CellBudget budget) => this.budget = budget;

    public List<XlsSheetPlace> Sheets { get; } = [];

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
            workbook.Take(biff);
        }

        workbook.Claim(0, biff.Start);
        return workbook;
    }

    /// <summary>How a number is shown, by the style number of its cell.</summary>
    public ShownAs ShownBy(int style) =>
        style >= styles.Count ? ShownAs.Number
        : custom.TryGetValue(styles[style], out var shown) ? shown
        : NumberFormat.OfBuiltIn(styles[style]);

    public string Text(uint index) =>
        index < Texts.Count ? Texts[(int)index] : throw new Refusal(FileFinding.Damaged("a cell's text is missing"));

    /// <summary>Marks a part of the stream as read, which no other part may overlap.</summary>
    public void Claim(int from, int to)
    {
        if (taken.Exists(other => from <= other.To && other.From <= to))
        {
            throw BiffReader.Damaged();
        }

        taken.Add((from, to));
    }

    private static void RefuseOlder(BiffReader biff)
    {
        const int Excel97 = 0x0600;
        const int WorkbookPart = 0x0005;
        if ((biff.Id & 0xFF) != (XlsRecord.Bof & 0xFF))
        {
            throw BiffReader.Damaged();
        }

        if (biff.Id != XlsRecord.Bof || biff.U16() != Excel97)
        {
            throw new Refusal(FileFinding.TooOld());
        }

        if (biff.U16() != WorkbookPart)
        {
            throw BiffReader.Damaged();
        }
    }

    private void Take(BiffReader biff)
    {
        switch (biff.Id)
        {
            case XlsRecord.FilePass:
                throw new Refusal(FileFinding.PasswordProtected());
            case XlsRecord.DateMode:
                From1904 = biff.U16() == 1;
                break;
            case XlsRecord.BoundSheet:
                TakeSheet(biff);
                break;
            case XlsRecord.Format when custom.Count < MostFormats:
                var id = biff.U16();
                custom[id] = NumberFormat.Of(biff.Text(biff.U16()));
                break;
            case XlsRecord.Xf when styles.Count < MostFormats:
                biff.Skip(2);
                styles.Add(biff.U16());
                break;
            case XlsRecord.Sst:
                TakeTexts(biff);
                break;
            case XlsRecord.SupBook:
                // The workbook itself, and add-ins, are listed among other files.
                biff.Skip(2);
                HasLinks |= biff.U16() is not (<= 1 or 0x0401 or 0x3A01);
                break;
        }
    }

    private void TakeSheet(BiffReader biff)
    {
        const int Worksheet = 0, MacroSheet = 1, Module = 6;
        var position = biff.U32();
        var hidden = (biff.U8() & 3) != 0;
        var kind = biff.U8();
        var name = biff.Text(biff.U8());
        if (kind is MacroSheet or Module)
        {
            throw new Refusal(FileFinding.Macros());
        }

        if (kind != Worksheet)
        {
            return;
        }

        if (Sheets.Count == budget.Limits.Sheets)
        {
            throw new Refusal(FileFinding.TooMany("sheets", budget.Limits.Sheets));
        }

        budget.TakeText(name.Length);
        Sheets.Add(new XlsSheetPlace(name.ToString(), position, hidden));
    }

    /// <summary>As many as there are: what is said of their number is only an upper bound.</summary>
    private void TakeTexts(BiffReader biff)
    {
        biff.Skip(4);
        for (var left = biff.U32(); left > 0 && biff.HasMore; left--)
        {
            if (Texts.Count == budget.Limits.Cells)
            {
                throw new Refusal(FileFinding.TooMany("texts", budget.Limits.Cells));
            }

            const int HasExtension = 4, HasRuns = 8;
            var length = biff.U16();
            var flags = biff.U8();
            var runs = (flags & HasRuns) != 0 ? biff.U16() : 0;
            var extension = (flags & HasExtension) != 0 ? biff.U32() : 0;
            budget.TakeText(length);
            var text = biff.Text(length, (flags & 1) != 0);
            Texts.Add(text.IsEmpty ? string.Empty : text.ToString());
            biff.Skip((uint)runs * 4);
            biff.Skip(extension);
        }
    }
}
