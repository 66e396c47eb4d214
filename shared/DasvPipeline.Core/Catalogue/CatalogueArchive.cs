using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace DasvPipeline.Core.Catalogue;

/// <summary>The files of a catalogue in a zip or in a folder. Everything about them that is wrong is a mistake with its file.</summary>
public static class CatalogueArchive
{
    /// <summary>The largest zip that is read.</summary>
    public const int MaxZipBytes = 2 * 1024 * 1024;

    /// <summary>The largest file of a catalogue, and the largest of all its files together. Real bytes are counted while they are read.</summary>
    private const int MaxFileBytes = 512 * 1024;
    private const int MaxTotalBytes = 8 * 1024 * 1024;
    private const int MaxFiles = 2_000;
    private const string Extension = ".yaml";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the YAML files of a zip. A folder around all of them is left out, and so is the folder <c>schema</c>.</summary>
    public static (IReadOnlyList<CatalogueFile> Files, IReadOnlyList<Mistake> Mistakes) ReadZip(ReadOnlyMemory<byte> zip)
    {
        if (zip.Length > MaxZipBytes)
        {
            return Refuse($"The zip is larger than {MaxZipBytes / (1024 * 1024)} MB. A catalogue is much smaller.");
        }

        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip.ToArray()), ZipArchiveMode.Read);
            return archive.Entries.Count > MaxFiles ? Refuse($"The zip has more than {MaxFiles.ToString(CultureInfo.InvariantCulture)} files.") : ReadEntries(archive);
        }
        catch (InvalidDataException)
        {
            return Refuse("The file is not a zip, or it is damaged. Zip the folder with the YAML files again.");
        }
    }

    /// <summary>Decodes a file. Returns a mistake if its bytes are not UTF-8.</summary>
    public static (CatalogueFile? File, Mistake? Mistake) Decode(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            return (new CatalogueFile(path, Strict.GetString(content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content)), null);
        }
        catch (DecoderFallbackException fault)
        {
            var line = 1 + content[..Math.Clamp(fault.Index, 0, content.Length)].Count((byte)'\n');
            return (null, new Mistake(path, line, "a byte is not UTF-8. Save the file as UTF-8."));
        }
    }

    /// <summary>Writes the files with their JSON Schemas, which editors use.</summary>
    public static byte[] WriteZip(IEnumerable<CatalogueFile> files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files.Concat(Schemas()).OrderBy(file => file.Path, StringComparer.Ordinal))
            {
                var entry = archive.CreateEntry(file.Path, CompressionLevel.Optimal);
                entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero); // the same files give the same bytes
                using var writer = new StreamWriter(entry.Open(), Strict);
                writer.Write(file.Text);
            }
        }

        return stream.ToArray();
    }

    private static (IReadOnlyList<CatalogueFile> Files, IReadOnlyList<Mistake> Mistakes) ReadEntries(ZipArchive archive)
    {
        var entries = archive.Entries.Where(entry => entry.FullName.EndsWith(Extension, StringComparison.Ordinal)).ToList();
        if (entries.Count == 0)
        {
            return Refuse("The zip has no .yaml file, so it is not a catalogue.");
        }

        if (entries.Find(entry => entry.FullName.Split('/', '\\').Contains("..") || entry.FullName[0] is '/' or '\\') is { })
        {
            return Refuse("The zip has a file outside its folder. Zip the folder with the YAML files again.");
        }

        var common = CommonFolder(entries);
        var (files, mistakes, total) = (new Dictionary<string, CatalogueFile>(StringComparer.Ordinal), ImmutableArray.CreateBuilder<Mistake>(), 0);
        foreach (var entry in entries)
        {
            var path = entry.FullName[common.Length..];
            if (ReadBytes(entry) is not { } content || (total += content.Length) > MaxTotalBytes)
            {
                return Refuse("The zip expands to more than a catalogue can have.");
            }

            var (file, mistake) = Decode(path, content);
            if (mistake is not null)
            {
                mistakes.Add(mistake);
            }
            else if (!files.TryAdd(path, file!))
            {
                mistakes.Add(new Mistake(path, 1, "the zip has this file twice."));
            }
        }

        return ([.. files.Values], mistakes.ToImmutable());
    }

    /// <summary>Returns the folder that all files are in and that has <c>agencies.yaml</c>; empty if they are at the top.</summary>
    private static string CommonFolder(List<ZipArchiveEntry> entries)
    {
        var top = entries.Select(entry => entry.FullName).Where(path => path.EndsWith("/agencies.yaml", StringComparison.Ordinal)).MinBy(path => path.Length);
        var folder = top is null ? string.Empty : top[..(top.LastIndexOf('/') + 1)];
        return entries.TrueForAll(entry => entry.FullName.StartsWith(folder, StringComparison.Ordinal)) ? folder : string.Empty;
    }

    /// <summary>Returns null if the file is too large. The declared size is not believed.</summary>
    private static byte[]? ReadBytes(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        var buffer = new byte[MaxFileBytes + 1];
        var length = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return length > MaxFileBytes ? null : buffer[..length];
    }

    private static IEnumerable<CatalogueFile> Schemas()
    {
        const string Prefix = "catalogue-schema/";
        var assembly = typeof(CatalogueArchive).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            yield return new CatalogueFile("schema/" + name[Prefix.Length..], reader.ReadToEnd());
        }
    }

    private static (IReadOnlyList<CatalogueFile> Files, IReadOnlyList<Mistake> Mistakes) Refuse(string sentence) => ([], [new Mistake("catalogue.zip", 1, sentence)]);
}
