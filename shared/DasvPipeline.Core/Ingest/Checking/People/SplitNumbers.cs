using System.Globalization;
using DasvPipeline.Core.Ingest.Reading;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>Finds numbers, postcodes and dates that are split over cells next to each other: "07700" and "900123".</summary>
internal sealed class SplitNumbers(FoundPersonalData found, IReadOnlyList<FoundHeading> headings)
{
    private const int MaxCells = 4;
    private const int MaxPartLength = 7;

    private readonly Sheet _sheet = found.Sheet;

    public void Find()
    {
        for (var row = 1; row <= _sheet.RowCount; row++)
        {
            var cells = _sheet.Row(row);
            for (var i = 0; i + 1 < cells.Length; i++)
            {
                if (cells[i].Kind == CellKind.Text && PartOf(cells[i]) is { Length: > 1 } start && IsStart(start))
                {
                    Check(row, i, cells, start);
                }
            }
        }

        foreach (var heading in headings)
        {
            CheckAfter(heading, PersonHeadingKinds.NhsNumber, PersonalKind.NhsNumber, (parts, count) => count == 3 && NhsNumber.IsIn(string.Join(' ', parts)));
            CheckAfter(heading, PersonHeadingKinds.Telephone, PersonalKind.Telephone, (parts, _) => parts.Sum(part => part.Length) is >= 9 and <= 11);
            CheckAfter(heading, PersonHeadingKinds.BirthDate, PersonalKind.BirthDate, (parts, count) => count == 3 && BirthDate.IsIn($"dob {string.Join('/', parts)}"));
        }
    }

    private void Check(int row, int first, ReadOnlySpan<Cell> cells, string start)
    {
        var joined = start;
        var digits = CountDigits(start);
        for (var i = first + 1; i < cells.Length && i < first + MaxCells && PartOf(cells[i]) is { } part; i++)
        {
            joined = $"{joined} {part}";
            digits += CountDigits(part);
            var kind = digits >= Telephone.MinDigits && Telephone.IsIn(joined) ? PersonalKind.Telephone
                : i == first + 1 && part.Length == Postcode.InwardLength && Postcode.IsIn(joined) ? PersonalKind.Postcode
                : PersonalKind.None;
            if (kind != PersonalKind.None)
            {
                found.Add(kind, row, first + 1);
                return;
            }
        }
    }

    private static int CountDigits(string text)
    {
        var count = 0;
        foreach (var character in text)
        {
            count += char.IsAsciiDigit(character) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Checks the short numbers in the cells after a heading.</summary>
    private void CheckAfter(FoundHeading heading, PersonHeadingKinds wanted, PersonalKind kind, Func<IReadOnlyList<string>, int, bool> isNumber)
    {
        if ((heading.Kinds & wanted) == 0)
        {
            return;
        }

        var parts = new List<string>();
        for (var column = heading.Column + 1; parts.Count < MaxCells && PartOf(_sheet[heading.Row, column]) is { } part && part.All(char.IsAsciiDigit); column++)
        {
            parts.Add(part);
        }

        if (parts.Count > 1 && isNumber(parts, parts.Count))
        {
            found.Add(kind, heading.Row, heading.Column + 1);
        }
    }

    /// <summary>Returns true for the start of a telephone number, or the first half of a postcode.</summary>
    private static bool IsStart(string text) =>
        (text[0] == '0' && text.Length >= 3 && !text.AsSpan().ContainsAnyExceptInRange('0', '9')) || (char.IsAsciiLetter(text[0]) && text.AsSpan().ContainsAnyInRange('0', '9'));

    private static string? PartOf(Cell cell) => cell.Kind switch
    {
        CellKind.Number when cell.Number is >= 0 and < 1e7 && cell.Number == Math.Truncate(cell.Number) && !cell.IsPercent => ((long)cell.Number).ToString(CultureInfo.InvariantCulture),
        CellKind.Text when cell.Text!.Trim() is { Length: > 0 and <= MaxPartLength } text => PlainText.Normalise(text),
        _ => null,
    };
}
