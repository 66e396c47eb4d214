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
                if (cells[i].Kind != CellKind.Text || PartOf(cells[i]) is not { Length: > 1 } start)
                {
                    continue;
                }

                var kind = IsPostcodeStart(start) && PartOf(cells[i + 1]) is { Length: Postcode.InwardLength } inward && Postcode.IsIn($"{start} {inward}") ? PersonalKind.Postcode
                    : IsTelephoneStart(start) && StartsTelephone(cells[i..], start) ? PersonalKind.Telephone
                    : PersonalKind.None;
                if (kind != PersonalKind.None)
                {
                    found.Add(kind, row, i + 1);
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

    private static bool StartsTelephone(ReadOnlySpan<Cell> cells, string start)
    {
        var joined = start;
        var digits = CountDigits(start);
        for (var i = 1; i < cells.Length && i < MaxCells && PartOf(cells[i]) is { } part; i++)
        {
            joined = $"{joined} {part}";
            digits += CountDigits(part);
            if (digits >= Telephone.MinDigits && Telephone.IsIn(joined))
            {
                return true;
            }
        }

        return false;
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

    /// <summary>Returns true for the first half of a postcode, such as CB2 or EC1A, with or without words before it.</summary>
    private static bool IsPostcodeStart(ReadOnlySpan<char> text) => char.IsAsciiLetter(text[0]) && text.ContainsAnyInRange('0', '9');

    /// <summary>Returns true for a text that can have the start of a telephone number, such as 077, (01223) or +44.</summary>
    private static bool IsTelephoneStart(string text) => text.Contains('0', StringComparison.Ordinal) || text.Contains("+44", StringComparison.Ordinal);

    private static string? PartOf(Cell cell) => cell.Kind switch
    {
        CellKind.Number when cell.Number is >= 0 and < 1e7 && cell.Number == Math.Truncate(cell.Number) && !cell.IsPercent => ((long)cell.Number).ToString(CultureInfo.InvariantCulture),
        CellKind.Text when cell.Text!.Trim() is { Length: > 0 and <= MaxPartLength } text => PlainText.Normalise(text),
        _ => null,
    };
}
