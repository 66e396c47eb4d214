using System.Xml;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Read.Ods;

/// <summary>
/// Reads an OpenDocument spreadsheet (OASIS OpenDocument 1.3, part 3): one part holds all sheets, and is read in a
/// single pass. What a file repeats in few letters, a million blank rows among it, is never spread out.
/// </summary>
internal static class OdsFile
{
    private const string Manifest = "META-INF/manifest.xml";
    private const string Content = "content.xml";
    private const string MediaType = "application/vnd.oasis.opendocument.";

    /// <summary>Whether the package says that it is one; one that says nothing is told by its parts.</summary>
    public static bool IsIn(Package package) => package.Start("mimetype") is { } type
        ? type.StartsWith(MediaType + "spreadsheet", StringComparison.Ordinal)
        : package.Has(Content) && package.Has(Manifest);

    public static IReadOnlyList<Sheet> Read(Package package, CellBudget budget, List<Finding> findings)
    {
        var embeds = ReadManifest(package);
        RefuseMacros(package);
        var styles = new OdsStyles(budget);
        package.TryRead("styles.xml", styles.ReadAll);
        var content = new OdsContent(styles, budget);
        if (!package.TryRead(Content, content.Read, keepWhitespace: true))
        {
            throw new Refusal(FileFinding.Damaged("the workbook in it is missing"));
        }

        package.ReadTheRest();
        if (embeds || content.HasLinks)
        {
            findings.Add(FileFinding.LinksIgnored());
        }

        return content.Sheets;
    }

    /// <summary>Refuses what is encrypted; tells whether anything is embedded. A chart, which every workbook may have, is not.</summary>
    private static bool ReadManifest(Package package)
    {
        var embeds = false;
        package.TryRead(Manifest, xml =>
        {
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, Name: "encryption-data" })
                {
                    throw new Refusal(FileFinding.PasswordProtected());
                }

                embeds |= xml is { NodeType: XmlNodeType.Element, Name: "file-entry" }
                    && xml.Attribute("full-path", OdsNames.Manifest) is not (null or "/")
                    && xml.Attribute("media-type", OdsNames.Manifest) is { } type
                    && (type.StartsWith("application/vnd.sun.star.oleobject", StringComparison.Ordinal)
                        || (type.StartsWith(MediaType, StringComparison.Ordinal) && !type.StartsWith(MediaType + "chart", StringComparison.Ordinal)));
            }
        });
        return embeds;
    }

    /// <summary>The two lists of libraries (lc, lb) are there even where no library has a module in it.</summary>
    private static void RefuseMacros(Package package)
    {
        var found = package.Names.Any(name =>
            name.StartsWith("Scripts/", StringComparison.OrdinalIgnoreCase)
            || ((name.StartsWith("Basic/", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Dialogs/", StringComparison.OrdinalIgnoreCase))
                && !name.EndsWith("-lc.xml", StringComparison.OrdinalIgnoreCase) && !name.EndsWith("-lb.xml", StringComparison.OrdinalIgnoreCase)));
        if (found)
        {
            throw new Refusal(FileFinding.Macros());
        }
    }
}
