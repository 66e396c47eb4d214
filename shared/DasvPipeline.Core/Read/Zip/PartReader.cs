using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace DasvPipeline.Core.Read.Zip;

/// <summary>
/// Reads the XML of one part, node by node, within bounds: no DTD, no depth or vocabulary that a spreadsheet does not have.
/// </summary>
internal sealed class PartReader : IDisposable
{
    private const int Deepest = 128;
    private const int LongestValue = 64 * 1024;

    private readonly PartStream stream;
    private readonly UnpackBudget budget;
    private readonly XmlReader xml;
    private char[] buffer = new char[1024];

    public PartReader(ZipArchiveEntry entry, UnpackBudget budget, DtdProcessing dtd = DtdProcessing.Prohibit, bool keepWhitespace = false)
    {
        this.budget = budget;
        stream = new PartStream(entry, budget);
        stream.MarkNode();
        xml = XmlReader.Create(stream, new XmlReaderSettings
        {
            DtdProcessing = dtd,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = !keepWhitespace,
            NameTable = Names,
            CloseInput = true,
        });
    }

    public XmlNameTable Names { get; } = new BoundedNames();

    public XmlNodeType NodeType => xml.NodeType;

    public string Name => xml.LocalName;

    /// <summary>With its prefix: an attribute of another vocabulary is not mistaken for one of the cell's own.</summary>
    public string AttributeName => xml.Name;

    public string Namespace => xml.NamespaceURI;

    public int Depth => xml.Depth;

    public bool IsEmptyElement => xml.IsEmptyElement;

    public bool Read()
    {
        if (!xml.Read())
        {
            return false;
        }

        stream.MarkNode();
        budget.TakeNode();
        return xml.Depth <= Deepest ? true : throw new Refusal(FileFinding.Damaged("a part of it is not laid out as a workbook is"));
    }

    public string? Attribute(string name) => xml.GetAttribute(name);

    public string? Attribute(string name, string ns) => xml.GetAttribute(name, ns);

    public bool MoveToNextAttribute() => xml.MoveToNextAttribute();

    public void MoveToElement() => xml.MoveToElement();

    /// <summary>The value of the attribute or text the reader stands on; good until the next one is asked for.</summary>
    public ReadOnlySpan<char> Value()
    {
        var length = 0;
        int read;
        while ((read = xml.ReadValueChunk(buffer, length, buffer.Length - length)) > 0)
        {
            length += read;

            // A letter of two halves is not handed out in two pieces.
            if (length >= buffer.Length - 1)
            {
                if (buffer.Length >= LongestValue)
                {
                    throw new Refusal(FileFinding.Damaged("a text in it is longer than any cell can hold"));
                }

                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        return buffer.AsSpan(0, length);
    }

    /// <summary>Passes over what is below the element the reader stands on, which is left on the element's end.</summary>
    public void Skip()
    {
        var top = xml.Depth;
        var more = !IsEmptyElement;
        while (more && Read() && xml.Depth > top)
        {
        }
    }

    /// <summary>Reads what is left, so that all of the part has been looked at.</summary>
    public void ReadToEnd()
    {
        while (Read())
        {
        }
    }

    public void Dispose()
    {
        xml.Dispose();
        stream.Dispose();
    }

    public static bool IsTrue(ReadOnlySpan<char> value) => value is "1" or "true" or "on";

    public static bool TryInt(ReadOnlySpan<char> value, out int number) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>Names are kept for as long as the reader: a file of nothing but different names would fill the memory.</summary>
    private sealed class BoundedNames : NameTable
    {
        private const int Most = 4096;
        private int count;

        public override string Add(string key) => Get(key) ?? Counted(base.Add(key));

        public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Counted(base.Add(key, start, len));

        private string Counted(string name) =>
            ++count <= Most ? name : throw new Refusal(FileFinding.Damaged("a part of it is not laid out as a workbook is"));
    }
}
