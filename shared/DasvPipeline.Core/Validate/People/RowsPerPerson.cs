using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Read;

namespace DasvPipeline.Core.Validate.People;

/// <summary>
/// Finds lists of people or cases: an identifying heading with two personal headings next to it, or an age and a gender in
/// each row. A table of counts with the same headings also has a column of numbers, or age bands.
/// </summary>
internal sealed class RowsPerPerson(SheetView view, KnownLabels labels, IReadOnlyList<PlacedHeading> headings)
{
    private const PersonHeading PersonalHeadings = PersonHeading.Name | PersonHeading.BirthDate | PersonHeading.NationalInsuranceNumber | PersonHeading.NhsNumber
        | PersonHeading.Telephone | PersonHeading.Age | PersonHeading.Gender | PersonHeading.Attribute;

    private const PersonHeading RecordHeadings = PersonalHeadings | PersonHeading.Circumstance;

    /// <summary>Returns the first cell of each record, in the view's coordinates. Empty if there is no such list.</summary>
    public IReadOnlyList<(int Row, int Column)> Find()
    {
        foreach (var row in headings.GroupBy(heading => heading.Row).Where(row => row.Count() > 1))
        {
            var line = row.DistinctBy(heading => heading.Column).ToList();
            var records = RecordsBelow(row.Key, line);
            if (records.Count > 0 && (IsListOf(PersonHeading.Id, line, records, isPlain: false)
                || (!IsTableOfCounts(row.Key, line, records)
                    && (IsListOf(PersonHeading.Case, line, records, isPlain: true)
                        || IsListOf(PersonHeading.RowId, line, records, isPlain: true)
                        || HasAgeAndGenderEach(line, records)))))
            {
                return [.. records.Select(record => (record, line[0].Column))];
            }
        }

        return [];
    }

    /// <param name="isPlain">True if the heading can mean other things. There must then be several cells, all different.</param>
    private bool IsListOf(PersonHeading id, List<PlacedHeading> line, List<int> records, bool isPlain)
    {
        foreach (var heading in line.Where(heading => (heading.Says & id) != 0))
        {
            var others = line.Where(other => other.Column != heading.Column && (other.Says & RecordHeadings) != 0
                && records.Exists(record => !view[record, other.Column].IsBlank)).ToList();

            // "No" in the first column is an identifier. In a later column it is a count.
            var isAboutPeople = id != PersonHeading.RowId
                || (heading.Column == line.Min(other => other.Column) && others.Exists(other => (other.Says & PersonalHeadings) != 0));
            var ids = records.Select(record => view[record, heading.Column].Shown).Where(shown => shown.Length > 0).ToList();
            if (others.Count >= 2 && isAboutPeople && (isPlain ? ids.Count > 1 && ids.Distinct(StringComparer.Ordinal).Count() == ids.Count : ids.Count > 0)
                && records.Exists(record => others.Exists(other => IsWords(view[record, other.Column])))
                && !records.Exists(record => view.NameAt(record, heading.Column) is { Length: > 0 } name && labels.IsOfTheForm(name)))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasAgeAndGenderEach(List<PlacedHeading> line, List<int> records)
    {
        var age = line.FindIndex(heading => heading.Says == PersonHeading.Age);
        var gender = line.FindIndex(heading => heading.Says == PersonHeading.Gender);
        return age >= 0 && gender >= 0 && records.Count > 1
            && records.Count(record => IsAge(view[record, line[age].Column]) && view[record, line[gender].Column].Kind == CellKind.Text) * 2 > records.Count;
    }

    private List<int> RecordsBelow(int headingRow, List<PlacedHeading> line)
    {
        var records = new List<int>();
        for (var row = headingRow + 1; row <= view.Rows; row++)
        {
            var filled = line.Count(heading => !view[row, heading.Column].IsBlank);
            if (filled == 0)
            {
                break;
            }

            if (filled > 1 && !FormLabels.IsTotal(view.NameAt(row, line[0].Column)))
            {
                records.Add(row);
            }
        }

        return records;
    }

    private bool IsTableOfCounts(int headingRow, List<PlacedHeading> line, List<int> records)
    {
        for (var column = 1; column <= view.Columns; column++)
        {
            var name = view.NameAt(headingRow, column);
            var isOfPeople = line.Exists(heading => heading.Column == column);
            if (name.Length > 0 && !isOfPeople
                && (FormLabels.IsNumberWord(name) || labels.IsOfTheForm(name) || Label.ReadPeriod(name) is not null || WrittenFigure.IsLike(view[records[0], column])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns true for words or dates. A list with numbers only contains counts.</summary>
    private static bool IsWords(Cell cell) => cell.Kind == CellKind.Date || (cell.Kind == CellKind.Text && !WrittenFigure.IsLike(cell));

    /// <summary>Returns true for an age in years. A band such as "18 to 24" does not belong to one person.</summary>
    private static bool IsAge(Cell cell) => cell.Kind switch
    {
        CellKind.Number => cell.Number is >= 0 and <= 120,
        CellKind.Text => WrittenFigure.TryNumber(cell.Text.AsSpan().Trim(), out var number) && number.Value is >= 0 and <= 120,
        _ => false,
    };
}
