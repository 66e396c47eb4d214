using System.IO.Compression;
using System.Text;
using System.Xml;

namespace DasvPipeline.Core.Read.Zip;

/// <summary>
/// The zip around a workbook. Its directory is inspected before anything is unpacked, and every part is unpacked
/// under one budget and to its end: what nobody else reads is looked at in <see cref="ReadTheRest"/>.
/// </summary>
internal sealed class Package : IDisposable
{
    private readonly ZipArchive zip;
    private readonly UnpackBudget budget;
    private readonly Dictionary<string, ZipArchiveEntry> parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> read = new(StringComparer.OrdinalIgnoreCase);

    private Package(ZipArchive zip, ReadLimits limits)
    {
        this.zip = zip;
        budget = new UnpackBudget(limits);
        Inspect(limits.ZipEntries);
    }

    public IEnumerable<string> Names => parts.Keys;

    public static Package Open(Stream content, ReadLimits limits)
    {
        var zip = new ZipArchive(content, ZipArchiveMode.Read);
        try
        {
            return new Package(zip, limits);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    public bool Has(string part) => parts.ContainsKey(part);

    /// <summary>
    /// Reads one part from its first node to its last. XML that does not hold together is a damaged file, unless it
    /// fails over a document type declaration.
    /// </summary>
    /// <param name="part">Its name.</param>
    /// <param name="visit">What is done with it; what it leaves unread is read after it.</param>
    /// <param name="keepWhitespace">Whether white space that stands by itself between two elements is told.</param>
    public bool TryRead(string part, Action<PartReader> visit, bool keepWhitespace = false)
    {
        if (!parts.TryGetValue(part, out var entry))
        {
            return false;
        }

        read.Add(part);
        try
        {
            using var reader = new PartReader(entry, budget, keepWhitespace: keepWhitespace);
            visit(reader);
            reader.ReadToEnd();
            return true;
        }
        catch (XmlException)
        {
            throw new Refusal(HasDocumentType(part) ? FileFinding.UnsafeXml() : FileFinding.Damaged("a part of it is incomplete or cannot be made sense of"));
        }
    }

    /// <summary>The plain letters that a part begins with; null if there is no such part.</summary>
    public string? Start(string part)
    {
        const int Most = 128;
        if (!parts.TryGetValue(part, out var entry))
        {
            return null;
        }

        using var stream = new PartStream(entry, budget);
        var start = new byte[Most];
        return Encoding.Latin1.GetString(start, 0, stream.ReadAtLeast(start, Most, throwOnEndOfStream: false));
    }

    /// <summary>Looks at every part not read yet: real sizes, checksums, and document types in any XML.</summary>
    public void ReadTheRest()
    {
        foreach (var (name, entry) in parts)
        {
            if (read.Contains(name))
            {
                continue;
            }

            if (IsXml(name))
            {
                TryRead(name, _ => { });
            }
            else
            {
                using var stream = new PartStream(entry, budget);
                stream.Drain();
            }
        }
    }

    public void Dispose() => zip.Dispose();

    private static bool IsXml(string name) =>
        name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);

    private void Inspect(int mostEntries)
    {
        // Counted before a name is looked at; ZipArchive has read the directory, which the file's own size bounds.
        if (zip.Entries.Count > mostEntries)
        {
            throw new Refusal(FileFinding.TooManyParts(mostEntries));
        }

        foreach (var entry in zip.Entries)
        {
            var name = entry.FullName;
            if (entry.IsEncrypted)
            {
                throw new Refusal(FileFinding.PasswordProtected());
            }

            if (LeavesThePackage(name))
            {
                throw new Refusal(FileFinding.Damaged("a part of it has a name that no workbook has"));
            }

            if (!name.EndsWith('/') && !parts.TryAdd(name, entry))
            {
                throw new Refusal(FileFinding.Damaged("a part of it is there twice"));
            }
        }
    }

    private static bool LeavesThePackage(string name) =>
        name.Length == 0 || name.StartsWith('/') || name.Contains('\\') || name.Contains(':') || name.Any(char.IsControl)
        || name.Split('/').Any(step => step is ".." or ".");

    /// <summary>
    /// Whether what stopped the strict reader was a document type: a reader told to pass over it then gets to an element.
    /// </summary>
    private bool HasDocumentType(string part) =>
        !ReachesAnElement(part, DtdProcessing.Prohibit) && ReachesAnElement(part, DtdProcessing.Ignore);

    private bool ReachesAnElement(string part, DtdProcessing dtd)
    {
        try
        {
            using var reader = new PartReader(parts[part], budget, dtd);
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
