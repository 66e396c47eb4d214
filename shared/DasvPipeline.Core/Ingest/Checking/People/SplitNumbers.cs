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
                if (cells[i] is { Kind: CellKind.Text, Text: { Length: >= 2 and <= MaxPartLength } text } && IsStart(text))
                {
                    Check(row, i, cells);
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

    private void Check(int row, int start, ReadOnlySpan<Cell> cells)
    {
        var digits = CountDigits(cells[start].Text!);
        for (var i = start + 1; i < cells.Length && i < start + MaxCells && PartOf(cells[i]) is { } part; i++)
        {
            digits += CountDigits(part);
            var kind = digits >= Telephone.MinDigits && Telephone.IsIn(Join(cells[start..(i + 1)])) ? PersonalKind.Telephone
                : i == start + 1 && part.Length == Postcode.InwardLength && Postcode.IsIn(Join(cells[start..(i + 1)])) ? PersonalKind.Postcode
                : PersonalKind.None;
            if (kind != PersonalKind.None)
            {
                found.Add(kind, row, start + 1);
                return;
            }
        }
    }

    private static string Join(ReadOnlySpan<Cell> cells)
    {
        var joined = cells[0].Text!.Trim();
        foreach (var cell in cells[1..])
        {
            joined = $"{joined} {PartOf(cell)}";
        }

        return joined;
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
        (text[0] == '0' && text.Length >= 3 && !text.AsSpan().ContainsAnyExceptInRange('0', '9')) || (char.IsAsciiLetter(text[0]) && char.IsAsciiDigit(text.TrimEnd()[^1]));

    private static string? PartOf(Cell cell) => cell.Kind switch
    {
        CellKind.Number when cell.Number is >= 0 and < 1e7 && cell.Number == Math.Truncate(cell.Number) && !cell.IsPercent => ((long)cell.Number).ToString(CultureInfo.InvariantCulture),
        CellKind.Text when cell.Text!.Trim() is { Length: > 0 and <= MaxPartLength } text => PlainText.Normalise(text),
        _ => null,
    };
}
