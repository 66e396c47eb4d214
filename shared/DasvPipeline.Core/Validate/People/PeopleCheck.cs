using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read;

namespace DasvPipeline.Core.Validate.People;

/// <summary>
/// Looks through a file for people before any figure is read: a return is figures only. Every sheet is looked at, hidden
/// ones too. What is found is told by kind and place; when anything is, nothing else may be said of the file, because
/// other findings quote its cells.
/// </summary>
public static class PeopleCheck
{
    /// <summary>An error for each kind on each sheet; none where the file holds nobody.</summary>
    public static IReadOnlyList<Finding> Find(Workbook workbook, Form form)
    {
        var findings = new List<Finding>();
        var labels = new KnownLabels(form);
        for (var i = 0; i < workbook.Sheets.Count; i++)
        {
            var sheet = workbook.Sheets[i];
            var named = sheet.Name is { } name ? KindOfName(name) : PersonalKind.None;
            if (named != PersonalKind.None)
            {
                findings.Add(PeopleFindings.OfSheetName(named, i + 1));
            }

            // An address repeats the sheet's name.
            findings.AddRange(PeopleFindings.Of(On(sheet, labels), named == PersonalKind.None ? sheet.Name : FormattableString.Invariant($"(sheet {i + 1})")));
        }

        return findings;
    }

    private static FoundPeople On(Sheet sheet, KnownLabels labels)
    {
        var found = new FoundPeople(sheet);
        var search = new SheetSearch(found);
        search.Run();
        var headings = search.Headings.FindAll(heading => !labels.IsOfTheForm(Label.Normalise(sheet[heading.Row, heading.Column].Text!)));
        if (headings.Count > 0 || search.Numbers.Count > 0)
        {
            var cells = new HeadedCells(found, labels, headings);
            cells.Find();
            cells.Find(search.Numbers);
            AddRecords(found, labels, headings);
        }

        return found;
    }

    private static void AddRecords(FoundPeople found, KnownLabels labels, List<PlacedHeading> headings)
    {
        found.Records = new RowsPerPerson(new SheetView(found.Sheet, turned: false), labels, headings).Find();
        if (found.Records.Count == 0)
        {
            var turned = headings.ConvertAll(heading => new PlacedHeading(heading.Column, heading.Row, heading.Says));
            found.Records = [.. new RowsPerPerson(new SheetView(found.Sheet, turned: true), labels, turned).Find().Select(at => (at.Column, at.Row))];
            found.AreRecordsColumns = found.Records.Count > 0;
        }
    }

    private static PersonalKind KindOfName(string name)
    {
        var kinds = PersonalText.KindsIn(name);
        return kinds == PersonalKind.None && PersonalText.TenDigitsIn(name) is { } digits && NhsNumber.IsValid(digits) ? PersonalKind.NhsNumber
            : kinds & (PersonalKind)(-(int)kinds); // the first of them
    }
}
