using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using DasvPipeline.Core.Read;
using DasvPipeline.Core.Read.Ods;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Oversee.Marking.Ods;

/// <summary>
/// Reads the part that holds the sheets once more, and writes each of those that were read for their figures anew. Scripts,
/// validations, names, database ranges, queries and tracked changes stand beside them and are passed over.
/// </summary>
internal sealed class CopiedContent(Workbook workbook, SheetNames names, IReadOnlyDictionary<string, Marks> marks, Looks looks, XmlWriter to)
{
    /// <summary>Cells that may be written more than once, because marks divide the rows that repeat them.</summary>
    private const int MostCopies = 2_000_000;

    private const int MostHeld = 100;

    private readonly Room copies = new(MostCopies);
    private bool isSpreadsheet;
    private int sheet;

    /// <summary>What day dates are counted from; null where nothing is said of it.</summary>
    public XElement? Counting { get; private set; }

    public void Read(PartReader xml)
    {
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.Name)
            {
                case "font-face-decls" or "automatic-styles" when xml.Depth == 1 && !isSpreadsheet:
                    looks.ReadAutomatic(xml);
                    break;
                case "spreadsheet" when xml.Depth == 2:
                    isSpreadsheet = true;
                    break;
                case "calculation-settings" when xml.Depth == 3:
                    Counting = Vocabulary.Counting.Read(xml, new Room(MostHeld)) is { } read && read.Descendants().Attributes().All(IsDay) ? read : null;
                    break;
                case "table" when xml.Depth == 3 && isSpreadsheet && !OdsContent.IsOfAnotherFile(xml.Attribute("name", OdsNames.Table)):
                    WriteSheet(xml);
                    break;
                case not ("body" or "document-content"):
                    xml.Skip();
                    break;
            }
        }
    }

    private void WriteSheet(PartReader xml)
    {
        // Of two sheets with one name the findings are about the first.
        var name = workbook.Sheets[sheet].Name ?? string.Empty;
        var isFirst = workbook.Sheets.Take(sheet).All(other => other.Name != name);
        var found = isFirst ? marks.GetValueOrDefault(name, Marks.None) : Marks.None;
        new CopiedTable(found, looks, copies, to).Write(xml, names.InOrder[sheet]);
        sheet++;
    }

    private static bool IsDay(XAttribute attribute) =>
        DateOnly.TryParseExact(attribute.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
