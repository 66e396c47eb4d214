using System.Runtime.CompilerServices;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>
/// Finds a figure of the form by the words in a row of the long layout: a measure, and a code in each dimension that has
/// a column. An index is built once for a form and its columns, because indexing takes longer than reading a file.
/// </summary>
internal sealed class ListIndex
{
    /// <summary>The latest index of each form. The columns come from agencies' files, so only one set of them is kept.</summary>
    private static readonly ConditionalWeakTable<Form, ListIndex> Latest = [];

    private readonly Form _form;
    private readonly IReadOnlyList<Dimension> _columns;
    private readonly Dictionary<string, int> _measures = new(StringComparer.Ordinal);
    private readonly List<Coordinates> _meanings = [];
    private readonly Dictionary<long, FormCell> _cells = [];

    private ListIndex(Form form, IReadOnlyList<Dimension> columns)
    {
        (_form, _columns) = (form, columns);
        Words = [.. columns.Select(WordsOf)];
        IndexCells();
        IndexRowLabels();
    }

    /// <summary>For each column, the accepted words for its codes and the position of each code.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, int>> Words { get; }

    public IEnumerable<string> MeasureLabels => _form.Cells.Select(cell => cell.Measure.Label).Distinct();

    public IEnumerable<string> MeasureAliases => _form.Cells.SelectMany(cell => cell.Measure.Aliases).Distinct();

    public static ListIndex Get(Form form, IReadOnlyList<Dimension> columns)
    {
        if (Latest.TryGetValue(form, out var latest) && latest._columns.SequenceEqual(columns))
        {
            return latest;
        }

        var index = new ListIndex(form, columns);
        Latest.AddOrUpdate(form, index);
        return index;
    }

    /// <summary>Returns the index of the measure that a word means, or -1 if the word is unknown.</summary>
    public int MeasureOf(string word) => _measures.TryGetValue(word, out var index) ? index
        : _measures.TryGetValue(Label.Normalise(word), out index) ? index
        : -1;

    /// <summary>Combines the measure and the codes of a row into a key. A blank code is 0.</summary>
    public long KeyOf(long measure, ReadOnlySpan<int> codes)
    {
        var key = measure;
        for (var i = 0; i < codes.Length; i++)
        {
            key = (key * (_columns[i].Codes.Length + 1)) + codes[i];
        }

        return key;
    }

    /// <summary>Returns the form's figure with a key, or null if the form asks for none or for several.</summary>
    public FormCell? Find(long key) => _cells.TryGetValue(key, out var cell) ? cell : FindOnly(key);

    /// <summary>Indexes the words for the codes of a dimension, counted from 1. 0 means "not broken down", or the whole area.</summary>
    private static Dictionary<string, int> WordsOf(Dimension dimension)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < dimension.Codes.Length; i++)
        {
            var code = dimension.Codes[i];
            foreach (var word in code.Aliases.Prepend(code.Label).Prepend(code.Id))
            {
                words.TryAdd(Label.Normalise(word), PositionOf(dimension, i));
            }
        }

        return words;
    }

    private static int PositionOf(Dimension dimension, int code) =>
        dimension.Id == Dimension.Area && dimension.Codes[code].Id == AreaId.All.Value ? 0 : code + 1;

    private void IndexCells()
    {
        var positions = _columns.Select(column => column.Codes.Select((code, i) => (code.Id, Position: PositionOf(column, i))).ToDictionary(pair => pair.Id, pair => pair.Position)).ToList();
        var codes = new int[_columns.Count];
        foreach (var cell in _form.Cells)
        {
            for (var i = 0; i < codes.Length; i++)
            {
                codes[i] = CodeOf(cell, _columns[i].Id) is { } code ? positions[i][code] : 0;
            }

            var measure = MeaningOf(
                new Coordinates(cell.Key.Measure, Coordinates.None.Codes), [cell.Key.Measure.Value, cell.Measure.Label, .. cell.Measure.Aliases]);
            _cells[KeyOf(measure, codes)] = cell;
        }
    }

    /// <summary>
    /// Indexes row labels such as "Female" that mean a measure and codes together. Labels in more than one row are left out.
    /// </summary>
    private void IndexRowLabels()
    {
        var rows = _form.Tables.SelectMany(table => table.Rows.Select((row, i) => (Row: row, Cell: table[i, 0], table.IsList)))
            .Where(item => item.Cell is not null && (item.IsList || item.Row.Coordinates.Measure is not null)).ToList();
        var shared = rows.SelectMany(item => item.Row.Names).GroupBy(name => name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (row, cell, _) in rows)
        {
            MeaningOf(
                row.Coordinates with { Measure = cell!.Key.Measure },
                row.Names.Where(name => !_measures.ContainsKey(name) && !shared.Contains(name)));
        }
    }

    private int MeaningOf(Coordinates coordinates, IEnumerable<string> words)
    {
        var index = -1;
        foreach (var word in words)
        {
            var name = _measures.ContainsKey(word) ? word : Label.Normalise(word);
            if (_measures.TryGetValue(name, out var known))
            {
                index = known;
                continue;
            }

            if (index < 0)
            {
                index = _meanings.Count;
                _meanings.Add(coordinates);
            }

            _measures.Add(name, index);
        }

        return index;
    }

    private static string? CodeOf(FormCell cell, string dimension) =>
        dimension == Dimension.Area ? cell.Key.Area.Value : cell.Key.Breakdown[dimension];

    /// <summary>Returns the only figure of the form that matches the row. A row need not name the area if the form has only one.</summary>
    private FormCell? FindOnly(long key)
    {
        var wanted = new List<(string Dimension, string Code)>();
        foreach (var column in _columns.Reverse())
        {
            var size = column.Codes.Length + 1;
            if (key % size is var code and > 0)
            {
                wanted.Add((column.Id, column.Codes[(int)code - 1].Id));
            }

            key /= size;
        }

        var meaning = _meanings[(int)key];
        wanted.AddRange(meaning.Codes.Select(code => (code.Key, code.Value)));
        var matches = _form.Cells.Where(cell => cell.Key.Measure == meaning.Measure
            && wanted.TrueForAll(code => CodeOf(cell, code.Dimension) == code.Code)).Take(2).ToList();
        return matches.Count == 1 ? matches[0] : null;
    }
}
