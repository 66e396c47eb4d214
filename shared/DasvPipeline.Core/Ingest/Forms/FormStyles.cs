using DasvPipeline.Core.Catalogue;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>The styles of a form. Cells to fill in are unlocked, coloured and have a thick border, so that they do not depend on colour alone.</summary>
internal static class FormStyles
{
    private const string InputColour = "FFFFF4CC";
    private const string HeadingColour = "FF1F3A5F";
    private const string OnHeadingColour = "FFFFFFFF";
    private const string TotalColour = "FFE8EDF2";
    private const string PreviousColour = "FFF2F2F2";
    private const string LinkColour = "FF0B4F9E";
    private const string WarningColour = "FF8A1F11";
    private const string FontName = "Arial";
    private const double FontSize = 12;
    private const double SectionSize = 14;
    private const double TitleSize = 20;
    private const double PeriodSize = 24;

    // Ids of built-in number formats.
    private const uint WholeFormat = 3;
    private const uint DecimalFormat = 4;
    private const uint PercentFormat = 10;
    private const uint WholePercentFormat = 9;

    // Ids of Excel's built-in styles. Users and screen readers recognise headings and links by them.
    private const uint NormalStyle = 0;
    private const uint HeadingStyle = 16;
    private const uint SecondHeadingStyle = 17;
    private const uint LinkStyle = 8;

    /// <summary>In the order of the formats in <see cref="CreateStylesheet"/>. Styles for figures are in groups of three: whole number, decimal, percentage.</summary>
    internal enum FormStyle : uint
    {
        Plain,
        Title,
        Heading,
        ColumnHeading,
        Label,
        Wrapped,
        Link,
        Notes,
        Input,
        InputDecimal,
        InputPercent,
        Total,
        TotalDecimal,
        TotalPercent,
        Previous,
        PreviousDecimal,
        PreviousPercent,
        Figure,
        FigureDecimal,
        FigurePercent,
        FigureExactPercent,
        Symbol,

        /// <summary>The period, in large letters.</summary>
        Period,

        /// <summary>The title of one of several tables on a sheet.</summary>
        Section,
        TotalLabel,
        Check,
    }

    /// <summary>Returns the style of a figure for the quantity of its measure.</summary>
    public static FormStyle StyleOf(FormStyle figure, Quantity quantity) => figure + quantity switch
    {
        Quantity.Percent => 2,
        Quantity.Number or Quantity.Hours or Quantity.Pounds => 1,
        _ => 0u,
    };

    public static Stylesheet CreateStylesheet() => new(
        new Fonts(
            CreateFont(),
            CreateFont(TitleSize, new Bold(), HeadingColour),
            CreateFont(effect: new Bold()),
            CreateFont(effect: new Italic()),
            CreateFont(effect: new Underline(), colour: LinkColour),
            CreateFont(effect: new Bold(), colour: OnHeadingColour),
            CreateFont(PeriodSize, new Bold()),
            CreateFont(SectionSize, new Bold(), HeadingColour)),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            Solid(InputColour),
            Solid(HeadingColour),
            Solid(PreviousColour),
            Solid(TotalColour)),
        new Borders(new Border(), AllSides(BorderStyleValues.Thin), AllSides(BorderStyleValues.Medium)),
        new CellStyleFormats(StyleFormat(font: 0), StyleFormat(font: 1), StyleFormat(font: 4), StyleFormat(font: 7)),
        new CellFormats([
            Format(),
            Format(font: 1, style: 1),
            Format(font: 2, isWrapped: true),
            Format(font: 5, fill: 3, border: 1, isWrapped: true, indent: 1),
            Format(border: 1, isWrapped: true, indent: 1),
            Format(isWrapped: true),
            Format(font: 4, style: 2),
            Format(fill: 2, border: 2, isWrapped: true, isUnlocked: true, indent: 1),
            .. Figures(number => Format(fill: 2, border: 2, number: number, isUnlocked: true, isRightAligned: true, indent: 1)),
            .. Figures(number => Format(font: 2, fill: 5, border: 1, number: number, isRightAligned: true, indent: 1)),
            .. Figures(number => Format(font: 3, fill: 4, border: 1, number: number, isRightAligned: true, indent: 1)),
            .. new[] { WholeFormat, DecimalFormat, WholePercentFormat, PercentFormat }.Select(number => Format(border: 1, number: number)),
            Format(border: 1, isRightAligned: true),
            Format(font: 6),
            Format(font: 7, style: 3, isAtBottom: true),
            Format(font: 2, fill: 5, border: 1, isWrapped: true, indent: 1),
            Format(border: 1, isWrapped: true, indent: 1),
        ]),
        new CellStyles(
            new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = NormalStyle },
            new CellStyle { Name = "Heading 1", FormatId = 1, BuiltinId = HeadingStyle },
            new CellStyle { Name = "Hyperlink", FormatId = 2, BuiltinId = LinkStyle },
            new CellStyle { Name = "Heading 2", FormatId = 3, BuiltinId = SecondHeadingStyle }),
        new DifferentialFormats(new DifferentialFormat(new Font(new Bold(), new Color { Rgb = WarningColour }))));

    private static IEnumerable<CellFormat> Figures(Func<uint, CellFormat> format) => new[] { WholeFormat, DecimalFormat, PercentFormat }.Select(format);

    private static Font CreateFont(double size = FontSize, OpenXmlElement? effect = null, string? colour = null)
    {
        var font = new Font();
        font.Append(new[] { effect, new FontSize { Val = size }, colour is null ? null : new Color { Rgb = colour }, new FontName { Val = FontName } }.OfType<OpenXmlElement>());
        return font;
    }

    private static Fill Solid(string colour) => new(new PatternFill(new ForegroundColor { Rgb = colour }) { PatternType = PatternValues.Solid });

    private static Border AllSides(BorderStyleValues line) => new(
        new LeftBorder { Style = line }, new RightBorder { Style = line }, new TopBorder { Style = line }, new BottomBorder { Style = line });

    private static CellFormat StyleFormat(uint font) => new() { NumberFormatId = 0, FontId = font, FillId = 0, BorderId = 0 };

    private static CellFormat Format(
        uint font = 0, uint fill = 0, uint border = 0, uint number = 0, uint style = 0, bool isWrapped = false, bool isUnlocked = false, bool isRightAligned = false, bool isAtBottom = false, uint indent = 0)
    {
        var format = new CellFormat
        {
            FontId = font,
            FillId = fill,
            BorderId = border,
            NumberFormatId = number,
            FormatId = style,
            ApplyFont = true,
            ApplyFill = true,
            ApplyBorder = true,
            ApplyNumberFormat = true,
        };
        format.ApplyAlignment = true;
        format.Alignment = new Alignment { WrapText = isWrapped, Vertical = isAtBottom ? VerticalAlignmentValues.Bottom : VerticalAlignmentValues.Center };
        if (isRightAligned)
        {
            format.Alignment.Horizontal = HorizontalAlignmentValues.Right; // keeps [x] in line with numbers
        }

        if (indent > 0)
        {
            format.Alignment.Indent = indent;
            format.Alignment.Horizontal ??= HorizontalAlignmentValues.Left; // other alignments ignore the indent
        }

        if (isUnlocked)
        {
            format.ApplyProtection = true;
            format.Protection = new Protection { Locked = false };
        }

        return format;
    }
}
