using System.Globalization;
using System.Xml;
using DasvPipeline.Core.Ingest.Reading.Formats.Values;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;
using DasvPipeline.Core.Ingest.Reading.Layout;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Ods;

/// <summary>Reads cells one after another: the stored value and the text shown for it.</summary>
internal sealed class OdsCell(TextPool texts, OdsStyles styles, ReadingContext context, OtherTexts others)
{
    private readonly OdsText shown = new(styles, context, others);
    private readonly OdsText stored = new(styles, context, others);
    private readonly OdsText comment = new(styles, context, others);
    private readonly OdsText author = new(styles, context, others);

    private OdsType type;
    private double? number;
    private bool isStored;
    private bool isFormula;
    private bool isError;

    /// <summary>The number of cells of the row that this element represents.</summary>
    public int Repeated { get; private set; }

    /// <summary>The comment on the cell, or null if it has none.</summary>
    public (string Author, string Text)? Comment { get; private set; }

    /// <summary>The number of rows and columns that are merged into the cell.</summary>
    public (int Rows, int Columns) Span { get; private set; }

    /// <summary>The format of the cell's own style.</summary>
    public OdsFormat? Format { get; private set; }

    public bool HasLinks { get; private set; }

    /// <summary>Reads the attributes of the current cell.</summary>
    public void Start(PartReader xml)
    {
        (type, number, isStored, isFormula, isError, Repeated, Format) = (OdsType.None, null, false, false, false, 1, null);
        (Span, Comment) = ((1, 1), null);
        while (xml.MoveToNextAttribute())
        {
            switch (xml.Namespace, xml.Name)
            {
                case (OdsNamespaces.Table, "number-columns-repeated"):
                    Repeated = PartReader.TryParseInt(xml.Value(), out var times) && times > 0 ? times : 1;
                    break;
                case (OdsNamespaces.Table, "number-columns-spanned"):
                    Span = (Span.Rows, PartReader.TryParseInt(xml.Value(), out var columns) ? columns : 1);
                    break;
                case (OdsNamespaces.Table, "number-rows-spanned"):
                    Span = (PartReader.TryParseInt(xml.Value(), out var rows) ? rows : 1, Span.Columns);
                    break;
                case (OdsNamespaces.Table, "style-name"):
                    Format = styles.FormatOf(xml.Value());
                    break;
                case (OdsNamespaces.Table, "formula"):
                    // A reference to another file is written ['file:///…'#$Sheet1.A1].
                    isFormula = true;
                    HasLinks |= xml.Value().IndexOf("'#") >= 0;
                    break;
                case (OdsNamespaces.Office, "value-type"):
                    type = TypeOf(xml.Value());
                    break;
                case (OdsNamespaces.Calc, "value-type"):
                    isError |= xml.Value() is "error";
                    break;
                case (OdsNamespaces.Office, "value"):
                    var isNumber = double.TryParse(xml.Value(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
                    number = isNumber ? value : null;
                    break;
                case (OdsNamespaces.Office, "date-value" or "time-value" or "boolean-value" or "string-value"):
                    isStored = true;
                    stored.Clear(FontEffects.None);
                    stored.Append(xml.Value());
                    break;
            }
        }

        xml.MoveToElement();
    }

    /// <summary>Reads the rest of the cell and returns it.</summary>
    public Cell Read(PartReader xml, OdsFormat format)
    {
        shown.Clear(format.Font);
        var startDepth = xml.Depth;
        var hasContent = !xml.IsEmptyElement;
        while (hasContent && xml.Read() && xml.Depth > startDepth)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                if (xml.Is(OdsNamespaces.Text, "p"))
                {
                    shown.ReadParagraph(xml);
                }
                else if (xml.Is(OdsNamespaces.Office, "annotation"))
                {
                    ReadComment(xml);
                }
                else
                {
                    // Drawings can have paragraphs and cells.
                    HasLinks |= xml.Name == "cell-range-source";
                    MarkupTexts.ReadElement(xml, others, TextPlace.Drawing);
                }
            }
        }

        var cell = Value(format.Number);
        var traits = isFormula && (!cell.IsBlank || !WasCalculated) ? CellTraits.Formula : CellTraits.None;
        traits |= cell.IsBlank ? CellTraits.None : TextRuns.CreateTraits(shown.Effects, format.Font);
        return traits == CellTraits.None ? cell : cell with { Traits = cell.Traits | traits };
    }

    private void ReadComment(PartReader xml)
    {
        comment.Clear(FontEffects.None);
        author.Clear(FontEffects.None);
        var startDepth = xml.Depth;
        var hasContent = !xml.IsEmptyElement;
        while (hasContent && xml.Read() && xml.Depth > startDepth)
        {
            if (xml.NodeType == XmlNodeType.Element && (xml.Is(OdsNamespaces.Text, "p") || xml.Is(OdsNamespaces.DublinCore, "creator")))
            {
                (xml.Name == "p" ? comment : author).ReadParagraph(xml);
            }
        }

        Comment = (author.Value.ToString(), comment.Value.ToString());
    }

    /// <summary>True if the formula has a result. A formula whose result is an empty text has an empty paragraph.</summary>
    private bool WasCalculated => type == OdsType.Text || shown.Paragraphs > 0;

    private Cell Value(NumberFormatKind? format)
    {
        // Some programs store an error as the number 0 and name it only in the text.
        if (isError || (isFormula && IsError(shown.Value)))
        {
            return new Cell(CellKind.Error, shown.Value.IsEmpty ? "#VALUE!" : texts.Intern(shown.Value));
        }

        return type switch
        {
            OdsType.Percentage when number is { } value => NumberFormat.CreateCell(value, NumberFormatKind.Percent, from1904: false),

            // With a general format, LibreOffice stores TRUE as the number 1.
            OdsType.Number when number is 0 or 1 && shown.Value is "TRUE" or "FALSE" => new Cell(CellKind.Boolean, null, number.Value),
            OdsType.Number when number is { } value => NumberFormat.CreateCell(value, format is NumberFormatKind.Percent ? NumberFormatKind.Percent : NumberFormatKind.Number, from1904: false),
            OdsType.Boolean when isStored && stored.Value.Trim() is "true" or "1" => new Cell(CellKind.Boolean, null, 1),
            OdsType.Boolean when isStored && stored.Value.Trim() is "false" or "0" => new Cell(CellKind.Boolean, null, 0),
            OdsType.Date when isStored => SerialDate.CreateCell(stored.Value, DateFormat(format)) ?? AsText(shown.Label),
            OdsType.Time when isStored && OdsTime.TryParseDays(stored.Value, out var days) => NumberFormat.CreateCell(days, TimeFormat(format, days), from1904: false),
            OdsType.Text when isStored && !stored.Value.SequenceEqual(shown.Value) => AsText(stored.Value),
            _ => AsText(shown.Label),
        };
    }

    private Cell AsText(ReadOnlySpan<char> letters) => letters.IsEmpty ? Cell.Blank : new Cell(CellKind.Text, texts.Intern(letters));

    private static NumberFormatKind? DateFormat(NumberFormatKind? format) => format is NumberFormatKind.Number or NumberFormatKind.Percent ? null : format;

    private static NumberFormatKind TimeFormat(NumberFormatKind? format, double days) =>
        format is null or NumberFormatKind.Number or NumberFormatKind.Percent ? (days < 1 ? NumberFormatKind.Time : NumberFormatKind.Elapsed) : format.Value;

    /// <summary>Returns true if a text is an error value of a formula.</summary>
    public static bool IsError(ReadOnlySpan<char> text)
    {
        foreach (var error in FigureSyntax.ErrorValues)
        {
            if (text.SequenceEqual(error))
            {
                return true;
            }
        }

        // LibreOffice's error numbers
        return text.StartsWith("Err:") && PartReader.TryParseInt(text[4..], out _);
    }

    private static OdsType TypeOf(ReadOnlySpan<char> declared) => declared switch
    {
        "float" or "currency" => OdsType.Number,
        "percentage" => OdsType.Percentage,
        "date" => OdsType.Date,
        "time" => OdsType.Time,
        "boolean" => OdsType.Boolean,
        "string" => OdsType.Text,
        _ => OdsType.None,
    };

    private enum OdsType : byte
    {
        None,
        Number,
        Percentage,
        Date,
        Time,
        Boolean,
        Text,
    }
}
