using System.IO.Compression;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>Gives an Office package the same bytes for the same content: the parts in the order of their names, without the time of writing.</summary>
internal static class StablePackage
{
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a package again. The list of content types comes first, as programs expect.</summary>
    public static byte[] Normalise(MemoryStream package)
    {
        package.Position = 0;
        using var source = new ZipArchive(package, ZipArchiveMode.Read, leaveOpen: true);
        return Create(source.Entries.Select(entry => (entry.FullName, Read(entry))));
    }

    public static byte[] Create(IEnumerable<(string Name, byte[] Content)> parts)
    {
        using var target = new MemoryStream();
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts.OrderBy(part => part.Name[0] == '[' ? 0 : 1).ThenBy(part => part.Name, StringComparer.Ordinal))
            {
                var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = Time;
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return target.ToArray();
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
