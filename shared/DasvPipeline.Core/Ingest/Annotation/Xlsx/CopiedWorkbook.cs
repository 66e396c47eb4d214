using System.Xml;
using System.Xml.Linq;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reading.Formats.Xlsx;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Annotation.Xlsx;

/// <summary>Copies an .xlsx workbook: sheets, values, styles and layout, and nothing else.</summary>
internal static class CopiedWorkbook
{
    /// <summary>The maximum number of nodes in one text.</summary>
    private const int MaxTextNodes = 20_000;

    /// <summary>Creates the copy. Returns null if a part that is copied cannot be read.</summary>
    public static byte[]? Write(ReadOnlyMemory<byte> content, IReadOnlyList<Finding> findings)
    {
        // The file was already read within the limits. Here its texts and styles are read a second time.
        var limits = ReadLimits.Default with { UnpackedBytes = ReadLimits.Default.UnpackedBytes * 2 };
        var context = new ReadingContext(limits);
        using var package = Package.Open(WorkbookReader.AsStream(content), context);
        if (XlsxFile.FindMainPart(package) is not { } main)
        {
            return null;
        }

        var workbook = WorkbookParts.Read(package, main);
        var styles = CopiedStyles.CopyFrom(package, workbook.StyleParts.Styles);
        var theme = ThemeOf(package, workbook.StyleParts.Theme);
        if (context.IsRefused)
        {
            return null;
        }

        var names = new SheetNames([.. workbook.Sheets.Select(sheet => sheet.Name)], SheetNames.MaxLengthInExcel);
        var marks = Marks.BySheet(findings);
        var sheets = workbook.Sheets.Select((part, i) =>
        {
            // If two sheets have the same name, findings refer to the first.
            var isFirst = workbook.Sheets.FindIndex(sheet => sheet.Name == part.Name) == i;
            var sheetMarks = isFirst ? marks.GetValueOrDefault(part.Name, Marks.None) : Marks.None;
            return new PackageSheet(
                names.InOrder[i],
                part.IsHidden && sheetMarks.Cells.Count == 0,
                sheetMarks,
                xml => package.TryRead(part.Path, from => new CopiedSheet(sheetMarks, workbook, styles, xml, context).Write(from)));
        });
        var copy = new WorkbookPackage(
            [
                new PackageSheet(names.Findings, false, Marks.None, xml => FindingsSheet.Write(xml, styles.FindingsStyles, findings, FindingsTable.CopyExplanation, names.ByOldName)),
                .. sheets,
            ],
            styles,
            workbook.StyleParts.Texts is { } texts && workbook.Texts.Count > 0 ? xml => package.TryRead(texts, from => WriteTexts(from, xml)) : null,
            theme,
            workbook.From1904).ToArray();
        return context.IsRefused ? null : copy;
    }

    /// <summary>Writes the shared texts in their original order, because cells refer to them by index.</summary>
    private static void WriteTexts(PartReader from, XmlWriter to)
    {
        to.WriteStartElement("sst", XlsxVocabulary.Main);
        while (from.Read())
        {
            if (from is { NodeType: XmlNodeType.Element, Name: "si", Depth: 1 })
            {
                (XlsxVocabulary.Texts.Read(from, new NodeBudget(MaxTextNodes)) is { } text ? Complete(text) : Text(string.Empty)).WriteTo(to);
            }
        }

        to.WriteEndElement();
    }

    private static XElement Complete(XElement text)
    {
        text.Elements(XlsxVocabulary.Sheet + "r").Where(run => run.Element(XlsxVocabulary.Sheet + "t") is null).Remove();
        var remaining = CellWriter.MaxTextLength;
        foreach (var letters in text.Descendants(XlsxVocabulary.Sheet + "t"))
        {
            letters.Value = FindingText.Shorten(letters.Value, remaining);
            remaining -= letters.Value.Length;
            letters.SetAttributeValue(XNamespace.Xml + "space", "preserve");
        }

        return text.HasElements ? text : Text(string.Empty);
    }

    private static XElement Text(string text) => new(XlsxVocabulary.Sheet + "si", new XElement(XlsxVocabulary.Sheet + "t", text));

    private static Action<XmlWriter>? ThemeOf(Package package, string? part)
    {
        XElement? colours = null;
        XElement? fonts = null;
        if (part is not null)
        {
            package.TryRead(part, xml =>
            {
                while (xml.Read())
                {
                    if (xml is { NodeType: XmlNodeType.Element, Depth: 2, Name: "clrScheme" or "fontScheme" })
                    {
                        var isColours = xml.Name == "clrScheme";
                        var read = XlsxVocabulary.Theme.Read(xml, new NodeBudget(1000));
                        (colours, fonts) = isColours ? (read, fonts) : (colours, read);
                    }
                }
            });
        }

        return colours is null || fonts is null ? null : Theme.Create(colours, fonts).WriteTo;
    }
}
