using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Portal.Status;

/// <summary>The words, choices and fields of the forms for common changes of the catalogue.</summary>
internal static class CatalogueChangeForm
{
    /// <summary>The word of each change in its address.</summary>
    private static readonly Dictionary<string, CatalogueChange> Words = new(StringComparer.Ordinal)
    {
        ["contact"] = CatalogueChange.Contact,
        ["due-date"] = CatalogueChange.DueDate,
        ["extension"] = CatalogueChange.Extension,
        ["alias"] = CatalogueChange.Alias,
        ["label"] = CatalogueChange.Label,
        ["guidance"] = CatalogueChange.Guidance,
        ["bounds"] = CatalogueChange.Bounds,
        ["end"] = CatalogueChange.End,
        ["new-agency"] = CatalogueChange.NewAgency,
    };

    public static CatalogueChange? Parse(string word) => Words.TryGetValue(word, out var change) ? change : null;

    public static string GetWord(CatalogueChange change) => Words.Single(word => word.Value == change).Key;

    public static string GetTitle(CatalogueChange change) => change switch
    {
        CatalogueChange.Contact => "Add a contact",
        CatalogueChange.DueDate => "Change a due date",
        CatalogueChange.Extension => "Extend a due date once",
        CatalogueChange.Alias => "Add other words for a figure",
        CatalogueChange.Label => "Change the label of a figure",
        CatalogueChange.Guidance => "Change the guidance of a figure",
        CatalogueChange.Bounds => "Change the bounds of a check",
        CatalogueChange.End => "End a return",
        _ => "Add an agency",
    };

    public static string GetSubjectLabel(CatalogueChange change) => change switch
    {
        CatalogueChange.Contact => "Agency",
        CatalogueChange.DueDate or CatalogueChange.Extension or CatalogueChange.End => "Return",
        CatalogueChange.Bounds => "Check",
        CatalogueChange.NewAgency => "Its return is a copy of",
        _ => "Figure",
    };

    public static IReadOnlyList<(string Value, string Text)> GetSubjects(PartnershipCatalogue catalogue, CatalogueChange change) => change switch
    {
        CatalogueChange.Contact => [.. catalogue.Agencies.Values.Select(agency => (agency.Id.Value, agency.Name)).OrderBy(item => item.Name, StringComparer.Ordinal)],
        CatalogueChange.Bounds => [.. catalogue.Checks.Ranges.Select(check => (check.Id, check.Id))],
        CatalogueChange.Alias or CatalogueChange.Label or CatalogueChange.Guidance => [.. catalogue.Measures.Values.Select(measure => (measure.Id.Value, $"{measure.Label} ({measure.Id})")).OrderBy(item => item.Item2, StringComparer.Ordinal)],
        _ => [.. CatalogueNames.GetReturnNames(catalogue).Select(item => (item.Key, item.Value)).OrderBy(item => item.Value, StringComparer.Ordinal)],
    };

    public static IReadOnlyList<(string Name, string Label)> GetFields(CatalogueChange change) => change switch
    {
        CatalogueChange.Contact => [("id", "Role or team, not a person"), ("value", "E-mail address"), ("other", "Telephone number")],
        CatalogueChange.DueDate => [("value", "Working days after the end of the period")],
        CatalogueChange.Extension => [("other", "Period, such as 2019-20-Q1"), ("value", "New due date, such as 2020-08-31")],
        CatalogueChange.Alias => [("value", "Other words that people use for it")],
        CatalogueChange.Label => [("value", "New label. Files with the old one are still read")],
        CatalogueChange.Guidance => [("value", "Guidance for the person who fills in the form")],
        CatalogueChange.Bounds => [("value", "At least"), ("other", "At most")],
        CatalogueChange.End => [("value", "Last period, such as 2019-20-Q4")],
        _ => [("value", "Name of the agency"), ("id", "Id, such as night-line. It never changes"), ("other", "First period, such as 2020-21")],
    };
}
