using DasvPipeline.Core.Read;

namespace DasvPipeline.Core.Validate.People;

/// <summary>A heading that speaks of people, and where it stands.</summary>
internal readonly record struct PlacedHeading(int Row, int Column, PersonHeading Says);

/// <summary>Ten digits alone in a cell: an NHS number, a sum of money, or anything.</summary>
internal readonly record struct TenDigits(int Row, int Column, bool IsValid);

/// <summary>
/// Looks at every cell of a sheet once. Nearly all hold nothing: a number is one comparison, a text that stands also in
/// the row above is not looked at again, and nothing is allocated for either.
/// </summary>
internal sealed class SheetSearch(FoundPeople found)
{
    /// <summary>A sheet of so many headings is no table; the cells below each are looked through, and that must end.</summary>
    private const int MostHeadings = 200;

    private const double FewestOfTenDigits = 1e9, OverTenDigits = 1e10;

    public List<PlacedHeading> Headings { get; } = [];

    public List<TenDigits> Numbers { get; } = [];

    public void Run()
    {
        var sheet = found.Sheet;
        var nothingIn = new string?[sheet.ColumnCount];
        for (var row = 1; row <= sheet.RowCount; row++)
        {
            var cells = sheet.Row(row);
            for (var i = 0; i < cells.Length; i++)
            {
                ref readonly var cell = ref cells[i];
                if (cell.Kind is CellKind.Text or CellKind.Error && cell.Text is { } text)
                {
                    if (!ReferenceEquals(text, nothingIn[i]) && !Holds(text, row, i + 1))
                    {
                        nothingIn[i] = text;
                    }
                }
                else if (cell.Number >= FewestOfTenDigits)
                {
                    LookAt(cell.Number, row, i + 1);
                }
            }
        }
    }

    private bool Holds(string text, int row, int column)
    {
        if (PersonalText.KindsIn(text) is not PersonalKind.None and var kinds)
        {
            found.Add(kinds, row, column);
            return true;
        }

        if (PersonalText.TenDigitsIn(text) is { } digits)
        {
            Numbers.Add(new TenDigits(row, column, NhsNumber.IsValid(digits)));
            return true;
        }

        if (Headings.Count < MostHeadings && PersonHeadings.Of(text) is not PersonHeading.None and var says)
        {
            Headings.Add(new PlacedHeading(row, column, says));
            return true;
        }

        return false;
    }

    private void LookAt(double number, int row, int column)
    {
        Span<char> digits = stackalloc char[NhsNumber.Length];
        if (number < OverTenDigits && number == Math.Truncate(number) && ((long)number).TryFormat(digits, out _))
        {
            Numbers.Add(new TenDigits(row, column, NhsNumber.IsValid(digits)));
        }
    }
}
