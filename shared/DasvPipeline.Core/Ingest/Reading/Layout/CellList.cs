using System.Globalization;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>Cells of a sheet to list in a finding. It keeps the first and the number of the others, because a file can have a million.</summary>
internal sealed class CellList
{
    private const int Listed = 8;

    private readonly List<CellRef> _first = new(Listed);

    public int Count { get; private set; }

    public CellRef First => _first[0];

    public void Add(CellRef cell)
    {
        Count++;
        if (_first.Count < Listed)
        {
            _first.Add(cell);
        }
    }

    /// <summary>"C4, C5 and 7 more"</summary>
    public override string ToString() =>
        string.Join(", ", _first.Select(at => at.Address)) + (Count > _first.Count ? string.Create(CultureInfo.InvariantCulture, $" and {Count - _first.Count} more") : string.Empty);
}
