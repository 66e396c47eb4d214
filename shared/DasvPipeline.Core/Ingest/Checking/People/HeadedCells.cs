using System.Buffers;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reading.Layout;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>Finds cells that are personal data because of the heading above or the label next to them.</summary>
internal sealed class HeadedCells(FoundPersonalData found, KnownLabels labels, IReadOnlyList<FoundHeading> headings)
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789 -().+/");

    private readonly Sheet _sheet = found.Sheet;

    public void Find()
    {
        foreach (var heading in headings)
        {
            FindValues(heading, PersonHeadingKinds.BirthDate, PersonalKind.BirthDate, (cell, isBelow) => (isBelow || cell.Kind != CellKind.Number) && BirthDate.IsDate(cell));
            FindValues(heading, PersonHeadingKinds.NhsNumber | PersonHeadingKinds.Id, PersonalKind.NhsNumber, (cell, _) => DigitsOf(cell) == NhsNumber.Length);
            FindValues(heading, PersonHeadingKinds.Telephone, PersonalKind.Telephone, (cell, _) => DigitsOf(cell) is >= 9 and <= 13);
            FindValues(
                heading,
                PersonHeadingKinds.NationalInsuranceNumber,
                PersonalKind.NationalInsuranceNumber,
                (cell, _) => cell.Text is { } text && NationalInsuranceNumber.IsIn(PlainText.Normalise(text), needsSuffix: false));
            FindNames(heading);
        }
    }

    /// <summary>
    /// Reports numbers of 10 digits that can be NHS numbers, unless they are amounts of money or most others in the column are
    /// not valid: 1 amount in 11 has a valid check digit. No count is so high.
    /// </summary>
    public void Find(IEnumerable<TenDigits> numbers)
    {
        foreach (var column in numbers.GroupBy(number => number.Column).Select(group => group.ToList()))
        {
            var isHeaded = headings.Any(heading => heading.Column == column[0].Column && heading.Row < column[0].Row && (heading.Kinds & PersonHeadingKinds.NhsNumber) != 0);
            var isLikely = column.Count(number => number.IsValid) * 2 > column.Count && !IsMoneyColumn(column[0]);
            foreach (var number in column.Where(number => number.IsValid && (isHeaded || (isLikely && !IsMoneyRow(number)) || IsNextToNhsHeading(number))))
            {
                found.Add(PersonalKind.NhsNumber, number.Row, number.Column);
            }
        }
    }

    private void FindValues(FoundHeading heading, PersonHeadingKinds wanted, PersonalKind kind, Func<Cell, bool, bool> isOne)
    {
        if ((heading.Kinds & wanted) == wanted)
        {
            foreach (var (row, column) in Below(heading).Where(at => isOne(_sheet[at.Row, at.Column], true))
                .Concat(NextTo(heading).Where(at => isOne(_sheet[at.Row, at.Column], false))))
            {
                found.Add(kind, row, column);
            }
        }
    }

    private void FindNames(FoundHeading heading)
    {
        var isPersonHeading = (heading.Kinds & PersonHeadingKinds.Person) != 0;
        if (!isPersonHeading && (heading.Kinds & PersonHeadingKinds.Name) == 0)
        {
            return;
        }

        if (IsInColumnRecord(heading))
        {
            Add(NextTo(heading).Where(at => IsLikeName(_sheet[at.Row, at.Column])));
        }

        if (IsFormLine(heading))
        {
            return;
        }

        var texts = Below(heading).Where(at => _sheet[at.Row, at.Column] is { Kind: CellKind.Text } cell && cell.Text!.Any(char.IsLetter) && !FigureSyntax.IsLikeFigure(cell)).ToList();
        var names = texts.Where(at => _sheet[at.Row, at.Column] is var cell && !labels.Knows(cell) && (!isPersonHeading || IsLikeName(cell))).ToList();
        if (names.Count * 2 > texts.Count)
        {
            Add(names);
        }

        void Add(IEnumerable<(int Row, int Column)> cells)
        {
            foreach (var (row, column) in cells)
            {
                found.Add(PersonalKind.Name, row, column);
            }
        }
    }

    /// <summary>Returns true for "Name:" with only a name next to it. The cell below is then the next line.</summary>
    private bool IsFormLine(FoundHeading heading)
    {
        var filled = 0;
        foreach (ref readonly var cell in _sheet.Row(heading.Row))
        {
            filled += cell.IsBlank ? 0 : 1;
        }

        return filled == 2 && !_sheet[heading.Row, heading.Column + 1].IsBlank && _sheet[heading.Row, heading.Column].Text!.TrimEnd() is [.., ':'];
    }

    /// <summary>Returns true if another label near it in the same column is personal too: the table is transposed, or is about one person.</summary>
    private bool IsInColumnRecord(FoundHeading heading)
    {
        const int MaxDistance = 3;
        const PersonHeadingKinds PersonalHeadings = PersonHeadingKinds.BirthDate | PersonHeadingKinds.NhsNumber | PersonHeadingKinds.NationalInsuranceNumber
            | PersonHeadingKinds.Id | PersonHeadingKinds.Age | PersonHeadingKinds.Gender | PersonHeadingKinds.Name;
        return headings.Any(other => other.Column == heading.Column && other.Row != heading.Row && Math.Abs(other.Row - heading.Row) <= MaxDistance && (other.Kinds & PersonalHeadings) != 0);
    }

    /// <summary>Returns the cells below a heading, up to the first blank row.</summary>
    private IEnumerable<(int Row, int Column)> Below(FoundHeading heading)
    {
        var isBegun = false;
        for (var row = heading.Row + 1; row <= _sheet.RowCount; row++)
        {
            if (IsBlankRow(row))
            {
                if (isBegun || row > heading.Row + 1)
                {
                    yield break;
                }
            }
            else
            {
                isBegun = true;
                yield return (row, heading.Column);
            }
        }
    }

    private IEnumerable<(int Row, int Column)> NextTo(FoundHeading heading)
    {
        for (var column = heading.Column + 1; !_sheet[heading.Row, column].IsBlank; column++)
        {
            yield return (heading.Row, column);
        }
    }

    private bool IsBlankRow(int row)
    {
        foreach (ref readonly var cell in _sheet.Row(row))
        {
            if (!cell.IsBlank)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsNextToNhsHeading(TenDigits number) =>
        headings.Any(heading => heading.Row == number.Row && heading.Column < number.Column && (heading.Kinds & PersonHeadingKinds.NhsNumber) != 0);

    /// <summary>Returns true if the nearest text above the first number says that the column is money.</summary>
    private bool IsMoneyColumn(TenDigits number)
    {
        for (var row = number.Row - 1; row >= 1; row--)
        {
            if (_sheet[row, number.Column] is { Kind: CellKind.Text } above && !FigureSyntax.IsLikeFigure(above))
            {
                return KnownLabels.IsMoneyLabel(above.Text!);
            }
        }

        return false;
    }

    private bool IsMoneyRow(TenDigits number)
    {
        foreach (ref readonly var cell in _sheet.Row(number.Row)[..(number.Column - 1)])
        {
            if (cell.Kind == CellKind.Text && KnownLabels.IsMoneyLabel(cell.Text!))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns the number of digits in a cell that contains only digits and separators, or 0 for any other cell.</summary>
    private static int DigitsOf(Cell cell)
    {
        if (cell.Kind == CellKind.Number)
        {
            return cell.Number is >= 1e8 and < 1e13 && cell.Number == Math.Truncate(cell.Number) ? (int)Math.Log10(cell.Number) + 1 : 0;
        }

        if (cell.Kind != CellKind.Text)
        {
            return 0;
        }

        var text = PlainText.Normalise(cell.Text!);
        return text.AsSpan().ContainsAnyExcept(NumberCharacters) ? 0 : text.Count(char.IsAsciiDigit);
    }

    /// <summary>Returns true for two to four capitalised words that are not descriptive words.</summary>
    private static bool IsLikeName(Cell cell)
    {
        if (cell is not { Kind: CellKind.Text, Text: { Length: <= 60 } text })
        {
            return false;
        }

        var words = PlainText.Normalise(text).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return words.Length is >= 2 and <= 4
            && Array.TrueForAll(words, word => char.IsUpper(word[0]) && word.All(c => char.IsLetter(c) || c is '\'' or '’' or '-' or '.'))
            && !Array.Exists(words, word => PersonalDataWords.Current.DescriptiveWords.Contains(word, StringComparer.OrdinalIgnoreCase));
    }
}
