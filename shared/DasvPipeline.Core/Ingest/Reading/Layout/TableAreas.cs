using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>
/// Finds the area of a table whose figures all have the same area. Agencies may show other areas next to their own, as
/// the annual report does. Those figures do not belong to the table.
/// </summary>
internal sealed class TableAreas(IReadOnlyDictionary<string, Dimension> dimensions)
{
    private readonly Dictionary<FormTable, AreaId?> _areaOf = [];
    private readonly Dictionary<string, string> _codeByName = IndexNames(dimensions);

    /// <summary>Returns a row labelled with the area of the table.</summary>
    public Member CreateAreaRow(FormTable table)
    {
        var codes = dimensions.TryGetValue(Dimension.Area, out var areas) ? areas.Codes : [];
        var code = AreaOf(table) is { } area ? codes.FirstOrDefault(code => code.Id == area.Value) : null;
        return code is null
            ? new Member(table.Title, [], Coordinates.None, IsTotal: false)
            : new Member(code.Label, [.. code.Aliases.Prepend(code.Label).Select(Label.Normalise).Distinct()], Coordinates.None, IsTotal: false);
    }

    /// <summary>Returns true if the name is that of another area.</summary>
    public bool IsOtherArea(FormTable table, string name) =>
        name.Length > 0 && _codeByName.TryGetValue(name, out var code) && AreaOf(table) is { } area && area.Value != code;

    /// <summary>Returns true if the name is that of the table's area.</summary>
    public bool IsOwnArea(FormTable table, string name) =>
        name.Length > 0 && _codeByName.TryGetValue(name, out var code) && AreaOf(table) is { } area && area.Value == code;

    /// <summary>Returns true if all figures of the table are for the whole of the Partnership's area.</summary>
    public bool CoversWholeArea(FormTable table) => AreaOf(table) == AreaId.All;

    /// <summary>Returns the area of the table, or null if its figures are for several areas.</summary>
    private AreaId? AreaOf(FormTable table)
    {
        if (!_areaOf.TryGetValue(table, out var area))
        {
            var areas = table.Cells.Select(cell => cell.Key.Area).Distinct().Take(2).ToList();
            _areaOf.Add(table, area = areas is [var onlyArea] ? onlyArea : null);
        }

        return area;
    }

    private static Dictionary<string, string> IndexNames(IReadOnlyDictionary<string, Dimension> dimensions)
    {
        var codeByName = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in dimensions.TryGetValue(Dimension.Area, out var areas) ? areas.Codes : [])
        {
            foreach (var word in code.Aliases.Prepend(code.Label))
            {
                codeByName.TryAdd(Label.Normalise(word), code.Id);
            }
        }

        return codeByName;
    }
}
