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

    public FormLabels(Form form)
    {
        Form = form;
        foreach (var table in form.Tables)
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
        }

        foreach (var table in form.Tables)
        {
            _alike.Add(table, [.. form.Tables.Where(other => other != table && SharesRow(table, other))]);
        }
    }

    public Form Form { get; }

    public int? RowOf(FormTable table, string name) => _rows[table].TryGetValue(name, out var row) ? row : null;

    public int? ColumnOf(FormTable table, string name) => _columns[table].TryGetValue(name, out var column) ? column : null;

    public bool IsAnyRow(string name) => _rows.Values.Any(rows => rows.ContainsKey(name));

    public bool IsTitleOf(FormTable table, string name) => _titles.TryGetValue(name, out var tables) && tables.Contains(table);

    /// <summary>
    /// The name is a title of another table that this one could be taken for, because they have a row label in common; a
    /// table with labels of its own is not told by its title.
    /// </summary>
    public bool IsTitleOfAnother(FormTable table, string name) =>
        _titles.TryGetValue(name, out var tables) && !tables.Contains(table) && _alike[table].Exists(tables.Contains);

    /// <summary>The name is a row label, or the title of a table that has nothing in common with this one.</summary>
    public bool BelongsElsewhere(FormTable table, string name) =>
        (IsAnyRow(name) && !IsTotal(name)) || (_titles.TryGetValue(name, out var tables) && !tables.Contains(table) && !_alike[table].Exists(tables.Contains));

    public static bool IsTotal(string name) => TotalWords.Contains(name, StringComparer.Ordinal);

    public static bool IsNumberWord(string name) => NumberWords.Contains(name, StringComparer.Ordinal);

    /// <summary>A row above a table with such a label says when or with what, and holds no figure.</summary>
    public static bool IsAboutWord(string name) => AboutWords.Contains(name, StringComparer.Ordinal);

    public static bool IsNoteWord(string name) => NoteWords.Contains(name, StringComparer.Ordinal);

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
