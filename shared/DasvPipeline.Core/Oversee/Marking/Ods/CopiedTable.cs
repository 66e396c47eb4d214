using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using DasvPipeline.Core.Read.Ods;
using DasvPipeline.Core.Read.Xlsx;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Oversee.Marking.Ods;

/// <summary>
/// One sheet written anew as it is read, in a single pass: its columns, its rows, and how they are grouped. Links, forms,
/// drawings, conditions, validations, scenarios and protection are not taken over.
/// </summary>
internal sealed class CopiedTable
{
    /// <summary>Of one column.</summary>
    private const int MostHeld = 1_000;

    private readonly Marks marks;
    private readonly Looks looks;
    private readonly XmlWriter to;
    private readonly string?[] defaults = new string?[SheetCells.LastColumn + 1];
    private readonly CopiedRows rows;
    private int column = 1;

    public CopiedTable(Marks marks, Looks looks, Room copies, XmlWriter to)
    {
        (this.marks, this.looks, this.to) = (marks, looks, to);
        rows = new CopiedRows(marks, defaults, looks, copies, to);
    }

    private bool AnyMarks => marks.Cells.Count > 0;

    /// <summary>Writes the sheet the reader stands on, which is left on its end. A hidden one is shown where something was found in it.</summary>
    public void Write(PartReader from, string name)
    {
        var style = from.Attribute("style-name", OdsNames.Table);
        to.WriteStartElement("table", OdsNames.Table);
        Vocabulary.WritePrefixes(to);
        to.WriteAttributeString("name", OdsNames.Table, name);
        if ((AnyMarks ? looks.Shown(style) : style) is { } look)
        {
            to.WriteAttributeString("style-name", OdsNames.Table, look);
        }

        var top = from.Depth;
        var more = !from.IsEmptyElement;
        while (more && from.Read() && from.Depth > top)
        {
            if (from.NodeType == XmlNodeType.EndElement)
            {
                to.WriteEndElement();
            }
            else if (from.NodeType == XmlNodeType.Element)
            {
                WriteChild(from);
            }
        }

        rows.WriteRest();
        to.WriteEndElement();
    }

    /// <summary>Leaves the reader on the end of what was written, or on the start of what is still open.</summary>
    private void WriteChild(PartReader from)
    {
        switch (from.Name)
        {
            case "table-column":
                WriteColumn(from);
                break;
            case "table-row":
                rows.Write(from);
                break;
            case "table-columns" or "table-header-columns" or "table-rows" or "table-header-rows" or "table-column-group" or "table-row-group" when !from.IsEmptyElement:
                to.WriteStartElement(from.Name, OdsNames.Table);
                if (!AnyMarks && from.Attribute("display", OdsNames.Table) is "false")
                {
                    to.WriteAttributeString("display", OdsNames.Table, "false");
                }

                break;
            default:
                from.Skip();
                break;
        }
    }

    /// <summary>Columns as wide as they were; hidden ones are shown again where something was found in them.</summary>
    private void WriteColumn(PartReader from)
    {
        if (Vocabulary.Columns.Read(from, new Room(MostHeld)) is not { } read)
        {
            return;
        }

        var repeated = PartReader.TryInt(Attribute(read, "number-columns-repeated")?.Value, out var times) && times > 0 ? times : 1;
        var until = column + Math.Min(repeated, SheetCells.LastColumn - column + 1);
        if (until == column)
        {
            return;
        }

        defaults.AsSpan(column, until - column).Fill(Attribute(read, "default-cell-style-name")?.Value);
        if (marks.AnyInColumns(column, until - 1))
        {
            Attribute(read, "visibility")?.Remove();
            if (looks.Hides("table-column", Attribute(read, "style-name")?.Value))
            {
                Attribute(read, "style-name")!.Remove();
            }
        }

        read.SetAttributeValue(Vocabulary.Table + "number-columns-repeated", until - column == 1 ? null : (until - column).ToString(CultureInfo.InvariantCulture));
        read.WriteTo(to);
        column = until;
    }

    private static XAttribute? Attribute(XElement element, string name) => element.Attribute(Vocabulary.Table + name);
}
