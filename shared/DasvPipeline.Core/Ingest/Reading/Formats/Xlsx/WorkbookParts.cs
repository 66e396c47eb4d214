using System.Xml;
using DasvPipeline.Core.Ingest.Reading.Formats.Values;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xlsx;

/// <summary>The name of a sheet and the path of its part.</summary>
internal sealed record SheetPart(string Name, string Path, bool IsHidden);

/// <summary>The format of a cell.</summary>
internal readonly record struct CellFormat(NumberFormatKind Number, FontEffects Font);

/// <summary>The workbook's global parts: sheets in order, shared texts, formats and the date system.</summary>
internal sealed class WorkbookParts
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string RelationshipsStrict = "http://purl.oclc.org/ooxml/officeDocument/relationships";

    // Excel's own limit is 65,490.
    private const int MaxFormats = 70_000;

    private readonly ReadingContext context;
    private readonly Package package;

    /// <summary>The maximum length of a sheet's name. Excel's limit is 31 characters. A longer name is shortened, because findings contain it.</summary>
    private const int MaxNameLength = 100;

    private readonly OtherTexts? others;

    private WorkbookParts(Package package, OtherTexts? others)
    {
        this.package = package;
        this.others = others;
        context = package.Context;
    }

    public List<SheetPart> Sheets { get; } = [];

    public SharedTexts Texts { get; } = new();

    /// <summary>The effects of the shared texts that have runs with fonts of their own, by the index of the text.</summary>
    public Dictionary<int, RunEffects> TextEffects { get; } = [];

    /// <summary>The formats, by the style number of a cell.</summary>
    public List<CellFormat> Styles { get; } = [];

    public bool From1904 { get; private set; }

    /// <summary>The paths of the parts for texts, styles and theme. Null if a part is missing.</summary>
    public (string? Texts, string? Styles, string? Theme) StyleParts { get; private set; }

    /// <summary>Returns the path of the main part, for any kind of document.</summary>
    public static string? MainPart(Package package) =>
        ReadRelations(package, "_rels/.rels", isNeeded: false).Find(relation => relation.Type == "officeDocument").Path;

    public static WorkbookParts Read(Package package, string main, OtherTexts? others = null)
    {
        var parts = new WorkbookParts(package, others);
        var slash = main.LastIndexOf('/') + 1;
        var relations = ReadRelations(package, $"{main[..slash]}_rels/{main[slash..]}.rels");
        parts.ReadSheets(main, relations);
        parts.StyleParts = (Path("sharedStrings"), Path("styles"), Path("theme"));
        if (parts.StyleParts.Texts is { } texts && !package.IsEmpty(texts))
        {
            package.TryRead(texts, parts.ReadTexts);
        }

        if (parts.StyleParts.Styles is { } styles)
        {
            package.TryRead(styles, parts.ReadStyles);
        }

        return parts;

        string? Path(string type) => relations.Find(relation => relation.Type == type).Path;
    }

    /// <summary>Reads the relations of a part. <paramref name="part"/> is the relations file in <c>_rels</c>.</summary>
    public static List<(string Id, string Type, string Path)> ReadRelations(Package package, string part, bool isNeeded = true)
    {
        var folder = part[..part.LastIndexOf("_rels/", StringComparison.Ordinal)];
        var relations = new List<(string, string, string)>();
        package.TryRead(part, xml =>
        {
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, Name: "Relationship", Depth: 1 }
                    && xml.Attribute("Id") is { } id && xml.Attribute("Type") is { } type && xml.Attribute("Target") is { } target
                    && xml.Attribute("TargetMode") is not "External")
                {
                    package.Context.CountText(id.Length + type.Length + target.Length);
                    relations.Add((id, type[(type.LastIndexOf('/') + 1)..], Resolve(folder, target)));
                }
            }
        }, isNeeded: isNeeded && !package.IsEmpty(part));
        return relations;
    }

    private static string Resolve(string folder, string target)
    {
        if (target.StartsWith('/'))
        {
            return target[1..];
        }

        while (target.StartsWith("../", StringComparison.Ordinal))
        {
            target = target[3..];
            folder = folder[..(folder.TrimEnd('/').LastIndexOf('/') + 1)];
        }

        return folder + (target.StartsWith("./", StringComparison.Ordinal) ? target[2..] : target);
    }

    private void ReadSheets(string main, List<(string Id, string Type, string Path)> relations) =>
        package.TryRead(main, xml =>
        {
            var sheetCount = 0;
            var inSheets = false;
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                if (others is not null && xml is { Depth: 1, Name: "definedNames" or "customWorkbookViews" or "externalReferences" })
                {
                    MarkupTexts.ReadElement(xml, others, TextPlace.DefinedName);
                }

                inSheets = xml.Depth == 1 ? xml.Name == "sheets" : inSheets;
                if (xml is { Name: "workbookPr", Depth: 1 })
                {
                    From1904 = PartReader.IsTrue(xml.Attribute("date1904"));
                }
                else if (inSheets && xml is { Name: "sheet", Depth: 2 })
                {
                    if (++sheetCount > context.Limits.Sheets)
                    {
                        context.Refuse(FileFindings.TooMany("sheets", context.Limits.Sheets));
                        return;
                    }

                    // A sheet of macros that was removed has no part. Some programs leave its name with an empty id.
                    if ((xml.Attribute("id", Relationships) ?? xml.Attribute("id", RelationshipsStrict)) is not { } id || string.IsNullOrWhiteSpace(id))
                    {
                        continue;
                    }

                    var (_, type, path) = relations.Find(relation => relation.Id == id);
                    if (type == "worksheet")
                    {
                        var isHidden = xml.Attribute("state") is "hidden" or "veryHidden";
                        var name = xml.Attribute("name") ?? string.Empty;
                        AddSheet(new SheetPart(name.Length > MaxNameLength ? name[..MaxNameLength] : name, path, isHidden));
                    }
                    else if (type is null)
                    {
                        context.Refuse(FileFindings.Damaged("one of its sheets is missing"));
                    }
                }
            }
        });

    private void AddSheet(SheetPart sheet)
    {
        // Sheets that share a part could make a small file a large one.
        if (!package.Has(sheet.Path) || Sheets.Exists(other => string.Equals(other.Path, sheet.Path, StringComparison.OrdinalIgnoreCase)))
        {
            context.Refuse(FileFindings.Damaged("one of its sheets is missing"));
            return;
        }

        context.CountText(sheet.Name.Length);
        Sheets.Add(sheet);
    }

    private void ReadTexts(PartReader xml)
    {
        var text = new CellText(context);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, Name: "si", Depth: 1 })
            {
                if (Texts.Count == context.Limits.Cells)
                {
                    context.Refuse(FileFindings.TooMany("texts", context.Limits.Cells));
                    return;
                }

                var read = text.Read(xml);
                context.CountText(read.Length);
                if (text.Effects is not RunEffects.None and var effects)
                {
                    TextEffects.Add(Texts.Count, effects);
                }

                Texts.Add(read.Length == 0 ? string.Empty : read.ToString());
            }
        }
    }

    private void ReadStyles(PartReader xml)
    {
        var custom = new Dictionary<int, NumberFormatKind>();
        var fonts = new List<FontEffects>();
        var (inCells, inFonts, inFormats) = (false, false, false);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, Depth: 1 })
            {
                (inCells, inFonts, inFormats) = (xml.Name == "cellXfs", xml.Name == "fonts", xml.Name == "numFmts");
            }
            else if (inFonts && xml is { NodeType: XmlNodeType.Element, Depth: 2 } && fonts.Count < MaxFormats)
            {
                fonts.Add(FontEffects.None);
            }
            else if (inFonts && xml is { NodeType: XmlNodeType.Element, Depth: 3 })
            {
                fonts[^1] |= CellText.FontOf(xml);
            }
            else if (inFormats && xml is { NodeType: XmlNodeType.Element, Name: "numFmt", Depth: 2 })
            {
                if (PartReader.TryParseInt(xml.Attribute("numFmtId"), out var id) && custom.Count < MaxFormats)
                {
                    var code = xml.Attribute("formatCode");
                    custom[id] = NumberFormat.Parse(code);
                    others?.Add(TextPlace.NumberFormat, code?.Replace("\"", string.Empty, StringComparison.Ordinal).Replace("\\", string.Empty, StringComparison.Ordinal));
                }
            }
            else if (inCells && xml is { NodeType: XmlNodeType.Element, Name: "xf", Depth: 2 } && Styles.Count < MaxFormats)
            {
                var id = PartReader.TryParseInt(xml.Attribute("numFmtId"), out var given) ? given : 0;
                var font = PartReader.TryParseInt(xml.Attribute("fontId"), out var index) && index < fonts.Count ? fonts[index] : FontEffects.None;
                Styles.Add(new CellFormat(custom.TryGetValue(id, out var shown) ? shown : NumberFormat.FromBuiltInId(id), font));
            }
        }
    }
}
