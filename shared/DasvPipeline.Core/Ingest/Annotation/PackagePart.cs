using System.IO.Compression;
using System.Text;
using System.Xml;

namespace DasvPipeline.Core.Ingest.Annotation;

/// <summary>Writes the parts of a new package. The same content gives the same bytes.</summary>
internal static class PackagePart
{
    /// <summary>The time of all entries: the earliest that a zip file supports.</summary>
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), NewLineChars = "\n", CloseOutput = true };

    public static void Write(ZipArchive zip, string name, Action<XmlWriter> write)
    {
        using var xml = XmlWriter.Create(Open(zip, name, CompressionLevel.Optimal), Settings);
        write(xml);
    }

    /// <summary>Writes a part without compression, so that programs can read it without unpacking.</summary>
    public static void WriteStored(ZipArchive zip, string name, string letters)
    {
        using var stream = Open(zip, name, CompressionLevel.NoCompression);
        stream.Write(Encoding.ASCII.GetBytes(letters));
    }

    private static Stream Open(ZipArchive zip, string name, CompressionLevel level)
    {
        var entry = zip.CreateEntry(name, level);
        entry.LastWriteTime = EntryTime;
        return entry.Open();
    }
}
