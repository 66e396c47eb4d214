using DasvPipeline.Core.Catalogue;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>The styles of a form. Cells to fill in are unlocked, coloured and have a thick border, so that they do not depend on colour alone.</summary>
internal static class FormStyles
{
    private const string InputColour = "FFFFF4CC";
    private const string HeadingColour = "FFE8EDF2";
    private const string PreviousColour = "FFF2F2F2";
    private const string LinkColour = "FF0B4F9E";
    private const string FontName = "Arial";
    private const double FontSize = 12;

    // Ids of built-in number formats.
    private const uint WholeFormat = 3;
    private const uint DecimalFormat = 4;
    private const uint PercentFormat = 10;
    private const uint WholePercentFormat = 9;

    // Ids of Excel's built-in styles. Users and screen readers recognise headings and links by them.
    private const uint NormalStyle = 0;
    private const uint HeadingStyle = 16;
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
    }

    /// <summary>Returns the style of a figure for the quantity of its measure.</summary>
    public static FormStyle StyleOf(FormStyle figure, Quantity quantity) => figure + quantity switch
    {
        Quantity.Percent => 2,
        Quantity.Number or Quantity.Hours or Quantity.Pounds => 1,
        _ => 0u,
    };

    public static Stylesheet CreateStylesheet() => new(
        new Fonts(CreateFont(), CreateFont(16, new Bold()), CreateFont(effect: new Bold()), CreateFont(effect: new Italic()), CreateFont(effect: new Underline(), colour: LinkColour)),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            Solid(InputColour),
            Solid(HeadingColour),
            Solid(PreviousColour)),
        new Borders(new Border(), AllSides(BorderStyleValues.Thin), AllSides(BorderStyleValues.Medium)),
        new CellStyleFormats(StyleFormat(font: 0), StyleFormat(font: 1), StyleFormat(font: 4)),
        new CellFormats([
            Format(),
            Format(font: 1, style: 1),
            Format(font: 2, isWrapped: true),
            Format(font: 2, fill: 3, border: 1, isWrapped: true),
            Format(border: 1, isWrapped: true),
            Format(isWrapped: true),
            Format(font: 4, style: 2),
            Format(fill: 2, border: 2, isWrapped: true, isUnlocked: true),
            .. Figures(number => Format(fill: 2, border: 2, number: number, isUnlocked: true)),
            .. Figures(number => Format(font: 2, border: 1, number: number)),
            .. Figures(number => Format(font: 3, fill: 4, border: 1, number: number, isRightAligned: true)),
            .. new[] { WholeFormat, DecimalFormat, WholePercentFormat, PercentFormat }.Select(number => Format(border: 1, number: number)),
            Format(border: 1, isRightAligned: true),
        ]),
        new CellStyles(
            new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = NormalStyle },
            new CellStyle { Name = "Heading 1", FormatId = 1, BuiltinId = HeadingStyle },
            new CellStyle { Name = "Hyperlink", FormatId = 2, BuiltinId = LinkStyle }));

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
        uint font = 0, uint fill = 0, uint border = 0, uint number = 0, uint style = 0, bool isWrapped = false, bool isUnlocked = false, bool isRightAligned = false)
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
        format.Alignment = new Alignment { WrapText = isWrapped, Vertical = VerticalAlignmentValues.Top };
        if (isRightAligned)
        {
            format.Alignment.Horizontal = HorizontalAlignmentValues.Right; // keeps [x] in line with numbers
        }

        if (isUnlocked)
        {
            format.ApplyProtection = true;
            format.Protection = new Protection { Locked = false };
        }

        return format;
    }
}
