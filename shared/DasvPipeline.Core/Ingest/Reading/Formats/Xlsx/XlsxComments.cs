using System.Xml;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xlsx;

/// <summary>
/// Reads the comments of a sheet. Newer programs keep conversations in a second part (threaded comments), with a copy for
/// older programs in the first.
/// </summary>
internal static class XlsxComments
{
    /// <summary>The start of the author's name in a copy of a conversation.</summary>
    private const string CopyAuthor = "tc=";

    public static List<CellComment> Read(Package package, string sheet)
    {
        var slash = sheet.LastIndexOf('/') + 1;
        var relations = WorkbookParts.ReadRelations(package, $"{sheet[..slash]}_rels/{sheet[slash..]}.rels");
        var comments = new List<CellComment>();
        foreach (var relation in relations.Where(relation => relation.Type == "threadedComment" && !package.IsEmpty(relation.Path)))
        {
            package.TryRead(relation.Path, xml => ReadThreads(xml, package.Context, comments));
        }

        var threads = comments.Select(comment => (comment.Row, comment.Column)).ToHashSet();
        var simple = new List<CellComment>();
        foreach (var relation in relations.Where(relation => relation.Type == "comments" && !package.IsEmpty(relation.Path)))
        {
            package.TryRead(relation.Path, xml => ReadSimple(xml, package.Context, simple));
        }

        comments.AddRange(simple.Where(comment => !comment.Author.StartsWith(CopyAuthor, StringComparison.Ordinal) || !threads.Contains((comment.Row, comment.Column))));
        return comments;
    }

    private static void ReadThreads(PartReader xml, ReadingContext context, List<CellComment> comments)
    {
        var text = new CellText(context);
        (int Row, int Column)? at = null;
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, Name: "threadedComment" })
            {
                at = XlsxSheetReader.ParseAddress(xml.Attribute("ref"));
            }
            else if (xml is { NodeType: XmlNodeType.Element, Name: "text" } && at is var (row, column))
            {
                text.Clear();
                AppendText(xml, text);
                comments.Add(new CellComment(row, column, string.Empty, text.Raw().ToString()));
            }
        }
    }

    private static void ReadSimple(PartReader xml, ReadingContext context, List<CellComment> comments)
    {
        var text = new CellText(context);
        var authors = new List<string>();
        var author = string.Empty;
        (int Row, int Column)? at = null;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.Name)
            {
                case "author":
                    text.Clear();
                    AppendText(xml, text);
                    authors.Add(text.Raw().ToString());
                    break;
                case "comment":
                    at = XlsxSheetReader.ParseAddress(xml.Attribute("ref"));
                    author = PartReader.TryParseInt(xml.Attribute("authorId"), out var id) && id < authors.Count ? authors[id] : string.Empty;
                    break;
                case "text" when at is var (row, column):
                    comments.Add(new CellComment(row, column, author, text.Read(xml).ToString()));
                    break;
            }
        }
    }

    /// <summary>Appends the text of the current element. The reader is then at the end of it.</summary>
    private static void AppendText(PartReader xml, CellText text)
    {
        var startDepth = xml.Depth;
        var hasContent = !xml.IsEmptyElement;
        while (hasContent && xml.Read() && xml.Depth > startDepth)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                text.Append(xml.Value());
            }
        }
    }
}
