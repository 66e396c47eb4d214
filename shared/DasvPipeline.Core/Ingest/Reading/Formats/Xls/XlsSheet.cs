using DasvPipeline.Core.Ingest.Reading.Formats.Values;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xls;

/// <summary>
/// Reads one sheet in two passes, because hidden rows and columns may be declared after the cells. The cells can be in any
/// order, as in the files of some programs. A file with the same cell twice could be read in two ways, so it counts as damaged.
/// </summary>
internal sealed class XlsSheet(XlsSheetEntry place, XlsWorkbook workbook, ReadingContext context, XlsTexts others)
{
    private const int MaxRows = 65_536;
    private const int MaxColumns = 256;

    private readonly SheetBuilder rows = new(place.Name, context);
    private readonly TextPool texts = new(context);
    private readonly XlsComments comments = new(others);
    private readonly XlsCells cells = new(place.Name, context);

    // Null if the record of the row or column is missing.
    private readonly bool?[] hiddenRows = new bool?[MaxRows];
    private readonly bool?[] hiddenColumns = new bool?[MaxColumns];
    private bool isRowHiddenByDefault;
    private bool isColumnHiddenByDefault;

    // The last cell read, counted from 0.
    private int row;
    private int column;

    public Sheet Read(BiffReader biff)
    {
        Pass(biff, ReadHidden);
        workbook.MarkRead(biff, (int)place.Position);
        Pass(biff, ReadCell);
        cells.AddTo(rows);
        return rows.ToSheet();
    }

    /// <summary>Passes every record of the sheet to a callback. Records of charts are skipped: a chart is a nested sheet with its own start and end.</summary>
    private void Pass(BiffReader biff, Action<BiffReader> readRecord)
    {
        const int Excel97 = 0x0600;
        const int Worksheet = 0x0010;
        biff.Seek(place.Position);
        biff.Next();
        if (biff.Id != XlsRecord.Bof || biff.ReadUInt16() != Excel97 || biff.ReadUInt16() != Worksheet)
        {
            context.Refuse(FileFindings.Damaged("one of its sheets is missing"));
        }

        for (var depth = 1; depth > 0 && biff.Next();)
        {
            depth += biff.Id == XlsRecord.Bof ? 1 : biff.Id == XlsRecord.Eof ? -1 : 0;
            if (depth == 1)
            {
                readRecord(biff);
            }
        }
    }

    private void ReadHidden(BiffReader biff)
    {
        const int Height = 0x7FFF, Hidden = 0x20, HiddenByDefault = 2;
        switch (biff.Id)
        {
            case XlsRecord.Row:
                var rowIndex = biff.ReadUInt16();
                biff.Skip(4);
                var isZeroHeight = (biff.ReadUInt16() & Height) == 0;
                biff.Skip(4);
                hiddenRows[rowIndex] = isZeroHeight || (biff.ReadUInt16() & Hidden) != 0;
                break;
            case XlsRecord.ColInfo:
                var (from, to, width) = (biff.ReadUInt16(), biff.ReadUInt16(), biff.ReadUInt16());
                biff.Skip(2);
                var isHidden = width == 0 || (biff.ReadUInt16() & 1) != 0;
                for (int i = from; i <= to && i < MaxColumns; i++)
                {
                    hiddenColumns[i] = isHidden;
                }

                break;
            case XlsRecord.DefaultRowHeight when biff.BytesLeft >= 4:
                var flags = biff.ReadUInt16();
                isRowHiddenByDefault = (flags & HiddenByDefault) != 0 || (biff.ReadUInt16() & Height) == 0;
                break;
            case XlsRecord.DefaultColumnWidth or XlsRecord.StandardWidth when biff.BytesLeft >= 2:
                isColumnHiddenByDefault = biff.ReadUInt16() == 0;
                break;
        }
    }

    private void ReadCell(BiffReader biff)
    {
        switch (biff.Id)
        {
            case XlsRecord.Number:
                Start(biff);
                Put(Number(biff, BitConverter.UInt64BitsToDouble(U64After(biff, out var style)), style), style);
                break;
            case XlsRecord.Rk:
                Start(biff);
                style = biff.ReadUInt16();
                Put(Number(biff, Rk(biff.ReadUInt32()), style), style);
                break;
            case XlsRecord.MulRk:
                ReadNumbers(biff);
                break;
            case XlsRecord.LabelSst:
                Start(biff);
                style = biff.ReadUInt16();
                var index = biff.ReadUInt32();
                Put(OfText(workbook.Text(index)), style, workbook.TextEffects.GetValueOrDefault((int)Math.Min(index, int.MaxValue)));
                break;
            case XlsRecord.Label or XlsRecord.RString:
                Start(biff);
                style = biff.ReadUInt16();
                var runs = RunEffects.None;
                var text = biff.ReadText(biff.ReadUInt16());
                if (biff.Id == XlsRecord.RString && biff.BytesLeft >= sizeof(ushort))
                {
                    text = workbook.ReadRuns(biff, text, biff.ReadUInt16(), out runs);
                }

                Put(OfText(texts.Intern(text)), style, runs);
                break;
            case XlsRecord.BoolErr:
                Start(biff);
                style = biff.ReadUInt16();
                var value = biff.ReadByte();
                Put(biff.ReadByte() == 0 ? Boolean(value) : Error(biff, value), style);
                break;
            case XlsRecord.Object:
                comments.ReadBox(biff);
                break;
            case XlsRecord.TextObject:
                comments.ReadText(biff, texts);
                break;
            case XlsRecord.Note when comments.Read(biff) is { } comment:
                rows.AddComment(comment);
                break;
            case XlsRecord.MergedCells:
                ReadMerges(biff);
                break;
            case XlsRecord.Formula:
                Start(biff);
                ReadFormula(biff);
                break;
            default:
                others.ReadRecord(biff);
                break;
        }
    }

    private void ReadNumbers(BiffReader biff)
    {
        const int Each = 6, LastColumn = 2;
        Start(biff);
        while (biff.BytesLeft >= Each)
        {
            var style = biff.ReadUInt16();
            Put(Number(biff, Rk(biff.ReadUInt32()), style), style);
            column++;
        }

        if (biff.BytesLeft != LastColumn || biff.ReadUInt16() != column - 1)
        {
            biff.Refuse();
        }
    }

    private void ReadMerges(BiffReader biff)
    {
        for (int count = biff.ReadUInt16(); count > 0 && !context.IsRefused; count--)
        {
            var (firstRow, lastRow, firstColumn, lastColumn) = (biff.ReadUInt16(), biff.ReadUInt16(), biff.ReadUInt16(), biff.ReadUInt16());
            rows.AddMerge(new CellRange(firstRow + 1, firstColumn + 1, lastRow + 1, lastColumn + 1));
        }
    }

    /// <summary>Reads a formula's result, which is stored as a number. If it is not a number, the last two bytes are 0xFFFF.</summary>
    private void ReadFormula(BiffReader biff)
    {
        const int Text = 0, BooleanValue = 1, ErrorValue = 2, EmptyText = 3;
        const int CalculateOnLoad = 2;
        var bits = U64After(biff, out var style);
        var flags = biff.ReadUInt16();
        Cell cell;
        if (bits >> 48 != 0xFFFF)
        {
            // Programs that do not calculate formulas store 0 and set the flag to calculate on load.
            cell = bits == 0 && (flags & CalculateOnLoad) != 0 ? Cell.Blank : Number(biff, BitConverter.UInt64BitsToDouble(bits), style);
        }
        else
        {
            var value = (byte)(bits >> 16);
            cell = (byte)bits switch
            {
                Text => FormulaText(biff),
                BooleanValue => Boolean(value),
                ErrorValue => Error(biff, value),
                EmptyText => new Cell(CellKind.Text, string.Empty),
                _ => Refuse(biff),
            };
        }

        // As in .xlsx, an empty text is a result and leaves the cell blank.
        if (cell.Text is not "")
        {
            Put(cell with { Traits = cell.Traits | CellTraits.Formula }, style);
        }
    }

    /// <summary>Reads the text result of a formula. It is in a separate record, after the records of a shared formula.</summary>
    private Cell FormulaText(BiffReader biff)
    {
        while (biff.TryNext(XlsRecord.SharedFormula) || biff.TryNext(XlsRecord.Array) || biff.TryNext(XlsRecord.Table))
        {
        }

        return biff.TryNext(XlsRecord.String) ? new Cell(CellKind.Text, texts.Intern(biff.ReadText(biff.ReadUInt16()))) : Cell.Blank;
    }

    private void Start(BiffReader biff) => (row, column) = (biff.ReadUInt16(), biff.ReadUInt16());

    private void Put(in Cell cell, int style, RunEffects runs = RunEffects.None)
    {
        if (cell.IsBlank && !cell.IsFormula)
        {
            return;
        }

        var isHidden = place.IsHidden || (hiddenRows[row] ?? isRowHiddenByDefault)
            || ((column < MaxColumns ? hiddenColumns[column] : null) ?? isColumnHiddenByDefault);
        var traits = (isHidden ? CellTraits.Hidden : CellTraits.None) | (cell.IsBlank ? CellTraits.None : TextRuns.CreateTraits(runs, workbook.FontOf(style)));
        cells.Add(row, column, traits == CellTraits.None ? cell : cell with { Traits = cell.Traits | traits });
    }

    private Cell Number(BiffReader biff, double number, int style) =>
        double.IsFinite(number) ? NumberFormat.CreateCell(number, workbook.FormatOf(style), workbook.From1904) : Refuse(biff);

    private static Cell OfText(string text) => text.Length == 0 ? Cell.Blank : new Cell(CellKind.Text, text);

    private static Cell Boolean(byte value) => new(CellKind.Boolean, null, value == 0 ? 0 : 1);

    private static Cell Error(BiffReader biff, byte value)
    {
        var name = value switch
        {
            0x00 => "#NULL!",
            0x07 => "#DIV/0!",
            0x0F => "#VALUE!",
            0x17 => "#REF!",
            0x1D => "#NAME?",
            0x24 => "#NUM!",
            0x2A => "#N/A",
            0x2B => "#GETTING_DATA",
            _ => null,
        };
        return name is null ? Refuse(biff) : new Cell(CellKind.Error, name);
    }

    private static Cell Refuse(BiffReader biff)
    {
        biff.Refuse();
        return Cell.Blank;
    }

    /// <summary>Decodes a number in 4 bytes: an integer or the upper half of a double, optionally divided by 100.</summary>
    private static double Rk(uint rk)
    {
        var number = (rk & 2) != 0 ? (int)rk >> 2 : BitConverter.UInt64BitsToDouble((ulong)(rk & ~3u) << 32);
        return (rk & 1) != 0 ? number / 100 : number;
    }

    private static ulong U64After(BiffReader biff, out int style)
    {
        style = biff.ReadUInt16();
        return biff.ReadUInt64();
    }
}
