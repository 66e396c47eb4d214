using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Read;

/// <param name="Known">Every word for a code, and the code's number: from 1, 0 being "not broken down by it".</param>
internal sealed record ListBreakdown(int Column, Dimension Dimension, Dictionary<string, int> Known);

/// <summary>
/// Which figure of a form a row of a list speaks of. A row's key is its measure's number and those of its codes, so that
/// the figures asked for are found without a comparison.
/// </summary>
internal sealed class ListIndex
{
    private readonly Form _form;
    private readonly IReadOnlyList<ListBreakdown> _breakdowns;
    private readonly Dictionary<string, int> _measures = new(StringComparer.Ordinal);
    private readonly List<Coordinates> _meanings = [];
    private readonly Dictionary<long, FormCell?> _cells = [];

    /// <summary>Every figure of the form under the key its row would have, and every word by which a measure is known.</summary>
    public ListIndex(Form form, IReadOnlyList<ListBreakdown> breakdowns)
    {
        (_form, _breakdowns) = (form, breakdowns);
        foreach (var cell in _form.Cells)
        {
            var meaning = MeaningOf(new Coordinates(cell.Key.Measure, Coordinates.None.Codes), [cell.Key.Measure.Value, cell.Measure.Label, .. cell.Measure.Aliases]);
            _cells[KeyOf(meaning, cell)] = cell;
        }

        // A row's own label says which figure it is, unless rows of two tables have it.
        var rows = _form.Tables.SelectMany(table => table.Rows.Select((row, index) => (Row: row, Cell: table[index, 0])
            ).Where(item => item.Cell is not null && (table.IsList || item.Row.Coordinates.Measure is not null))).ToList();
        var shared = rows.SelectMany(item => item.Row.Names).GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (row, cell) in rows)
        {
            MeaningOf(row.Coordinates with { Measure = cell!.Key.Measure }, row.Names.Where(name => !_measures.ContainsKey(name) && !shared.Contains(name)));
        }
    }

    /// <summary>Which measure a word means; below 0 for none. Words are looked up once, however many rows have them.</summary>
    public int MeaningOf(string word)
    {
        if (!_measures.TryGetValue(word, out var index))
        {
            index = _measures.TryGetValue(Label.Normalise(word), out var found) ? found : -1;
            _measures.Add(word, index);
        }

        return index;
    }

    /// <summary>The figure a row speaks of; null where the form asks for none or several such.</summary>
    public FormCell? Find(int meaning, long key)
    {
        if (!_cells.TryGetValue(key, out var asked))
        {
            _cells.Add(key, asked = FindOnly(meaning, key));
        }

        return asked;
    }

    /// <summary>The key with one more breakdown's code.</summary>
    public static long With(long key, Dimension dimension, int code) => (key * (dimension.Codes.Length + 1)) + code;

    private int MeaningOf(Coordinates coordinates, IEnumerable<string> words)
    {
        var index = -1;
        foreach (var word in words.Select(Label.Normalise))
        {
            if (_measures.TryGetValue(word, out var known))
            {
                index = known;
                continue;
            }

            if (index < 0)
            {
                index = _meanings.Count;
                _meanings.Add(coordinates);
            }

            _measures.Add(word, index);
        }

        return index;
    }

    private long KeyOf(int meaning, FormCell cell)
    {
        long key = meaning;
        foreach (var (_, dimension, known) in _breakdowns)
        {
            var code = dimension.Id == Dimension.Area ? cell.Key.Area.Value : cell.Key.Breakdown[dimension.Id];
            key = With(key, dimension, code is null ? 0 : known[Label.Normalise(code)]);
        }

        return key;
    }

    /// <summary>The one figure of the form that has all that the row says; a form for one area need not have it named.</summary>
    private FormCell? FindOnly(int meaning, long key)
    {
        var wanted = _meanings[meaning];
        var codes = new List<(string Dimension, string Code)>(wanted.Codes.Select(code => (code.Key, code.Value)));
        foreach (var (_, dimension, _) in Enumerable.Reverse(_breakdowns))
        {
            var size = dimension.Codes.Length + 1;
            var code = (int)(key % size);
            key /= size;
            if (code > 0)
            {
                codes.Add((dimension.Id, dimension.Codes[code - 1].Id));
            }
        }

        var matches = _form.Cells.Where(cell => cell.Key.Measure == wanted.Measure
            && codes.TrueForAll(code => (code.Dimension == Dimension.Area ? cell.Key.Area.Value : cell.Key.Breakdown[code.Dimension]) == code.Code)).Take(2).ToList();
        return matches.Count == 1 ? matches[0] : null;
    }
}
