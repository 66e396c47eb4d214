using System.Globalization;
using System.Xml;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Ods;

/// <summary>
/// Reads an OpenDocument spreadsheet (OASIS OpenDocument 1.3, part 3). One part contains all sheets and is read in a
/// single pass. Repeated blank rows and cells are counted and not stored.
/// </summary>
internal static class OdsFile
{
    private const string Manifest = "META-INF/manifest.xml";
    private const string Content = "content.xml";
    private const string MediaType = "application/vnd.oasis.opendocument.";

    /// <summary>Returns true if the package declares that it is a spreadsheet or, without a declaration, has the parts of one.</summary>
    public static bool IsSpreadsheet(Package package) => package.ReadStart("mimetype") is { } type
        ? type.StartsWith(MediaType + "spreadsheet", StringComparison.Ordinal)
        : package.Has(Content) && package.Has(Manifest);

    public static IReadOnlyList<Sheet> Read(Package package, List<Finding> findings, OtherTexts others)
    {
        var embedded = ReadManifest(package);
        RefuseMacros(package);
        var styles = new OdsStyles(package.Context, others);
        package.TryRead("styles.xml", styles.ReadAll, PartOptions.None);
        var content = new OdsContent(styles, package.Context, others);
        if (!package.TryRead(Content, content.Read, PartOptions.Whitespace))
        {
            package.Context.Refuse(FileFindings.Damaged("the workbook inside it is missing"));
        }

        ReadOtherParts(package, others);
        ReadEmbedded(package, embedded, others);
        ReadPictures(package, others);
        package.ReadRemainingParts();
        if (embedded.Count > 0 || content.HasLinks)
        {
            findings.Add(FileFindings.LinksIgnored());
        }

        return content.Sheets;
    }

    /// <summary>Collects the texts of the properties and of embedded charts. The settings of programs have no text of people.</summary>
    private static void ReadOtherParts(Package package, OtherTexts others)
    {
        foreach (var name in package.UnreadXml.Where(name => !IsSetting(name)).ToList())
        {
            var place = name == "meta.xml" ? TextPlace.Property : name.EndsWith("/" + Content, StringComparison.Ordinal) ? TextPlace.Drawing : TextPlace.OtherPart;
            package.TryRead(name, xml => MarkupTexts.ReadPart(xml, others, place), PartOptions.None, isNeeded: false);
        }
    }

    /// <summary>
    /// Collects the cells of embedded spreadsheets. Those of OpenDocument are folders, and all their texts have been collected already.
    /// </summary>
    private static void ReadEmbedded(Package package, IEnumerable<string> embedded, OtherTexts others)
    {
        foreach (var name in embedded.Concat(package.Names.Where(IsObject)).Distinct(StringComparer.OrdinalIgnoreCase).ToList())
        {
            if (package.Has(name))
            {
                others.AddEmbedded(limits => EmbeddedFile.Read(package.ReadBytes(name), limits));
                continue;
            }

            // A part without cells is a text document or a drawing.
            var folder = name.EndsWith('/') ? name : name + "/";
            package.TryRead(folder + Content, xml =>
            {
                var content = new OdsContent(new OdsStyles(package.Context, others), package.Context, others, isEmbedded: true);
                content.Read(xml);
                foreach (var sheet in content.Sheets)
                {
                    others.AddTable(TextPlace.EmbeddedFile, sheet);
                }
            }, PartOptions.Whitespace, isNeeded: false);
        }
    }

    /// <summary>Returns true for an object of another program, which is a part in the root folder without an extension, such as "Object 1".</summary>
    private static bool IsObject(string name) => name.StartsWith("Object ", StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal);

    private static void ReadPictures(Package package, OtherTexts others)
    {
        if (!package.Names.Any(name => name.StartsWith("Pictures/", StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        others.AddPicture(isLarge: false);
        package.TryRead(Content, xml =>
        {
            var isLarge = false;
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, Namespace: OdsNamespaces.Draw, Name: "frame" })
                {
                    isLarge = PictureSize.IsLarge(Millimetres(xml.Attribute("width", OdsNamespaces.Svg)), Millimetres(xml.Attribute("height", OdsNamespaces.Svg)));
                }
                else if (xml is { NodeType: XmlNodeType.Element, Namespace: OdsNamespaces.Draw, Name: "object" or "object-ole" })
                {
                    // The picture in this frame is that of a chart or an object.
                    isLarge = false;
                }
                else if (xml is { NodeType: XmlNodeType.Element, Namespace: OdsNamespaces.Draw, Name: "image" })
                {
                    others.AddPicture(isLarge);
                }
            }
        }, PartOptions.None, isNeeded: false);
    }

    /// <summary>Converts a length such as 8.2cm; 0 if it has another unit.</summary>
    private static double Millimetres(string? length)
    {
        const double Inch = 25.4, Points = 72;
        var unit = length is { Length: > 2 } ? length[^2..] : string.Empty;
        return !double.TryParse(length.AsSpan(0, Math.Max(0, (length?.Length ?? 0) - 2)), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? 0 : unit switch
        {
            "cm" => number * 10,
            "mm" => number,
            "in" => number * Inch,
            "pt" => number * Inch / Points,
            _ => 0,
        };
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("META-INF/", StringComparison.Ordinal) || name.StartsWith("Configurations", StringComparison.Ordinal)
        || name.EndsWith("settings.xml", StringComparison.Ordinal) || name.EndsWith("manifest.rdf", StringComparison.Ordinal);

    /// <summary>Refuses encrypted files. Returns the paths of embedded objects other than charts.</summary>
    private static List<string> ReadManifest(Package package)
    {
        var embedded = new List<string>();
        package.TryRead(Manifest, xml =>
        {
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, Name: "encryption-data" })
                {
                    package.Context.Refuse(FileFindings.PasswordProtected());
                    return;
                }

                if (xml is { NodeType: XmlNodeType.Element, Name: "file-entry" }
                    && xml.Attribute("full-path", OdsNamespaces.Manifest) is { } path and not "/"
                    && xml.Attribute("media-type", OdsNamespaces.Manifest) is { } type
                    && embedded.Count < package.Context.Limits.ZipEntries
                    && (type.StartsWith("application/vnd.sun.star.oleobject", StringComparison.Ordinal)
                        || (type.StartsWith(MediaType, StringComparison.Ordinal) && !type.StartsWith(MediaType + "chart", StringComparison.Ordinal))))
                {
                    package.Context.CountText(path.Length);
                    embedded.Add(path);
                }
            }
        }, PartOptions.None, isNeeded: false);
        return embedded;
    }

    /// <summary>Refuses files with macros. The two lists of libraries (lc, lb) exist even if the libraries are empty.</summary>
    private static void RefuseMacros(Package package)
    {
        var hasMacros = package.Names.Any(name =>
            name.StartsWith("Scripts/", StringComparison.OrdinalIgnoreCase)
            || ((name.StartsWith("Basic/", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Dialogs/", StringComparison.OrdinalIgnoreCase))
                && !name.EndsWith("-lc.xml", StringComparison.OrdinalIgnoreCase) && !name.EndsWith("-lb.xml", StringComparison.OrdinalIgnoreCase)));
        if (hasMacros)
        {
            package.Context.Refuse(FileFindings.Macros());
        }
    }
}
