using System.IO.Compression;
using System.Text;
using System.Xml;

namespace DasvPipeline.Core.Oversee.Marking;

/// <summary>Writes the parts of a new package, of which the same content makes the same bytes.</summary>
internal static class NewPart
{
    /// <summary>Zip entries carry a time, and this is the first that they can.</summary>
    private static readonly DateTimeOffset Fixed = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), NewLineChars = "\n", CloseOutput = true };

    public static void Write(ZipArchive zip, string name, Action<XmlWriter> write)
    {
        using var xml = XmlWriter.Create(Open(zip, name, CompressionLevel.Optimal), Settings);
        write(xml);
    }

    /// <summary>A part that no program has to unpack before it knows what is in it.</summary>
    public static void WriteStored(ZipArchive zip, string name, string letters)
    {
        using var stream = Open(zip, name, CompressionLevel.NoCompression);
        stream.Write(Encoding.ASCII.GetBytes(letters));
    }

    private static Stream Open(ZipArchive zip, string name, CompressionLevel level)
    {
        var entry = zip.CreateEntry(name, level);
        entry.LastWriteTime = Fixed;
        return entry.Open();
    }
}
