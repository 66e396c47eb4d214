using System.Buffers;
using DasvPipeline.Core.Read;

namespace DasvPipeline.Core.Validate.People;

/// <summary>What is personal because of the heading above it, or of the label beside it.</summary>
internal sealed class HeadedCells(FoundPeople found, KnownLabels labels, IReadOnlyList<PlacedHeading> headings)
{
    private static readonly SearchValues<char> InNumbers = SearchValues.Create("0123456789 -().+/");

    private static readonly string[] Described =
    [
        "white", "black", "asian", "mixed", "british", "english", "irish", "other", "any", "male", "female", "not", "no", "yes", "known", "stated", "city", "county", "abuse",
        "violence", "domestic", "sexual", "single", "repeat", "high", "medium", "low", "standard", "risk", "young", "older", "former", "current", "ex", "total", "all", "service",
    ];

    private readonly Sheet _sheet = found.Sheet;

    public void Find()
    {
        foreach (var heading in headings)
        {
            FindValues(heading, PersonHeading.BirthDate, PersonalKind.BirthDate, (cell, isBelow) => (isBelow || cell.Kind != CellKind.Number) && BirthDate.IsDate(cell));
            FindValues(heading, PersonHeading.NhsNumber | PersonHeading.Id, PersonalKind.NhsNumber, (cell, _) => DigitsOf(cell) == NhsNumber.Length);
            FindValues(heading, PersonHeading.Telephone, PersonalKind.Telephone, (cell, _) => DigitsOf(cell) is >= 9 and <= 13);
            FindValues(
                heading,
                PersonHeading.NationalInsuranceNumber,
                PersonalKind.NationalInsuranceNumber,
                (cell, _) => cell.Text is { } text && NationalInsuranceNumber.IsIn(PlainText.Of(text), needsSuffix: false));
            FindNames(heading);
        }
    }

    /// <summary>
    /// Ten digits that can be an NHS number are one, unless they are known to be money, or stand among others that cannot:
    /// one sum in eleven has the right check digit. No count is so high.
    /// </summary>
    public void Find(IEnumerable<TenDigits> numbers)
    {
        foreach (var column in numbers.GroupBy(number => number.Column).Select(group => group.ToList()))
        {
            var isHeaded = headings.Any(heading => heading.Column == column[0].Column && heading.Row < column[0].Row && (heading.Says & PersonHeading.NhsNumber) != 0);
            var isLikely = column.Count(number => number.IsValid) * 2 > column.Count && !IsMoneyColumn(column[0]);
            foreach (var number in column.Where(number => number.IsValid && (isHeaded || (isLikely && !IsMoneyRow(number)) || IsBesideNhs(number))))
            {
                found.Add(PersonalKind.NhsNumber, number.Row, number.Column);
            }
        }
    }

    private void FindValues(PlacedHeading heading, PersonHeading says, PersonalKind kind, Func<Cell, bool, bool> isOne)
    {
        if ((heading.Says & says) == says)
        {
            foreach (var (row, column) in Below(heading).Where(at => isOne(_sheet[at.Row, at.Column], true))
                .Concat(Beside(heading).Where(at => isOne(_sheet[at.Row, at.Column], false))))
            {
                found.Add(kind, row, column);
            }
        }
    }

    private void FindNames(PlacedHeading heading)
    {
        var isWho = (heading.Says & PersonHeading.Who) != 0;
        if (!isWho && (heading.Says & PersonHeading.Name) == 0)
        {
            return;
        }

        if (IsInARecordOnItsSide(heading))
        {
            Add(Beside(heading).Where(at => LooksLikeAName(_sheet[at.Row, at.Column])));
        }

        if (IsLineOfAForm(heading))
        {
            return;
        }

        var texts = Below(heading).Where(at => _sheet[at.Row, at.Column] is { Kind: CellKind.Text } cell && cell.Text!.Any(char.IsLetter) && !WrittenFigure.IsLike(cell)).ToList();
        var names = texts.Where(at => _sheet[at.Row, at.Column] is var cell && !labels.Knows(cell) && (!isWho || LooksLikeAName(cell))).ToList();
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

    /// <summary>"Name:" with a name beside it and nothing more; what stands below it is the next line.</summary>
    private bool IsLineOfAForm(PlacedHeading heading)
    {
        var filled = 0;
        foreach (ref readonly var cell in _sheet.Row(heading.Row))
        {
            filled += cell.IsBlank ? 0 : 1;
        }

        return filled == 2 && !_sheet[heading.Row, heading.Column + 1].IsBlank && _sheet[heading.Row, heading.Column].Text!.TrimEnd() is [.., ':'];
    }

    /// <summary>A label near it in its column is one of a person's, too: the table lies on its side, or is about one person.</summary>
    private bool IsInARecordOnItsSide(PlacedHeading heading)
    {
        const int Near = 3;
        const PersonHeading OfAPerson = PersonHeading.BirthDate | PersonHeading.NhsNumber | PersonHeading.NationalInsuranceNumber
            | PersonHeading.Id | PersonHeading.Age | PersonHeading.Gender | PersonHeading.Name;
        return headings.Any(other => other.Column == heading.Column && other.Row != heading.Row && Math.Abs(other.Row - heading.Row) <= Near && (other.Says & OfAPerson) != 0);
    }

    /// <summary>The cells of the heading's column, as far down as rows have anything in them.</summary>
    private IEnumerable<(int Row, int Column)> Below(PlacedHeading heading)
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

    private IEnumerable<(int Row, int Column)> Beside(PlacedHeading heading)
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

    private bool IsBesideNhs(TenDigits number) =>
        headings.Any(heading => heading.Row == number.Row && heading.Column < number.Column && (heading.Says & PersonHeading.NhsNumber) != 0);

    /// <summary>By the nearest text above the first of them.</summary>
    private bool IsMoneyColumn(TenDigits number)
    {
        for (var row = number.Row - 1; row >= 1; row--)
        {
            if (_sheet[row, number.Column] is { Kind: CellKind.Text } above && !WrittenFigure.IsLike(above))
            {
                return KnownLabels.SaysMoney(above.Text!);
            }
        }

        return false;
    }

    private bool IsMoneyRow(TenDigits number)
    {
        foreach (ref readonly var cell in _sheet.Row(number.Row)[..(number.Column - 1)])
        {
            if (cell.Kind == CellKind.Text && KnownLabels.SaysMoney(cell.Text!))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many digits a cell has that holds digits and what is put between them, and nothing else; 0 for any other.</summary>
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

        var text = PlainText.Of(cell.Text!);
        return text.AsSpan().ContainsAnyExcept(InNumbers) ? 0 : text.Count(char.IsAsciiDigit);
    }

    /// <summary>Two to four words with a capital each, none of which people are described by.</summary>
    private static bool LooksLikeAName(Cell cell)
    {
        if (cell is not { Kind: CellKind.Text, Text: { Length: <= 60 } text })
        {
            return false;
        }

        var words = PlainText.Of(text).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return words.Length is >= 2 and <= 4
            && Array.TrueForAll(words, word => char.IsUpper(word[0]) && word.All(c => char.IsLetter(c) || c is '\'' or '’' or '-' or '.'))
            && !Array.Exists(words, word => Described.Contains(word, StringComparer.OrdinalIgnoreCase));
    }
}
