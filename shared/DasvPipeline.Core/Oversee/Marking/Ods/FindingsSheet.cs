using System.Globalization;
using System.Xml;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read.Ods;

namespace DasvPipeline.Core.Oversee.Marking.Ods;

/// <summary>The first sheet: every finding in a row, errors first, each with a link to its cell.</summary>
/// <param name="sheets">The names that the sheets have in the copy, by those they had.</param>
internal sealed class FindingsSheet(FindingsLook look, IReadOnlyDictionary<string, string> sheets, XmlWriter to)
{
    private int links;

    public void Write(string name, IReadOnlyList<Finding> findings)
    {
        to.WriteStartElement("table", OdsNames.Table);
        Vocabulary.WritePrefixes(to);
        to.WriteAttributeString("name", OdsNames.Table, name);
        to.WriteAttributeString("style-name", OdsNames.Table, look.Sheet);
        foreach (var column in look.Columns)
        {
            to.WriteStartElement("table-column", OdsNames.Table);
            to.WriteAttributeString("style-name", OdsNames.Table, column);
            to.WriteEndElement();
        }

        WriteAcross(look.Title, FindingsTable.Title(findings), lines: 2);
        WriteAcross(look.Text, FindingsTable.AboutACopy, FindingsTable.Lines(FindingsTable.AboutACopy, FindingsTable.Width));
        StartRow(1);
        foreach (var (heading, _) in FindingsTable.Columns)
        {
            WriteCell(look.Heading, heading);
        }

        to.WriteEndElement();
        foreach (var finding in FindingsTable.Listed(findings))
        {
            WriteFinding(finding);
        }

        to.WriteEndElement();
    }

    private void WriteFinding(Finding finding)
    {
        var text = FindingWords.Of(finding);
        var sheet = finding.Cell?.Sheet is { } named ? sheets.GetValueOrDefault(named) : null;
        StartRow(FindingsTable.Lines(text, FindingsTable.Columns[FindingsTable.MessageColumn - 1].Width));
        WriteCell(look.Of(finding.Severity), FindingWords.Word(finding.Severity));
        WriteCell(look.Text, FindingWords.Plain(sheet ?? finding.Cell?.Sheet));
        if (sheet is not null && links++ < FindingsTable.MostLinks)
        {
            WriteLink(finding.Cell!.Value.Address, sheet);
        }
        else
        {
            WriteCell(look.Text, finding.Cell?.Address ?? string.Empty);
        }

        WriteCell(look.Text, text);
        WriteCell(look.Text, finding.Code);
        to.WriteEndElement();
    }

    /// <summary>One line over the whole width.</summary>
    private void WriteAcross(string style, string text, int lines)
    {
        StartRow(lines);
        StartCell(style);
        to.WriteAttributeString("number-columns-spanned", OdsNames.Table, Invariant(FindingsTable.Columns.Length));
        to.WriteAttributeString("number-rows-spanned", OdsNames.Table, "1");
        Paragraphs.Write(to, text);
        to.WriteEndElement();
        to.WriteStartElement("covered-table-cell", OdsNames.Table);
        to.WriteAttributeString("number-columns-repeated", OdsNames.Table, Invariant(FindingsTable.Columns.Length - 1));
        to.WriteEndElement();
        to.WriteEndElement();
    }

    private void StartRow(int lines)
    {
        to.WriteStartElement("table-row", OdsNames.Table);
        to.WriteAttributeString("style-name", OdsNames.Table, look.RowOf(lines));
    }

    private void StartCell(string style)
    {
        to.WriteStartElement("table-cell", OdsNames.Table);
        to.WriteAttributeString("style-name", OdsNames.Table, style);
        to.WriteAttributeString("value-type", OdsNames.Office, "string");
    }

    private void WriteCell(string style, string text)
    {
        StartCell(style);
        Paragraphs.Write(to, text);
        to.WriteEndElement();
    }

    /// <summary>A link within the copy, which is the only kind there is in it.</summary>
    private void WriteLink(string address, string sheet)
    {
        StartCell(look.Link);
        to.WriteStartElement("p", OdsNames.Text);
        to.WriteStartElement("a", OdsNames.Text);
        to.WriteAttributeString("href", Vocabulary.XLink, $"#{Quoted(sheet)}.{address}");
        to.WriteAttributeString("type", Vocabulary.XLink, "simple");
        to.WriteString(address);
        to.WriteEndElement();
        to.WriteEndElement();
        to.WriteEndElement();
    }

    /// <summary>In quotation marks unless it is a plain word, in which none of its letters can be taken for anything else.</summary>
    private static string Quoted(string sheet) => sheet.All(char.IsAsciiLetter) ? sheet : $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
