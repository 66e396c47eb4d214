using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Read;

/// <summary>What the labels on a sheet can mean for one form.</summary>
internal sealed class FormLabels
{
    private static readonly string[] TotalWords = ["total", "totals", "grand total", "overall total", "year total", "year to date", "all"];
    private static readonly string[] NumberWords = ["number", "numbers", "count", "value", "figure", "figures", "measure", "no", "%", "percentage", "rate", "amount"];
    private static readonly string[] AboutWords = ["year", "financial year", "quarter", "period", "month", "date", "version", "form version"];
    private static readonly string[] NoteWords = ["note", "notes", "comment", "comments", "explanation"];

    private readonly Dictionary<string, List<FormTable>> _titles = new(StringComparer.Ordinal);
    private readonly Dictionary<FormTable, Dictionary<string, int>> _rows = [];
    private readonly Dictionary<FormTable, Dictionary<string, int>> _columns = [];
    private readonly Dictionary<FormTable, List<FormTable>> _alike = [];
    private readonly TableAreas _areas;

    public FormLabels(Form form, IReadOnlyDictionary<string, Dimension> dimensions)
    {
        Form = form;
        _areas = new TableAreas(dimensions);
        Add(form.Tables);
    }

    public Form Form { get; }

    public int? RowOf(FormTable table, string name) => _rows[table].TryGetValue(name, out var row) ? row : null;

    /// <summary>
    /// A list may be shown as a table for each of its rows: the row's label is the title, and beneath it stand the figures
    /// under their periods, beside the name of the table's area or beside nothing.
    /// </summary>
    public IReadOnlyList<FormTable> PartsOf(FormTable table)
    {
        var parts = table.Rows.Select((row, index) => (Row: row, Cell: table[index, 0])).Where(item => item.Cell is not null)
            .Select(item => new FormTable(table.Id, item.Row.Label, item.Row.Names, [_areas.Of(table)], table.Columns, null, [item.Cell])).ToList();
        Add(parts);
        return parts;
    }

    /// <summary>The figures of this table are all of one area, and the name is that of another.</summary>
    public bool IsOfAnotherArea(FormTable table, string name) => _areas.IsOther(table, name);

    public bool IsOfWholeArea(FormTable table) => _areas.IsWhole(table);

    public int? ColumnOf(FormTable table, string name) => _columns[table].TryGetValue(name, out var column) ? column : null;

    public bool IsAnyRow(string name) => _rows.Values.Any(rows => rows.ContainsKey(name));

    /// <summary>Only its title tells it from another table.</summary>
    public bool IsLikeAnother(FormTable table) => _alike[table].Count > 0;

    public bool IsAnyTitle(string name) => _titles.ContainsKey(name);

    public bool IsTitleOf(FormTable table, string name) => _titles.TryGetValue(name, out var tables) && tables.Contains(table);

    /// <summary>
    /// The name is a title of another table that this one could be taken for, because they have a row label in common; a
    /// table with labels of its own is not told by its title.
    /// </summary>
    public bool IsTitleOfAnother(FormTable table, string name) =>
        _titles.TryGetValue(name, out var tables) && !tables.Contains(table) && _alike[table].Exists(tables.Contains);

    /// <summary>The name labels a row of another table, and nothing in this one.</summary>
    public bool IsRowOfAnother(FormTable table, string name) =>
        IsAnyRow(name) && !IsTotal(name) && !_rows[table].ContainsKey(name) && !_columns[table].ContainsKey(name) && !IsTitleOf(table, name);

    /// <summary>The name is a row label, or the title of a table that has nothing in common with this one.</summary>
    public bool BelongsElsewhere(FormTable table, string name) =>
        (IsAnyRow(name) && !IsTotal(name)) || (_titles.TryGetValue(name, out var tables) && !tables.Contains(table) && !_alike[table].Exists(tables.Contains));

    public static bool IsTotal(string name) => TotalWords.Contains(name, StringComparer.Ordinal);

    public static bool IsNumberWord(string name) => NumberWords.Contains(name, StringComparer.Ordinal);

    /// <summary>A row above a table with such a label says when or with what, and holds no figure.</summary>
    public static bool IsAboutWord(string name) => AboutWords.Contains(name, StringComparer.Ordinal);

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

            _rows.Add(table, Index(table.Rows));
            _columns.Add(table, Index(table.Columns));
            _alike.Add(table, [.. added.Where(other => other != table && SharesRow(table, other))]);
        }
    }

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
