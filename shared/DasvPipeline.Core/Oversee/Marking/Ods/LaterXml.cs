using System.IO.Compression;
using System.Text;
using System.Xml;

namespace DasvPipeline.Core.Oversee.Marking.Ods;

/// <summary>
/// XML that is written before what stands in front of it is known, as the sheets are before the styles of their marks. It
/// waits packed: unpacked it may be a hundred times as large.
/// </summary>
internal sealed class LaterXml : IDisposable
{
    private const int Piece = 16 * 1024;

    private readonly MemoryStream packed = new();

    public LaterXml() => Writer = XmlWriter.Create(
        new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        new XmlWriterSettings { Encoding = new UTF8Encoding(false), ConformanceLevel = ConformanceLevel.Fragment, NewLineChars = "\n", CloseOutput = true });

    public XmlWriter Writer { get; }

    /// <summary>Ends the writing, and puts what was written in its place.</summary>
    public void WriteTo(XmlWriter xml)
    {
        Writer.Dispose();
        packed.Position = 0;
        using var reader = new StreamReader(new DeflateStream(packed, CompressionMode.Decompress, leaveOpen: true), Encoding.UTF8);
        var letters = new char[Piece + 1];
        int count;
        while ((count = reader.ReadBlock(letters, 0, Piece)) > 0)
        {
            // No piece may end in half a letter.
            if (char.IsHighSurrogate(letters[count - 1]))
            {
                letters[count++] = (char)reader.Read();
            }

            xml.WriteRaw(letters, 0, count);
        }
    }

    public void Dispose()
    {
        Writer.Dispose();
        packed.Dispose();
    }
}
