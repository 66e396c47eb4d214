using DasvPipeline.Core.Catalogue;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.Core.Receive;

/// <summary>How a form looks. What is to be filled in is unlocked, coloured and has a thick border: not by colour alone.</summary>
internal static class FormStyles
{
    private const string InputColour = "FFFFF4CC";
    private const string HeadingColour = "FFE8EDF2";
    private const string BeforeColour = "FFF2F2F2";
    private const string LinkColour = "FF0B4F9E";
    private const string FontName = "Arial";
    private const double FontSize = 12;

    // Numbers of formats that every spreadsheet program has.
    private const uint WholeFormat = 3;
    private const uint DecimalFormat = 4;
    private const uint PercentFormat = 10;

    // Numbers of styles that Excel has, by which its users and screen readers know a heading and a link.
    private const uint NormalStyle = 0;
    private const uint HeadingStyle = 16;
    private const uint LinkStyle = 8;

    /// <summary>In the order of <see cref="Make"/>'s formats; of those with figures the whole, the decimal and the percentage follow one another.</summary>
    internal enum Style : uint
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
        Before,
        BeforeDecimal,
        BeforePercent,
    }

    /// <summary>The style of a figure, as its measure is written.</summary>
    public static Style StyleOf(Style figure, Quantity quantity) => figure + quantity switch
    {
        Quantity.Percent => 2,
        Quantity.Hours or Quantity.Pounds => 1,
        _ => 0u,
    };

    public static Stylesheet Make() => new(
        new Fonts(Letters(), Letters(16, new Bold()), Letters(before: new Bold()), Letters(before: new Italic()), Letters(before: new Underline(), colour: LinkColour)),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            Solid(InputColour),
            Solid(HeadingColour),
            Solid(BeforeColour)),
        new Borders(new Border(), Around(BorderStyleValues.Thin), Around(BorderStyleValues.Medium)),
        new CellStyleFormats(Named(font: 0), Named(font: 1), Named(font: 4)),
        new CellFormats([
            Format(),
            Format(font: 1, style: 1),
            Format(font: 2, wraps: true),
            Format(font: 2, fill: 3, border: 1, wraps: true),
            Format(border: 1, wraps: true),
            Format(wraps: true),
            Format(font: 4, style: 2),
            Format(fill: 2, border: 2, wraps: true, unlocked: true),
            .. Figures(number => Format(fill: 2, border: 2, number: number, unlocked: true)),
            .. Figures(number => Format(font: 2, border: 1, number: number)),
            .. Figures(number => Format(font: 3, fill: 4, border: 1, number: number, toTheRight: true)),
        ]),
        new CellStyles(
            new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = NormalStyle },
            new CellStyle { Name = "Heading 1", FormatId = 1, BuiltinId = HeadingStyle },
            new CellStyle { Name = "Hyperlink", FormatId = 2, BuiltinId = LinkStyle }));

    private static IEnumerable<CellFormat> Figures(Func<uint, CellFormat> format) => new[] { WholeFormat, DecimalFormat, PercentFormat }.Select(format);

    private static Font Letters(double size = FontSize, OpenXmlElement? before = null, string? colour = null)
    {
        var font = new Font();
        font.Append(new[] { before, new FontSize { Val = size }, colour is null ? null : new Color { Rgb = colour }, new FontName { Val = FontName } }.OfType<OpenXmlElement>());
        return font;
    }

    private static Fill Solid(string colour) => new(new PatternFill(new ForegroundColor { Rgb = colour }) { PatternType = PatternValues.Solid });

    private static Border Around(BorderStyleValues line) => new(
        new LeftBorder { Style = line }, new RightBorder { Style = line }, new TopBorder { Style = line }, new BottomBorder { Style = line });

    private static CellFormat Named(uint font) => new() { NumberFormatId = 0, FontId = font, FillId = 0, BorderId = 0 };

    private static CellFormat Format(
        uint font = 0, uint fill = 0, uint border = 0, uint number = 0, uint style = 0, bool wraps = false, bool unlocked = false, bool toTheRight = false)
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
        format.Alignment = new Alignment { WrapText = wraps, Vertical = VerticalAlignmentValues.Top };
        if (toTheRight)
        {
            format.Alignment.Horizontal = HorizontalAlignmentValues.Right; // [x] among numbers
        }

        if (unlocked)
        {
            format.ApplyProtection = true;
            format.Protection = new Protection { Locked = false };
        }

        return format;
    }
}
