using System.Globalization;
using DasvPipeline.Core.Ingest.Reading.Formats.Values;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xlsx;

/// <summary>The declared type of a cell (ECMA-376 part 1, 18.18.11).</summary>
internal enum CellType : byte
{
    Number,

    /// <summary>The index of a shared text of the workbook.</summary>
    Shared,

    /// <summary>The text result of a formula.</summary>
    Formula,
    Inline,
    Boolean,
    Date,
    Error,
}

/// <summary>Creates cells from stored values, with the texts and formats of their workbook.</summary>
internal sealed class CellValues(WorkbookParts workbook, ReadingContext context)
{
    private readonly TextPool texts = new(context);

    public static CellType TypeOf(ReadOnlySpan<char> declared) => declared switch
    {
        "s" => CellType.Shared,
        "str" => CellType.Formula,
        "inlineStr" => CellType.Inline,
        "b" => CellType.Boolean,
        "d" => CellType.Date,
        "e" => CellType.Error,
        _ => CellType.Number,
    };

    /// <summary>Returns true for types whose white space counts.</summary>
    public static bool IsText(CellType type) => type is CellType.Formula or CellType.Inline;

    public Cell Read(CellType type, int style, CellText stored)
    {
        var raw = IsText(type) ? stored.Raw() : stored.Raw().Trim();
        if (raw.IsEmpty)
        {
            return Cell.Blank;
        }

        var format = style < workbook.Styles.Count ? workbook.Styles[style] : default;
        var runs = stored.Effects;
        var cell = type switch
        {
            CellType.Shared => OfText(Shared(raw, out runs)),
            CellType.Formula or CellType.Inline => OfText(texts.Intern(stored.Unescaped())),
            CellType.Boolean when raw is "1" or "true" => new Cell(CellKind.Boolean, null, 1),
            CellType.Boolean when raw is "0" or "false" => new Cell(CellKind.Boolean, null, 0),
            CellType.Error => new Cell(CellKind.Error, texts.Intern(raw)),
            CellType.Date => SerialDate.CreateCell(raw, format.Number) ?? OfText(texts.Intern(raw)),
            CellType.Number when double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                => NumberFormat.CreateCell(number, format.Number, workbook.From1904),
            _ => OfText(texts.Intern(raw)),
        };
        var traits = TextRuns.CreateTraits(runs, format.Font);
        return traits == CellTraits.None || cell.IsBlank ? cell : cell with { Traits = cell.Traits | traits };
    }

    /// <summary>Creates a text cell. White space alone is blank, because some people clear a cell by typing a space.</summary>
    private static Cell OfText(string value) => string.IsNullOrWhiteSpace(value) ? Cell.Blank : new Cell(CellKind.Text, value);

    private string Shared(ReadOnlySpan<char> index, out RunEffects runs)
    {
        runs = RunEffects.None;
        if (PartReader.TryParseInt(index, out var at) && at < workbook.Texts.Count)
        {
            runs = workbook.TextEffects.GetValueOrDefault(at);
            return workbook.Texts.Use(at);
        }

        context.Refuse(FileFindings.Damaged("a cell's text is missing"));
        return string.Empty;
    }
}
