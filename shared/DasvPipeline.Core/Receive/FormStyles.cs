using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.Core.Receive;

/// <summary>How a form looks. What is to be filled in is unlocked, coloured and bordered: not by colour alone.</summary>
internal static class FormStyles
{
    private const string InputColour = "FFFFF4CC";
    private const string HeadingColour = "FFE8EDF2";
    private const string FontName = "Arial";

    /// <summary>In the order of <see cref="Make"/>'s formats.</summary>
    internal enum Style
    {
        Plain,
        Title,
        Heading,
        ColumnHeading,
        Label,
        Wrapped,
        Input,
        InputPercent,
        Notes,
        Total,
    }

    public static Stylesheet Make() => new(
        new Fonts(Letters(11), Letters(16, new Bold()), Letters(11, new Bold())),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            Solid(InputColour),
            Solid(HeadingColour)),
        new Borders(new Border(), new Border(Thin<LeftBorder>(), Thin<RightBorder>(), Thin<TopBorder>(), Thin<BottomBorder>())),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            Format(font: 1),
            Format(font: 2, wraps: true),
            Format(font: 2, fill: 3, border: 1, wraps: true),
            Format(border: 1, wraps: true),
            Format(wraps: true),
            Format(fill: 2, border: 1, number: 3, unlocked: true),
            Format(fill: 2, border: 1, number: 10, unlocked: true),
            Format(fill: 2, border: 1, wraps: true, unlocked: true),
            Format(font: 2, border: 1, number: 3)));

    private static Font Letters(double size, params OpenXmlElement[] before) => new([.. before, new FontSize { Val = size }, new FontName { Val = FontName }]);

    private static Fill Solid(string colour) => new(new PatternFill(new ForegroundColor { Rgb = colour }) { PatternType = PatternValues.Solid });

    private static CellFormat Format(uint font = 0, uint fill = 0, uint border = 0, uint number = 0, bool wraps = false, bool unlocked = false)
    {
        var format = new CellFormat
        {
            FontId = font,
            FillId = fill,
            BorderId = border,
            NumberFormatId = number,
            ApplyFont = true,
            ApplyFill = true,
            ApplyBorder = true,
            ApplyNumberFormat = true,
        };
        format.ApplyAlignment = true;
        format.Alignment = new Alignment { WrapText = wraps, Vertical = VerticalAlignmentValues.Top };

        if (unlocked)
        {
            format.ApplyProtection = true;
            format.Protection = new Protection { Locked = false };
        }

        return format;
    }

    private static T Thin<T>() where T : BorderPropertiesType, new() => new() { Style = BorderStyleValues.Thin };
}
