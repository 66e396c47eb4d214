using System.Globalization;
using System.Xml;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Zip;

/// <summary>The nodes that a <see cref="PartReader"/> reports.</summary>
[Flags]
internal enum PartOptions
{
    None = 0,

    /// <summary>
    /// Skips elements of other namespaces than that of the root. They are extensions, and can have the names of the
    /// workbook's own elements.
    /// </summary>
    OneNamespace = 1,

    /// <summary>Reports white space between two elements.</summary>
    Whitespace = 2,
}

/// <summary>
/// Reads the XML of one part, node by node. DTDs are refused, and the depth and the number of different names are limited.
/// </summary>
internal sealed class PartReader : IDisposable
{
    private const int MaxDepth = 128;
    private const int MaxValueLength = 64 * 1024;
    private const string UnknownLayout = "a part of it does not have the layout of a workbook";

    /// <summary>The namespace of alternatives for programs with and without an extension (ECMA-376 part 3).</summary>
    private const string Alternatives = "http://schemas.openxmlformats.org/markup-compatibility/2006";

    private readonly PartStream stream;
    private readonly ReadingContext context;
    private readonly XmlReader xml;
    private readonly bool hasOneNamespace;
    private string? rootNamespace;
    private int openAlternatives;
    private char[] buffer = new char[1024];

    public PartReader(PartStream stream, ReadingContext context, PartOptions options = PartOptions.None, DtdProcessing dtd = DtdProcessing.Prohibit)
    {
        (this.stream, this.context, hasOneNamespace) = (stream, context, options.HasFlag(PartOptions.OneNamespace));
        Names = new BoundedNames(stream);
        stream.MarkNode();
        xml = XmlReader.Create(stream, new XmlReaderSettings
        {
            DtdProcessing = dtd,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = !options.HasFlag(PartOptions.Whitespace),
            NameTable = Names,
            CloseInput = true,
        });
    }

    /// <summary>Receives the texts of skipped elements of other namespaces. Null if they are not needed.</summary>
    public Action<ReadOnlySpan<char>>? SkippedText { get; set; }

    public XmlNameTable Names { get; }

    public XmlNodeType NodeType => xml.NodeType;

    public string Name => xml.LocalName;

    /// <summary>The name with its prefix, so that an attribute of another namespace is not taken for one of the cell's.</summary>
    public string AttributeName => xml.Name;

    public string Namespace => xml.NamespaceURI;

    /// <summary>The depth of the node, as if its alternatives were not there.</summary>
    public int Depth => xml.Depth - openAlternatives;

    public bool IsEmptyElement => xml.IsEmptyElement;

    /// <summary>Moves to the next node. Returns false at the end of the part, and if the file is refused.</summary>
    public bool Read()
    {
        while (ReadNode())
        {
            if (!hasOneNamespace || xml.NodeType is not (XmlNodeType.Element or XmlNodeType.EndElement) || xml.NamespaceURI == (rootNamespace ??= xml.NamespaceURI))
            {
                return true;
            }

            SkipOtherNamespace();
        }

        return false;
    }

    /// <summary>
    /// Skips an element of another namespace. Of the alternatives, the one for programs without the extension is read.
    /// </summary>
    private void SkipOtherNamespace()
    {
        if (xml.NamespaceURI == Alternatives && xml.LocalName is "AlternateContent" or "Fallback")
        {
            openAlternatives += xml.NodeType == XmlNodeType.EndElement ? -1 : xml.IsEmptyElement ? 0 : 1;
            return;
        }

        var startDepth = xml.Depth;
        var hasContent = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
        while (hasContent && ReadNode() && xml.Depth > startDepth)
        {
            if (SkippedText is { } receive && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                receive(Value());
            }
        }
    }

    private bool ReadNode()
    {
        if (context.IsRefused || !xml.Read())
        {
            return false;
        }

        stream.MarkNode();
        context.CountNode();
        if (xml.Depth > MaxDepth)
        {
            stream.Refuse(UnknownLayout);
        }

        return !context.IsRefused;
    }

    /// <summary>Returns true if the node has this namespace and name.</summary>
    public bool Is(string ns, string name) => xml.LocalName == name && xml.NamespaceURI == ns;

    public string? Attribute(string name) => xml.GetAttribute(name);

    public string? Attribute(string name, string ns) => xml.GetAttribute(name, ns);

    public bool MoveToNextAttribute() => xml.MoveToNextAttribute();

    public void MoveToElement() => xml.MoveToElement();

    /// <summary>Returns the value of the current attribute or text. Valid until the next call.</summary>
    public ReadOnlySpan<char> Value()
    {
        var length = 0;
        int read;
        while ((read = xml.ReadValueChunk(buffer, length, buffer.Length - length)) > 0)
        {
            length += read;

            // The reader never splits a surrogate pair, so it may leave one character free.
            if (length >= buffer.Length - 1)
            {
                if (buffer.Length >= MaxValueLength)
                {
                    stream.Refuse("a text in it is too long for a cell");
                    break;
                }

                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        return buffer.AsSpan(0, length);
    }

    /// <summary>Skips the content of the current element. The reader is then at the end of it.</summary>
    public void Skip()
    {
        var startDepth = Depth;
        var hasContent = !IsEmptyElement;
        while (hasContent && Read() && Depth > startDepth)
        {
        }
    }

    /// <summary>Reads the rest of the part, so that all of it is checked.</summary>
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

    public static bool IsTrue(ReadOnlySpan<char> value) => value.Trim() is "1" or "true" or "on";

    /// <summary>Returns true for a length of 0, such as "0" or "0.0".</summary>
    public static bool IsZero(ReadOnlySpan<char> value) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == 0;

    public static bool TryParseInt(ReadOnlySpan<char> value, out int number) =>
        int.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>Limits the number of different names. The reader keeps all of them, so a malicious file could fill the memory.</summary>
    private sealed class BoundedNames(PartStream stream) : NameTable
    {
        private const int MaxNames = 4096;
        private int count;

        public override string Add(string key) => Get(key) ?? Counted(base.Add(key));

        public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Counted(base.Add(key, start, len));

        private string Counted(string name)
        {
            if (++count > MaxNames)
            {
                stream.Refuse(UnknownLayout);
            }

            return name;
        }
    }
}
