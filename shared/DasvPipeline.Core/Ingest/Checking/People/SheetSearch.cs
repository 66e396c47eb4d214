using DasvPipeline.Core.Ingest.Reading;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>A heading about people, with its cell.</summary>
internal readonly record struct FoundHeading(int Row, int Column, PersonHeadingKinds Kinds);

/// <summary>A cell with 10 digits only: an NHS number, an amount of money, or something else.</summary>
internal readonly record struct TenDigits(int Row, int Column, bool IsValid);

/// <summary>
/// Searches every cell of a sheet once. It is fast because most cells have no personal data: a number needs one comparison,
/// a text repeated from the row above is skipped, and neither allocates memory.
/// </summary>
internal sealed class SheetSearch(FoundPersonalData found, KnownContacts contacts)
{
    /// <summary>The maximum number of headings. It limits the time, because the cells below each heading are searched.</summary>
    private const int MaxHeadings = 200;

    private const int MaxNames = 10_000;

    private const double MinTenDigits = 1e9, TenDigitsLimit = 1e10;

    public List<FoundHeading> Headings { get; } = [];

    public List<TenDigits> Numbers { get; } = [];

    /// <summary>The cells whose text may name a person. Their number is limited, like that of the headings.</summary>
    public List<(int Row, int Column, NameCertainty Certainty)> Names { get; } = [];

    public void Run()
    {
        var sheet = found.Sheet;
        var lastClearText = new string?[sheet.ColumnCount];
        for (var row = 1; row <= sheet.RowCount; row++)
        {
            var cells = sheet.Row(row);
            for (var i = 0; i < cells.Length; i++)
            {
                ref readonly var cell = ref cells[i];
                if (cell.Kind is CellKind.Text or CellKind.Error && cell.Text is { } text)
                {
                    if (!ReferenceEquals(text, lastClearText[i]) && !Holds(text, row, i + 1))
                    {
                        lastClearText[i] = text;
                    }
                }
                else if (cell.Number >= MinTenDigits)
                {
                    CheckNumber(cell.Number, row, i + 1);
                }
            }
        }
    }

    /// <summary>Searches the comments on cells.</summary>
    /// <param name="contacts">The contacts that are not personal data.</param>
    /// <param name="comments">Receives what is found, separate from the cells.</param>
    public static void SearchComments(FoundPersonalData comments, KnownContacts contacts)
    {
        foreach (var comment in comments.Sheet.Comments)
        {
            var isNhsNumber = PersonalText.FindTenDigits(comment.Text) is { } digits && NhsNumber.IsValid(digits);
            var name = PersonName.Find(comment.Text);
            var kinds = contacts.FindKinds(comment.Text) | (isNhsNumber ? PersonalKind.NhsNumber : PersonalKind.None) | (name == NameCertainty.Certain ? PersonalKind.Name : PersonalKind.None);
            comments.Add(kinds, comment.Row, comment.Column);
            if (kinds == PersonalKind.None && name == NameCertainty.Likely)
            {
                comments.LikelyNames.Add((comment.Row, comment.Column));
            }
        }
    }

    private bool Holds(string text, int row, int column)
    {
        if (contacts.FindKinds(text) is not PersonalKind.None and var kinds)
        {
            found.Add(kinds, row, column);
            return true;
        }

        if (PersonalText.FindTenDigits(text) is { } digits)
        {
            Numbers.Add(new TenDigits(row, column, NhsNumber.IsValid(digits)));
            return true;
        }

        if (Headings.Count < MaxHeadings && PersonHeadingParser.Parse(text) is not PersonHeadingKinds.None and var says)
        {
            Headings.Add(new FoundHeading(row, column, says));
            return true;
        }

        if (Names.Count < MaxNames && PersonName.Find(text) is not NameCertainty.None and var certainty)
        {
            Names.Add((row, column, certainty));
            return true;
        }

        return false;
    }

    private void CheckNumber(double number, int row, int column)
    {
        Span<char> digits = stackalloc char[NhsNumber.Length];
        if (number < TenDigitsLimit && number == Math.Truncate(number) && ((long)number).TryFormat(digits, out _))
        {
            Numbers.Add(new TenDigits(row, column, NhsNumber.IsValid(digits)));
        }
    }
}
