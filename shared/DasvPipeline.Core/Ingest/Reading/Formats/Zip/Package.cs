using System.IO.Compression;
using System.Text;
using System.Xml;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Zip;

/// <summary>
/// The zip package of a workbook. Its directory is inspected before anything is unpacked. Every part is unpacked to its
/// end and counts towards one limit. A part without data of the workbook, such as a toolbar or a thumbnail, can have any
/// content: <see cref="ReadRemainingParts"/> only refuses unsafe XML in it.
/// </summary>
internal sealed class Package : IDisposable
{
    private readonly ZipArchive zip;
    private readonly Dictionary<string, ZipArchiveEntry> parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> read = new(StringComparer.OrdinalIgnoreCase);

    private Package(ZipArchive zip, ReadingContext context)
    {
        this.zip = zip;
        Context = context;
        Inspect();
    }

    public ReadingContext Context { get; }

    public IEnumerable<string> Names => parts.Keys;

    public static Package Open(Stream content, ReadingContext context)
    {
        var zip = new ZipArchive(content, ZipArchiveMode.Read);
        try
        {
            return new Package(zip, context);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    /// <summary>The XML parts that have not been read.</summary>
    public IEnumerable<string> UnreadXml => parts.Keys.Where(name => IsXml(name) && !read.Contains(name));

    public bool IsRead(string part) => read.Contains(part);

    public bool Has(string part) => parts.ContainsKey(part);

    /// <summary>Returns true if the part exists and has no content.</summary>
    public bool IsEmpty(string part) => parts.TryGetValue(part, out var entry) && entry.Length == 0;

    /// <summary>
    /// Reads one part from its first node to its last. Invalid XML means a damaged file, or an unsafe one if it has a
    /// document type declaration. Returns false if there is no such part, or if the file is refused.
    /// </summary>
    /// <param name="part">The name of the part.</param>
    /// <param name="visit">Reads the part. Nodes that it leaves unread are read afterwards.</param>
    /// <param name="options">The nodes that are reported.</param>
    /// <param name="isNeeded">False if the part has no data of the workbook, so that damage to it does not matter.</param>
    public bool TryRead(string part, Action<PartReader> visit, PartOptions options = PartOptions.OneNamespace, bool isNeeded = true)
    {
        if (Context.IsRefused || !parts.TryGetValue(part, out var entry))
        {
            return false;
        }

        read.Add(part);
        try
        {
            using var reader = new PartReader(new PartStream(entry, Context, isNeeded), Context, options);
            visit(reader);
            reader.ReadToEnd();
            return !Context.IsRefused;
        }
        catch (XmlException) when (Context.IsRefused)
        {
            // The XML ends early, because a refusal ends its stream.
            return false;
        }
        catch (XmlException)
        {
            return HasDocumentType(part) ? Context.Refuse(FileFindings.UnsafeXml())
                : isNeeded && Context.Refuse(FileFindings.Damaged("a part of it is incomplete or not valid"));
        }
        catch (InvalidDataException) when (!isNeeded)
        {
            return false;
        }
    }

    /// <summary>Returns the first characters of a part, or null if there is no such part or the file is refused.</summary>
    public string? ReadStart(string part)
    {
        const int MaxLength = 128;
        if (Context.IsRefused || !parts.TryGetValue(part, out var entry))
        {
            return null;
        }

        using var stream = new PartStream(entry, Context);
        var start = new byte[MaxLength];
        return Encoding.Latin1.GetString(start, 0, stream.ReadAtLeast(start, MaxLength, throwOnEndOfStream: false));
    }

    /// <summary>Reads all bytes of a part. They count towards the limit of the file.</summary>
    public byte[] ReadBytes(string part)
    {
        read.Add(part);
        using var stream = new PartStream(parts[part], Context, isNeeded: false);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Unpacks every other part to count its size, and refuses document types in XML.</summary>
    public void ReadRemainingParts()
    {
        foreach (var (name, entry) in parts)
        {
            if (Context.IsRefused)
            {
                return;
            }

            if (read.Contains(name))
            {
                continue;
            }

            try
            {
                if (IsXml(name) && HasDocumentType(name))
                {
                    Context.Refuse(FileFindings.UnsafeXml());
                }

                using var stream = new PartStream(entry, Context, isNeeded: false);
                stream.Drain();
            }
            catch (InvalidDataException)
            {
                // A part that cannot be unpacked has no data of the workbook either.
            }
        }
    }

    public void Dispose() => zip.Dispose();

    private static bool IsXml(string name) =>
        name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".vml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);

    private void Inspect()
    {
        // Checked before the names. ZipArchive has already read the directory, whose size is limited by that of the file.
        if (zip.Entries.Count > Context.Limits.ZipEntries)
        {
            Context.Refuse(FileFindings.TooManyParts(Context.Limits.ZipEntries));
            return;
        }

        foreach (var entry in zip.Entries)
        {
            var name = entry.FullName;
            if (entry.IsEncrypted)
            {
                Context.Refuse(FileFindings.PasswordProtected());
                return;
            }

            if (LeavesThePackage(name))
            {
                Context.Refuse(FileFindings.Damaged("a part of it has a name that is not allowed in a workbook"));
                return;
            }

            if (!name.EndsWith('/') && !parts.TryAdd(name, entry))
            {
                Context.Refuse(FileFindings.Damaged("a part of it appears twice"));
                return;
            }
        }
    }

    private static bool LeavesThePackage(string name) =>
        name.Length == 0 || name.StartsWith('/') || name.Contains('\\') || name.Contains(':') || name.Any(char.IsControl)
        || name.Split('/').Any(step => step is ".." or ".");

    /// <summary>
    /// Returns true if the strict reader stopped at a document type declaration. A reader that ignores it then reaches an
    /// element.
    /// </summary>
    private bool HasDocumentType(string part) =>
        !ReachesAnElement(part, DtdProcessing.Prohibit) && ReachesAnElement(part, DtdProcessing.Ignore);

    private bool ReachesAnElement(string part, DtdProcessing dtd)
    {
        try
        {
            using var reader = new PartReader(new PartStream(parts[part], Context, isNeeded: false), Context, dtd: dtd);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    return true;
                }
            }

            return false;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
