using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reading.Layout;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>
/// Finds lists of people or cases: an identifying heading with two personal headings next to it, or an age and a gender in
/// each row. A table of counts with the same headings also has a column of numbers, or age bands.
/// </summary>
internal sealed class PersonListFinder(SheetView view, KnownLabels labels, IReadOnlyList<FoundHeading> headings)
{
    private const PersonHeadingKinds PersonalHeadings = PersonHeadingKinds.Name | PersonHeadingKinds.BirthDate | PersonHeadingKinds.NationalInsuranceNumber | PersonHeadingKinds.NhsNumber
        | PersonHeadingKinds.Telephone | PersonHeadingKinds.Age | PersonHeadingKinds.Gender | PersonHeadingKinds.Attribute;

    private const PersonHeadingKinds RecordHeadings = PersonalHeadings | PersonHeadingKinds.Circumstance;

    /// <summary>Returns the first cell of each record, in the view's coordinates. Empty if there is no such list.</summary>
    public IReadOnlyList<(int Row, int Column)> Find()
    {
        foreach (var row in headings.GroupBy(heading => heading.Row).Where(row => row.Count() > 1))
        {
            var line = row.DistinctBy(heading => heading.Column).ToList();
            var records = RecordsBelow(row.Key, line);
            if (records.Count > 0 && (IsListOf(PersonHeadingKinds.Id, line, records, isPlain: false)
                || (!IsTableOfCounts(row.Key, line, records)
                    && (IsListOf(PersonHeadingKinds.Case, line, records, isPlain: true)
                        || IsListOf(PersonHeadingKinds.RowId, line, records, isPlain: true)
                        || HasAgeAndGenderEach(line, records)))))
            {
                return [.. records.Select(record => (record, line[0].Column))];
            }
        }

        return [];
    }

    /// <param name="isPlain">True if the heading can mean other things. There must then be several cells, all different.</param>
    private bool IsListOf(PersonHeadingKinds id, List<FoundHeading> line, List<int> records, bool isPlain)
    {
        foreach (var heading in line.Where(heading => (heading.Kinds & id) != 0))
        {
            var others = line.Where(other => other.Column != heading.Column && (other.Kinds & RecordHeadings) != 0
                && records.Exists(record => !view[record, other.Column].IsBlank)).ToList();

            // "No" in the first column is an identifier. In a later column it is a count.
            var isAboutPeople = id != PersonHeadingKinds.RowId
                || (heading.Column == line.Min(other => other.Column) && others.Exists(other => (other.Kinds & PersonalHeadings) != 0));
            var ids = records.Select(record => view[record, heading.Column].DisplayText).Where(shown => shown.Length > 0).ToList();
            if (others.Count >= 2 && isAboutPeople && (isPlain ? ids.Count > 1 && ids.Distinct(StringComparer.Ordinal).Count() == ids.Count : ids.Count > 0)
                && records.Exists(record => others.Exists(other => IsWords(view[record, other.Column])))
                && !records.Exists(record => view.LabelAt(record, heading.Column) is { Length: > 0 } name && labels.IsFormLabel(name)))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasAgeAndGenderEach(List<FoundHeading> line, List<int> records)
    {
        var age = line.FindIndex(heading => heading.Kinds == PersonHeadingKinds.Age);
        var gender = line.FindIndex(heading => heading.Kinds == PersonHeadingKinds.Gender);
        return age >= 0 && gender >= 0 && records.Count > 1
            && records.Count(record => IsAge(view[record, line[age].Column]) && view[record, line[gender].Column].Kind == CellKind.Text) * 2 > records.Count;
    }

    private List<int> RecordsBelow(int headingRow, List<FoundHeading> line)
    {
        var records = new List<int>();
        for (var row = headingRow + 1; row <= view.Rows; row++)
        {
            var filled = line.Count(heading => !view[row, heading.Column].IsBlank);
            if (filled == 0)
            {
                break;
            }

            if (filled > 1 && !FormLabels.IsTotal(view.LabelAt(row, line[0].Column)))
            {
                records.Add(row);
            }
        }

        return records;
    }

    private bool IsTableOfCounts(int headingRow, List<FoundHeading> line, List<int> records)
    {
        for (var column = 1; column <= view.Columns; column++)
        {
            var name = view.LabelAt(headingRow, column);
            var isOfPeople = line.Exists(heading => heading.Column == column);
            if (name.Length > 0 && !isOfPeople
                && (FormLabels.IsNumberWord(name) || labels.IsFormLabel(name) || Label.ParsePeriod(name) is not null || FigureSyntax.IsLikeFigure(view[records[0], column])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns true for words or dates. A list with numbers only contains counts.</summary>
    private static bool IsWords(Cell cell) => cell.Kind == CellKind.Date || (cell.Kind == CellKind.Text && !FigureSyntax.IsLikeFigure(cell));

    /// <summary>Returns true for an age in years. A band such as "18 to 24" does not belong to one person.</summary>
    private static bool IsAge(Cell cell) => cell.Kind switch
    {
        CellKind.Number => cell.Number is >= 0 and <= 120,
        CellKind.Text => FigureSyntax.TryParseNumber(cell.Text.AsSpan().Trim(), out var number) && number.Value is >= 0 and <= 120,
        _ => false,
    };
}
