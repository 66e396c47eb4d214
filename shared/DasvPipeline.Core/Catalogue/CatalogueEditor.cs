using System.Globalization;
using DasvPipeline.Core.Domain;
using YamlDotNet.RepresentationModel;

namespace DasvPipeline.Core.Catalogue;

/// <summary>A common change of the catalogue, made with a form instead of a file.</summary>
public enum CatalogueChange
{
    Contact,
    DueDate,
    Extension,
    Alias,
    Label,
    Guidance,
    Bounds,
    End,
    NewAgency,
}

/// <summary>What a person entered for a common change. A field that the change does not need is empty.</summary>
/// <param name="Subject">The agency, return, measure or check that changes.</param>
/// <param name="Value">The new text, number, period or day.</param>
/// <param name="Other">The second value: the telephone number, the period of an extension, the upper bound, or the first period.</param>
/// <param name="Id">The id of a new agency, or the role of a contact.</param>
public sealed record CatalogueEntry(CatalogueChange Change, string Subject, string Value, string Other, string Id);

/// <summary>Makes the common changes in the files. Everything else in them stays as it is. The result is checked like every catalogue.</summary>
public static class CatalogueEditor
{
    private const string Agencies = "agencies.yaml";
    private const string Checks = "checks.yaml";
    private const string NotFound = "This entry does not exist any more. Reload the page.";

    /// <returns>The changed files, or a sentence that says what is wrong with the entry.</returns>
    public static (IReadOnlyList<CatalogueFile>? Files, string? Problem) Apply(IReadOnlyList<CatalogueFile> files, CatalogueEntry entry)
    {
        entry = entry with { Subject = entry.Subject.Trim(), Value = entry.Value.Trim(), Other = entry.Other.Trim(), Id = entry.Id.Trim() };
        return FindProblem(entry) is { } problem ? (null, problem) : entry.Change switch
        {
            CatalogueChange.Contact => Edit(files, Agencies, editor => AgencyOf(editor, entry.Subject), (editor, map) => editor.Append(map, "contacts", ContactOf(entry))),
            CatalogueChange.DueDate => EditReturn(files, entry.Subject, (editor, map) => editor.Set(map, "dueWorkingDays", entry.Value)),
            CatalogueChange.Extension => EditReturn(files, entry.Subject, (editor, map) => editor.Append(map, "extensions", $"{{ period: {entry.Other}, due: {entry.Value} }}")),
            CatalogueChange.End => EditReturn(files, entry.Subject, (editor, map) => editor.Set(map, "until", entry.Value)),
            CatalogueChange.Alias => EditMeasure(files, entry.Subject, (editor, map) => editor.Append(map, "aliases", YamlEditor.Quote(entry.Value))),
            CatalogueChange.Label => EditMeasure(files, entry.Subject, (editor, map) => Rename(editor, map, entry)),
            CatalogueChange.Guidance => EditMeasure(files, entry.Subject, (editor, map) => editor.Set(map, "guidance", entry.Value)),
            CatalogueChange.Bounds => Edit(files, Checks, editor => YamlEditor.FindItem(editor.Root, "checks", "id", entry.Subject), (editor, map) => SetBounds(editor, entry)),
            _ => AddAgency(files, entry),
        };
    }

    private static string? FindProblem(CatalogueEntry entry) => entry.Change switch
    {
        CatalogueChange.Contact when entry.Id.Length == 0 => "Write the role or team.",
        CatalogueChange.Contact when entry.Value.Length == 0 && entry.Other.Length == 0 => "Write an e-mail address or a telephone number.",
        CatalogueChange.DueDate when !int.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _) => "Write the number of working days, such as 20.",
        CatalogueChange.Extension when !Period.TryParse(entry.Other, out _) => "Write the period like 2019-20-Q1 or 2019-20.",
        CatalogueChange.Extension when !DateOnly.TryParseExact(entry.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => "Write the day like 2020-08-31.",
        CatalogueChange.End when !Period.TryParse(entry.Value, out _) => "Write the last period like 2019-20-Q4 or 2019-20.",
        CatalogueChange.Bounds when !IsNumber(entry.Value) || !IsNumber(entry.Other) || (entry.Value.Length == 0 && entry.Other.Length == 0) => "Write a lower or an upper bound, as a number.",
        CatalogueChange.NewAgency when !Slug.IsValid(entry.Id) => "Write an id with lower-case letters, digits and single hyphens.",
        CatalogueChange.NewAgency when !Period.TryParse(entry.Other, out _) => "Write the first period like 2019-20-Q1 or 2019-20.",
        CatalogueChange.Alias or CatalogueChange.Label or CatalogueChange.Guidance or CatalogueChange.NewAgency when entry.Value.Length == 0 => "Write the text.",
        _ => null,
    };

    private static bool IsNumber(string text) => text.Length == 0 || decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private static string ContactOf(CatalogueEntry entry)
    {
        var parts = new[] { ("role", entry.Id), ("email", entry.Value), ("telephone", entry.Other) }.Where(part => part.Item2.Length > 0).Select(part => $"{part.Item1}: {YamlEditor.Quote(part.Item2)}");
        return $"{{ {string.Join(", ", parts)} }}";
    }

    /// <summary>The old label stays as an alias, so that files with it are still read.</summary>
    private static void Rename(YamlEditor editor, YamlMappingNode map, CatalogueEntry entry)
    {
        var before = YamlEditor.TextOf(map, "label");
        editor.Set(map, "label", entry.Value);
        if (before is not null && before != entry.Value && MeasureOf(editor, entry.Subject) is { } renamed)
        {
            editor.Append(renamed, "aliases", YamlEditor.Quote(before));
        }
    }

    private static void SetBounds(YamlEditor editor, CatalogueEntry entry)
    {
        foreach (var (key, value) in new[] { ("min", entry.Value), ("max", entry.Other) })
        {
            if (value.Length > 0 && YamlEditor.FindItem(editor.Root, "checks", "id", entry.Subject) is { } check)
            {
                editor.Set(check, key, value);
            }
        }
    }

    /// <summary>Adds an agency with a copy of another agency's return: the same form, from its own first period.</summary>
    private static (IReadOnlyList<CatalogueFile>? Files, string? Problem) AddAgency(IReadOnlyList<CatalogueFile> files, CatalogueEntry entry)
    {
        if (ReturnId.TryParse(entry.Subject) is not { } id || files.LastOrDefault(file => IsReturn(file, id)) is not { } source)
        {
            return (null, NotFound);
        }

        var path = $"returns/{entry.Id}.{id.Name}.yaml";
        if (files.Any(file => file.Path == path))
        {
            return (null, "There is an agency with this id. Choose another id.");
        }

        var copy = new YamlEditor(source.Text);
        copy.Set(copy.Root, "agency", entry.Id);
        copy.Set(copy.Root, "from", entry.Other);
        var (changed, problem) = Edit(files, Agencies, editor => editor.Root, (editor, map) => editor.Append(map, "agencies", $"{{ id: {entry.Id}, name: {YamlEditor.Quote(entry.Value)}, from: {entry.Other} }}"));
        return problem is null ? ([.. changed!, new CatalogueFile(path, copy.Text)], null) : (null, problem);
    }

    private static YamlMappingNode? AgencyOf(YamlEditor editor, string id) => YamlEditor.FindItem(editor.Root, "agencies", "id", id);

    private static YamlMappingNode? MeasureOf(YamlEditor editor, string id) => YamlEditor.FindItem(editor.Root, "measures", "id", id);

    private static bool IsReturn(CatalogueFile file, ReturnId id) =>
        file.Path.StartsWith("returns/", StringComparison.Ordinal) && new YamlEditor(file.Text).Root is var root && YamlEditor.TextOf(root, "agency") == id.Agency.Value && YamlEditor.TextOf(root, "return") == id.Name;

    private static (IReadOnlyList<CatalogueFile>? Files, string? Problem) EditReturn(IReadOnlyList<CatalogueFile> files, string subject, Action<YamlEditor, YamlMappingNode> change) =>
        ReturnId.TryParse(subject) is { } id && files.LastOrDefault(file => IsReturn(file, id)) is { } file ? Edit(files, file.Path, editor => editor.Root, change) : (null, NotFound);

    private static (IReadOnlyList<CatalogueFile>? Files, string? Problem) EditMeasure(IReadOnlyList<CatalogueFile> files, string subject, Action<YamlEditor, YamlMappingNode> change) =>
        files.FirstOrDefault(file => file.Path.StartsWith("measures/", StringComparison.Ordinal) && MeasureOf(new YamlEditor(file.Text), subject) is not null) is { } file
            ? Edit(files, file.Path, editor => MeasureOf(editor, subject), change)
            : (null, NotFound);

    private static (IReadOnlyList<CatalogueFile>? Files, string? Problem) Edit(
        IReadOnlyList<CatalogueFile> files, string path, Func<YamlEditor, YamlMappingNode?> find, Action<YamlEditor, YamlMappingNode> change)
    {
        if (files.FirstOrDefault(file => file.Path == path) is not { } file)
        {
            return (null, NotFound);
        }

        var editor = new YamlEditor(file.Text);
        if (find(editor) is not { } map)
        {
            return (null, NotFound);
        }

        change(editor, map);
        return ([.. files.Select(other => other == file ? new CatalogueFile(path, editor.Text) : other)], null);
    }
}
