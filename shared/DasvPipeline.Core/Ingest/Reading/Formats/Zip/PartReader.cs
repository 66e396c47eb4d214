using System.Globalization;
using System.IO.Compression;
using System.Xml;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Zip;

/// <summary>
/// Reads the XML of one part, node by node. DTDs are refused, and the depth and the number of different names are limited.
/// </summary>
internal sealed class PartReader : IDisposable
{
    private const int MaxDepth = 128;
    private const int MaxValueLength = 64 * 1024;

    private readonly PartStream stream;
    private readonly ReadingContext context;
    private readonly XmlReader xml;
    private char[] buffer = new char[1024];

    public PartReader(ZipArchiveEntry entry, ReadingContext context, DtdProcessing dtd = DtdProcessing.Prohibit, bool keepWhitespace = false)
    {
        this.context = context;
        Names = new BoundedNames(context);
        stream = new PartStream(entry, context);
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

    public XmlNameTable Names { get; }

    public XmlNodeType NodeType => xml.NodeType;

    public string Name => xml.LocalName;

    /// <summary>The name with its prefix, so that an attribute of another namespace is not taken for one of the cell's.</summary>
    public string AttributeName => xml.Name;

    public string Namespace => xml.NamespaceURI;

    public int Depth => xml.Depth;

    public bool IsEmptyElement => xml.IsEmptyElement;

    /// <summary>Moves to the next node. Returns false at the end of the part, and if the file is refused.</summary>
    public bool Read()
    {
        if (context.IsRefused || !xml.Read())
        {
            return false;
        }

        stream.MarkNode();
        context.CountNode();
        if (xml.Depth > MaxDepth)
        {
            context.Refuse(UnknownLayout());
        }

        return !context.IsRefused;
    }

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
                    context.Refuse(FileFindings.Damaged("a text in it is too long for a cell"));
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
        var startDepth = xml.Depth;
        var hasContent = !IsEmptyElement;
        while (hasContent && Read() && xml.Depth > startDepth)
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

    public static bool IsTrue(ReadOnlySpan<char> value) => value is "1" or "true" or "on";

    public static bool TryParseInt(ReadOnlySpan<char> value, out int number) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static Finding UnknownLayout() => FileFindings.Damaged("a part of it does not have the layout of a workbook");

    /// <summary>Limits the number of different names. The reader keeps all of them, so a malicious file could fill the memory.</summary>
    private sealed class BoundedNames(ReadingContext context) : NameTable
    {
        private const int MaxNames = 4096;
        private int count;

        public override string Add(string key) => Get(key) ?? Counted(base.Add(key));

        public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Counted(base.Add(key, start, len));

        private string Counted(string name)
        {
            if (++count > MaxNames)
            {
                context.Refuse(UnknownLayout());
            }

            return name;
        }
    }
}
