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
        var hasEmbedded = ReadManifest(package);
        RefuseMacros(package);
        var styles = new OdsStyles(package.Context, others);
        package.TryRead("styles.xml", styles.ReadAll, PartOptions.None);
        var content = new OdsContent(styles, package.Context, others);
        if (!package.TryRead(Content, content.Read, PartOptions.Whitespace))
        {
            package.Context.Refuse(FileFindings.Damaged("the workbook inside it is missing"));
        }

        ReadOtherParts(package, others);
        package.ReadRemainingParts();
        if (hasEmbedded || content.HasLinks)
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

    private static bool IsSetting(string name) =>
        name.StartsWith("META-INF/", StringComparison.Ordinal) || name.StartsWith("Configurations", StringComparison.Ordinal)
        || name.EndsWith("settings.xml", StringComparison.Ordinal) || name.EndsWith("manifest.rdf", StringComparison.Ordinal);

    /// <summary>Refuses encrypted files. Returns true if the file has embedded objects other than charts.</summary>
    private static bool ReadManifest(Package package)
    {
        var hasEmbedded = false;
        package.TryRead(Manifest, xml =>
        {
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, Name: "encryption-data" })
                {
                    package.Context.Refuse(FileFindings.PasswordProtected());
                    return;
                }

                hasEmbedded |= xml is { NodeType: XmlNodeType.Element, Name: "file-entry" }
                    && xml.Attribute("full-path", OdsNamespaces.Manifest) is not (null or "/")
                    && xml.Attribute("media-type", OdsNamespaces.Manifest) is { } type
                    && (type.StartsWith("application/vnd.sun.star.oleobject", StringComparison.Ordinal)
                        || (type.StartsWith(MediaType, StringComparison.Ordinal) && !type.StartsWith(MediaType + "chart", StringComparison.Ordinal)));
            }
        }, PartOptions.None, isNeeded: false);
        return hasEmbedded;
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
