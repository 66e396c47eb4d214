using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reading.Layout;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>
/// Searches a file for personal data before any figure is read. Every sheet is searched, including hidden ones. Findings
/// name the kind and the cell. If there are any, no other findings are reported, because they quote cells.
/// </summary>
public static class PersonalDataCheck
{
    /// <summary>
    /// Returns an error for each kind of personal data in each place, a query for cells that may name a person, and a note for an
    /// office's postcode in a page header. Empty if there is nothing of the kind.
    /// </summary>
    public static IReadOnlyList<Finding> Find(Workbook workbook, Form form, IReadOnlyList<Contact> contacts)
    {
        var findings = new List<Finding>();
        var labels = new KnownLabels(form);
        var known = new KnownContacts(contacts);
        for (var i = 0; i < workbook.Sheets.Count; i++)
        {
            var sheet = workbook.Sheets[i];
            var nameKind = sheet.Name is not { } name ? PersonalKind.None
                : KindOfName(name) is not PersonalKind.None and var kind ? kind
                : PersonName.Find(name) != NameCertainty.None ? PersonalKind.Name
                : PersonalKind.None;
            if (nameKind != PersonalKind.None)
            {
                findings.Add(PersonalDataFindings.CreateForSheetName(nameKind, i + 1));
            }

            // An address contains the sheet's name, so a personal name is replaced.
            var shownName = nameKind == PersonalKind.None ? sheet.Name : FormattableString.Invariant($"(sheet {i + 1})");
            findings.AddRange(PersonalDataFindings.Create(On(sheet, labels, known), shownName));
            var comments = new FoundPersonalData(sheet);
            SheetSearch.SearchComments(comments, known);
            findings.AddRange(PersonalDataFindings.Create(comments, shownName, areComments: true));
        }

        foreach (var content in workbook.OtherContent.GroupBy(content => content.Place))
        {
            findings.AddRange(PersonalDataFindings.Create(content.Key, [.. content.Select(texts => On(texts.Texts, labels, known))]));
        }

        // The file is refused, so nothing else is asked.
        return findings.Exists(finding => finding.Severity == Severity.Error) ? findings.FindAll(finding => finding.Severity == Severity.Error) : findings;
    }

    /// <summary>Returns an error if the name of a file contains personal data; null if it does not.</summary>
    public static Finding? CheckFileName(string name) =>
        KindOfName(name) is not PersonalKind.None and var kind ? PersonalDataFindings.CreateForFileName(kind)
        : KindOfName(SpacedName(name)) is not PersonalKind.None and var spaced ? PersonalDataFindings.CreateForFileName(spaced)
        : null;

    /// <summary>Returns true if a text that a person entered contains personal data, or may name a person.</summary>
    public static bool IsInText(string text) => KindOfName(text) != PersonalKind.None || PersonName.Find(text) != NameCertainty.None;

    /// <summary>Returns true if the name of a file contains personal data, or may name a person. It has signs instead of spaces.</summary>
    public static bool IsInFileName(string name) => IsInText(name) || IsInText(SpacedName(name));

    private static string SpacedName(string name)
    {
        var dot = name.LastIndexOf('.');
        var stem = dot > 0 && name.Length - dot <= 6 ? name[..dot] : name;
        return stem.Replace('_', ' ').Replace('+', ' ');
    }

    private static FoundPersonalData On(Sheet sheet, KnownLabels labels, KnownContacts contacts)
    {
        var found = new FoundPersonalData(sheet);
        var search = new SheetSearch(found, contacts);
        search.Run();
        var headings = search.Headings.FindAll(heading => !labels.IsFormLabel(Label.Normalise(sheet[heading.Row, heading.Column].Text!)));
        new SplitNumbers(found, headings).Find();
        if (search.Names.Count > 0)
        {
            new NamedCells(found, labels).Find(search.Names);
        }

        if (headings.Count > 0 || search.Numbers.Count > 0)
        {
            var cells = new HeadedCells(found, labels, headings);
            cells.Find();
            cells.Find(search.Numbers);
            AddRecords(found, labels, headings);
        }

        return found;
    }

    private static void AddRecords(FoundPersonalData found, KnownLabels labels, List<FoundHeading> headings)
    {
        var texts = new LabelTexts();
        found.Records = new PersonListFinder(new SheetView(found.Sheet, transposed: false, texts), labels, headings).Find();
        if (found.Records.Count == 0)
        {
            var transposed = headings.ConvertAll(heading => new FoundHeading(heading.Column, heading.Row, heading.Kinds));
            found.Records = [.. new PersonListFinder(new SheetView(found.Sheet, transposed: true, texts), labels, transposed).Find().Select(at => (at.Column, at.Row))];
            found.AreRecordsColumns = found.Records.Count > 0;
        }
    }

    private static PersonalKind KindOfName(string name)
    {
        var kinds = PersonalText.FindKinds(name);
        return kinds == PersonalKind.None && PersonalText.FindTenDigits(name) is { } digits && NhsNumber.IsValid(digits) ? PersonalKind.NhsNumber
            : kinds & (PersonalKind)(-(int)kinds); // the first kind
    }
}
