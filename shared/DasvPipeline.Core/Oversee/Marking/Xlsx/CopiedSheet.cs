using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using DasvPipeline.Core.Read.Xlsx;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Oversee.Marking.Xlsx;

/// <summary>
/// One sheet of the agency's workbook written anew as it is read, in a single pass: its view, widths, rows, values and
/// merged cells, with the marks in their places. Formulas, links, conditions, validations and drawings are not taken over.
/// </summary>
internal sealed partial class CopiedSheet(Marks marks, WorkbookParts workbook, StyleBook styles, XmlWriter to)
{
    /// <summary>What is taken over, in the order that a sheet has (ECMA-376 part 1, 18.3.1.99).</summary>
    private static readonly string[] Parts = ["sheetPr", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells", "pageSetup"];

    private static readonly int CellsPart = Array.IndexOf(Parts, "sheetData");

    /// <summary>Of one element of those around the cells, with what is in it.</summary>
    private const int MostHeld = 1_000;

    private readonly CopiedRows rows = new(marks, workbook, styles, to);

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
                WriteEach(from, merged => Area().IsMatch(merged.Attribute("ref")?.Value ?? string.Empty) ? merged : null);
                break;
            default:
                if (Vocabulary.Sheets.Read(from, new Room(MostHeld)) is { } small)
                {
                    Complete(small).WriteTo(to);
                }

                break;
        }
    }

    /// <summary>Writes an element's children one by one, and the element itself only if any of them is taken over.</summary>
    private void WriteEach(PartReader from, Func<XElement, XElement?> change)
    {
        var name = from.Name;
        var top = from.Depth;
        var any = false;
        var more = !from.IsEmptyElement;
        while (more && from.Read() && from.Depth > top)
        {
            if (from.NodeType == XmlNodeType.Element && Vocabulary.Sheets.Read(from, new Room(MostHeld)) is { } child && change(child) is { } changed)
            {
                if (!any)
                {
                    to.WriteStartElement(name, Vocabulary.Main);
                    any = true;
                }

                changed.WriteTo(to);
            }
        }

        if (any)
        {
            to.WriteEndElement();
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
                    part.Add(new XElement(Vocabulary.Sheet + "sheetView"));
                }

                part.Elements().First().SetAttributeValue("workbookViewId", "0");
                break;
            case "sheetFormatPr" when part.Attribute("defaultRowHeight") is null:
                part.SetAttributeValue("defaultRowHeight", "15");
                break;
        }

        return part;
    }

    /// <summary>Columns as wide as they were; hidden ones are shown again where something was found in them.</summary>
    private XElement? Column(XElement column)
    {
        if (!PartReader.TryInt(column.Attribute("min")?.Value, out var from) || !PartReader.TryInt(column.Attribute("max")?.Value, out var until)
            || from < 1 || until < from || until > SheetCells.LastColumn)
        {
            return null;
        }

        if (column.Attribute("style") is { } style)
        {
            style.Value = styles.PlainOf(style.Value).ToString(CultureInfo.InvariantCulture);
        }

        if (marks.AnyInColumns(from, until))
        {
            column.Attribute("hidden")?.Remove();
            if (column.Attribute("width")?.Value is "0")
            {
                column.Attribute("width")!.Remove();
            }
        }

        return column;
    }

    [GeneratedRegex("^[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7}$")]
    private static partial Regex Area();
}
