using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reading.Formats.Xlsx;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Annotation.Xlsx;

/// <summary>
/// Copies one sheet of the agency's workbook in a single pass: its view, widths, rows, values and merged cells, with the
/// marks. Formulas, links, conditional formats, validations and drawings are not copied.
/// </summary>
internal sealed partial class CopiedSheet(Marks marks, WorkbookParts workbook, CopiedStyles styles, XmlWriter writer, ReadingContext context)
{
    /// <summary>The parts that are copied, in the order of a sheet (ECMA-376 part 1, 18.3.1.99).</summary>
    private static readonly string[] Parts = ["sheetPr", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells", "pageSetup"];

    private static readonly int CellsPart = Array.IndexOf(Parts, "sheetData");

    /// <summary>The maximum number of nodes in one element outside the cells.</summary>
    private const int MaxNodes = 1_000;

    private readonly CopiedRows rows = new(marks, workbook, styles, writer, context);

    public void Write(PartReader from)
    {
        var reached = -1;
        while (from.Read())
        {
            var part = from is { NodeType: XmlNodeType.Element, Depth: 1 } ? Array.IndexOf(Parts, from.Name) : -1;
            if (part > reached)
            {
                if (part > CellsPart && reached < CellsPart)
                {
                    rows.Write(null);
                }

                reached = part;
                WritePart(from, part);
            }
        }

        if (reached < CellsPart)
        {
            rows.Write(null);
        }
    }

    private void WritePart(PartReader from, int part)
    {
        switch (Parts[part])
        {
            case "sheetData":
                rows.Write(from);
                break;
            case "cols":
                WriteEach(from, Column);
                break;
            case "mergeCells":
                WriteEach(from, Merge);
                break;
            default:
                if (XlsxVocabulary.Sheets.Read(from, new NodeBudget(MaxNodes)) is { } element)
                {
                    Complete(element).WriteTo(writer);
                }

                break;
        }
    }

    /// <summary>Writes the children of an element one by one. The element itself is written only if a child is copied.</summary>
    private void WriteEach(PartReader from, Func<XElement, XElement?> change)
    {
        var name = from.Name;
        var startDepth = from.Depth;
        var isStarted = false;
        var hasContent = !from.IsEmptyElement;
        while (hasContent && from.Read() && from.Depth > startDepth)
        {
            if (from.NodeType == XmlNodeType.Element && XlsxVocabulary.Sheets.Read(from, new NodeBudget(MaxNodes)) is { } child && change(child) is { } changed)
            {
                if (!isStarted)
                {
                    writer.WriteStartElement(name, XlsxVocabulary.Main);
                    isStarted = true;
                }

                changed.WriteTo(writer);
            }
        }

        if (isStarted)
        {
            writer.WriteEndElement();
        }
    }

    private static XElement Complete(XElement part)
    {
        switch (part.Name.LocalName)
        {
            case "sheetViews":
                part.Elements().Skip(1).Remove();
                if (!part.HasElements)
                {
                    part.Add(new XElement(XlsxVocabulary.Sheet + "sheetView"));
                }

                part.Elements().First().SetAttributeValue("workbookViewId", "0");
                break;
            case "sheetFormatPr":
                if (part.Attribute("defaultRowHeight") is not { } height || PartReader.IsZero(height.Value))
                {
                    part.SetAttributeValue("defaultRowHeight", "15");
                }

                if (PartReader.IsZero(part.Attribute("defaultColWidth")?.Value))
                {
                    part.SetAttributeValue("defaultColWidth", null);
                }

                break;
        }

        return part;
    }

    /// <summary>Copies a range of merged cells. Excel only opens addresses in capital letters.</summary>
    private static XElement? Merge(XElement merged)
    {
        var range = merged.Attribute("ref")?.Value.ToUpperInvariant();
        merged.SetAttributeValue("ref", range);
        return range is not null && Area().IsMatch(range) ? merged : null;
    }

    /// <summary>Copies a column with its width. A hidden column with marks is shown.</summary>
    private XElement? Column(XElement column)
    {
        if (!PartReader.TryParseInt(column.Attribute("min")?.Value, out var first) || !PartReader.TryParseInt(column.Attribute("max")?.Value, out var last)
            || first < 1 || last < first || last > XlsxSheetReader.LastColumn)
        {
            return null;
        }

        if (column.Attribute("style") is { } style)
        {
            style.Value = styles.ParseStyle(style.Value).ToString(CultureInfo.InvariantCulture);
        }

        if (marks.HasMarksInColumns(first, last))
        {
            column.Attribute("hidden")?.Remove();
            if (PartReader.IsZero(column.Attribute("width")?.Value))
            {
                column.Attribute("width")!.Remove();
            }
        }

        return column;
    }

    [GeneratedRegex("^[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7}$")]
    private static partial Regex Area();
}
