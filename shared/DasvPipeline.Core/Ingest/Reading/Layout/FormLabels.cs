using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.PeriodExpressions;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>Looks up the labels of a sheet in one form.</summary>
internal sealed class FormLabels
{
    private static readonly string[] TotalWords = ["total", "totals", "grand total", "overall total", "year total", "year to date", "all"];
    private static readonly string[] NumberWords = ["number", "numbers", "count", "value", "figure", "figures", "measure", "no", "%", "percentage", "rate", "amount"];
    private static readonly string[] PeriodNames =
        ["year", "financial year", "quarter", "period", "month", "reporting period", "return period", "reporting quarter", "period covered", "reporting month", "reporting year"];
    private static readonly string[] MetadataWords = [.. PeriodNames, "date", "version", "form version"];
    private static readonly string[] NoteWords = ["note", "notes", "comment", "comments", "explanation"];

    /// <summary>A title with fewer spaces has too few words to be recognised within a longer text.</summary>
    private const int MinSpacesInTitle = 2;

    /// <summary>A title with fewer letters is too short to be compared by its letters alone.</summary>
    private const int MinLettersInTitle = 20;

    private readonly HashSet<string> _known = new([.. TotalWords, .. NumberWords, .. MetadataWords, .. NoteWords], StringComparer.Ordinal);
    private readonly Dictionary<string, List<FormTable>> _titles = new(StringComparer.Ordinal);
    private readonly Dictionary<FormTable, Dictionary<string, int>> _rows = [];
    private readonly Dictionary<FormTable, Dictionary<string, int>> _columns = [];
    private readonly Dictionary<FormTable, List<FormTable>> _similarTables = [];
    private readonly TextCache<List<FormTable>> _similarTitles = new();
    private readonly TableAreas _areas;

    public FormLabels(Form form, IReadOnlyDictionary<string, Dimension> dimensions)
    {
        Form = form;
        _areas = new TableAreas(dimensions);
        Add(form.Tables);
    }

    public Form Form { get; }

    /// <summary>Returns a label of the form for one that has the number of a footnote: "referrals (2)". Returns any other label as it is.</summary>
    public string Resolve(string name) => !_known.Contains(name) && Label.RemoveNumbers(name) is { } bare && _known.Contains(bare) ? bare : name;

    public int? RowOf(FormTable table, string name) => _rows[table].TryGetValue(name, out var row) ? row : null;

    /// <summary>
    /// Splits a list into one table for each of its rows, because agencies may lay it out that way. The label of the row
    /// becomes the title. Below it are the figures under their periods, next to the name of the area or without a label.
    /// </summary>
    public IReadOnlyList<FormTable> SplitByRow(FormTable table)
    {
        var parts = table.Rows.Select((row, index) => (Row: row, Cell: table[index, 0])).Where(item => item.Cell is not null)
            .Select(item => new FormTable(table.Id, item.Row.Label, item.Row.Names, [_areas.CreateAreaRow(table)], table.Columns, null, [item.Cell]) { Scale = table.Scale, Ignored = table.Ignored }).ToList();
        Add(parts);
        return parts;
    }

    /// <summary>Returns true if all figures of the table are for one area and the name is that of another area.</summary>
    public bool IsOtherArea(FormTable table, string name) => _areas.IsOtherArea(table, name);

    /// <summary>Returns true if all figures of the table are for one area and the name is that of this area.</summary>
    public bool IsOwnArea(FormTable table, string name) => _areas.IsOwnArea(table, name);

    public bool CoversWholeArea(FormTable table) => _areas.CoversWholeArea(table);

    public int? ColumnOf(FormTable table, string name) => _columns[table].TryGetValue(name, out var column) ? column : null;

    public bool IsAnyRow(string name)
    {
        name = Resolve(name);
        return _rows.Values.Any(rows => rows.ContainsKey(name));
    }

    /// <summary>Returns true if another table shares a row label, so that only the title distinguishes them.</summary>
    public bool SharesLabels(FormTable table) => _similarTables[table].Count > 0;

    /// <summary>Returns what a heading says about time. Words such as "average" do not count if they are part of a label of the form.</summary>
    public PeriodExpression ExpressionOf(SheetView view, Heading heading)
    {
        var expression = view.Expression(heading.Text);
        return IsAnyTitle(heading.Name) || IsAnyRow(heading.Name) || _columns.Values.Any(columns => columns.ContainsKey(heading.Name)) ? expression.WithoutKinds() : expression;
    }

    public bool IsAnyTitle(string name) => _titles.ContainsKey(Resolve(name));

    public bool IsTitleOf(FormTable table, string name) => _titles.TryGetValue(Resolve(name), out var tables) && tables.Contains(table);

    /// <summary>Returns true if a text contains the title of the table, and no longer title of another table.</summary>
    public bool IsSimilarTitle(FormTable table, string text)
    {
        if (!_similarTitles.TryGetValue(text, out var tables))
        {
            _similarTitles.Add(text, tables = FindSimilarTitle(text));
        }

        return tables.Contains(table);
    }

    private List<FormTable> FindSimilarTitle(string text)
    {
        var words = WordsOf(text);
        var longest = _titles.Where(title => title.Key.Count(c => c == ' ') >= MinSpacesInTitle && $" {words} ".Contains($" {WordsOf(title.Key)} ", StringComparison.Ordinal))
            .OrderByDescending(title => title.Key.Length).FirstOrDefault().Value;
        if (longest is not null)
        {
            return longest;
        }

        // The same words with other spaces, dates or footnote numbers. If two titles differ only in these, neither is certain.
        var letters = LettersOf(text);
        return letters.Length >= MinLettersInTitle && _titles.Where(title => LettersOf(title.Key) == letters).Select(title => title.Value).ToList() is [var only] ? only : [];
    }

    /// <summary>
    /// Returns true if the name is the title of another table that shares a row label with this one. The title does not
    /// matter for a table with labels of its own.
    /// </summary>
    public bool IsTitleOfAnother(FormTable table, string name) =>
        _titles.TryGetValue(Resolve(name), out var tables) && !tables.Contains(table) && _similarTables[table].Exists(tables.Contains);

    /// <summary>Returns true if the name is a row label of another table, and nothing in this one.</summary>
    public bool IsRowOfAnother(FormTable table, string name) =>
        IsAnyRow(name) && !IsTotal(name) && !_rows[table].ContainsKey(name) && !_columns[table].ContainsKey(name) && !IsTitleOf(table, name);

    /// <summary>Returns true if the name is a row label, or the title of a table that shares no row label with this one.</summary>
    public bool BelongsToOtherTable(FormTable table, string name) =>
        (IsAnyRow(name) && !IsTotal(name)) || (_titles.TryGetValue(name, out var tables) && !tables.Contains(table) && !_similarTables[table].Exists(tables.Contains));

    /// <summary>Returns true if the name is a title, row or column of this table, so that what it says is what the form asks for.</summary>
    public bool IsKnown(FormTable table, string name) => IsTitleOf(table, name) || _rows[table].ContainsKey(name) || _columns[table].ContainsKey(name);

    public static bool IsTotal(string name) => TotalWords.Contains(name, StringComparer.Ordinal);

    public static bool IsNumberWord(string name) => NumberWords.Contains(name, StringComparer.Ordinal);

    /// <summary>Returns true for labels such as "Year" or "Version". A row with such a label contains no figure.</summary>
    public static bool IsMetadataWord(string name) => MetadataWords.Contains(name, StringComparer.Ordinal);

    /// <summary>Returns true for labels of a cell that states the period of the sheet.</summary>
    public static bool IsPeriodWord(string name) => PeriodNames.Contains(name, StringComparer.Ordinal);

    public static bool IsNoteWord(string name) => NoteWords.Contains(name, StringComparer.Ordinal);

    private void Add(IReadOnlyList<FormTable> added)
    {
        foreach (var table in added)
        {
            foreach (var name in table.Names)
            {
                if (!_titles.TryGetValue(name, out var tables))
                {
                    _titles.Add(name, tables = []);
                }

                tables.Add(table);
            }

            _known.UnionWith(table.Names.Concat(table.Rows.Concat(table.Columns).SelectMany(member => member.Names)));
            _rows.Add(table, Index(table.Rows));
            _columns.Add(table, Index(table.Columns));
            _similarTables.Add(table, [.. added.Where(other => other != table && SharesRow(table, other))]);
        }
    }

    private static string WordsOf(string text) => string.Join(' ', Label.SplitWords(text));

    private static string LettersOf(string text) => new([.. text.Where(char.IsLetter)]);

    private static bool SharesRow(FormTable table, FormTable other) =>
        table.Rows.Where(row => !row.IsTotal).SelectMany(row => row.Names).Intersect(other.Rows.Where(row => !row.IsTotal).SelectMany(row => row.Names)).Any();

    private static Dictionary<string, int> Index(IReadOnlyList<Member> members)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < members.Count; i++)
        {
            foreach (var name in members[i].Names)
            {
                index[name] = i;
            }
        }

        return index;
    }
}
