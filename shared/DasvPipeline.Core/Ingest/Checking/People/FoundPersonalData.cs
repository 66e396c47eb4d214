using DasvPipeline.Core.Ingest.Reading;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>The personal data found on one sheet: the cells of each kind, without their content.</summary>
internal sealed class FoundPersonalData(Sheet sheet)
{
    private static readonly PersonalKind[] Kinds = [.. Enum.GetValues<PersonalKind>().Where(kind => kind != PersonalKind.None)];

    private readonly Dictionary<PersonalKind, SortedSet<(int Row, int Column)>> _cells = [];

    public Sheet Sheet => sheet;

    /// <summary>The first cell of each row or column that is about one person.</summary>
    public IReadOnlyList<(int Row, int Column)> Records { get; set; } = [];

    /// <summary>The cells with a text that is only likely to name a person.</summary>
    public List<(int Row, int Column)> LikelyNames { get; } = [];

    public bool AreRecordsColumns { get; set; }

    public void Add(PersonalKind kinds, int row, int column)
    {
        foreach (var kind in Kinds)
        {
            if ((kinds & kind) != 0)
            {
                if (!_cells.TryGetValue(kind, out var cells))
                {
                    _cells.Add(kind, cells = []);
                }

                cells.Add((row, column));
            }
        }
    }

    public IEnumerable<(PersonalKind Kind, IReadOnlyCollection<(int Row, int Column)> Cells)> ByKind() =>
        Kinds.Where(_cells.ContainsKey).Select(kind => (kind, (IReadOnlyCollection<(int, int)>)_cells[kind]));
}
