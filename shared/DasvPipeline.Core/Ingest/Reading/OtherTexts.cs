using System.Buffers;

namespace DasvPipeline.Core.Ingest.Reading;

/// <summary>Collects the texts outside the cells. Their letters count towards the limit of the file. A repeated text is kept once.</summary>
internal sealed class OtherTexts(ReadingContext context)
{
    /// <summary>The shortest text that is kept. Personal data has at least 5 characters.</summary>
    private const int MinLength = 5;

    /// <summary>The fewest digits that can be personal data without letters.</summary>
    private const int MinDigits = 9;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create(" +-.,:/0123456789");

    private readonly SortedDictionary<TextPlace, HashSet<string>> texts = [];
    private readonly List<OtherContent> tables = [];
    private int count;

    public void Add(TextPlace place, ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (context.IsRefused || text.Length < MinLength || (text.Length < MinDigits && !text.ContainsAnyExcept(NumberCharacters)))
        {
            return;
        }

        if (!texts.TryGetValue(place, out var known))
        {
            texts.Add(place, known = new HashSet<string>(StringComparer.Ordinal));
        }

        if (known.GetAlternateLookup<ReadOnlySpan<char>>().Add(text))
        {
            context.CountText(text.Length);
            if (++count > context.Limits.RowsPerSheet)
            {
                context.Refuse(FileFindings.TooMany("texts outside the cells", context.Limits.RowsPerSheet));
            }
        }
    }

    public void AddTable(TextPlace place, SheetBuilder rows)
    {
        if (rows.Count > 0)
        {
            AddTable(place, rows.ToSheet());
        }
    }

    public void AddTable(TextPlace place, Sheet table) => tables.Add(new OtherContent(place, table));

    public IReadOnlyList<OtherContent> ToList() =>
        [.. texts.Select(place => new OtherContent(place.Key, new Sheet(null, [.. place.Value.SelectMany(text => new Cell[][] { [new Cell(CellKind.Text, text)], [] })]))), .. tables];
}
