using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>
/// The area whose figures a table holds, where they are all of one: agencies show other areas beside their own, as the
/// annual report does, and those figures are not this table's.
/// </summary>
internal sealed class TableAreas(IReadOnlyDictionary<string, Dimension> dimensions)
{
    private readonly Dictionary<FormTable, AreaId?> _areaOf = [];
    private readonly Dictionary<string, string> _named = Named(dimensions);

    /// <summary>The row that the table's area makes.</summary>
    public Member Of(FormTable table)
    {
        var codes = dimensions.TryGetValue(Dimension.Area, out var areas) ? areas.Codes : [];
        var code = AreaOf(table) is { } area ? codes.FirstOrDefault(code => code.Id == area.Value) : null;
        return code is null
            ? new Member(table.Title, [], Coordinates.None, IsTotal: false)
            : new Member(code.Label, [.. code.Aliases.Prepend(code.Label).Select(Label.Normalise).Distinct()], Coordinates.None, IsTotal: false);
    }

    /// <summary>The name is that of an area, and not of this table's one.</summary>
    public bool IsOther(FormTable table, string name) =>
        name.Length > 0 && _named.TryGetValue(name, out var code) && AreaOf(table) is { } area && area.Value != code;

    /// <summary>All its figures are of the whole of the Partnership's area.</summary>
    public bool IsWhole(FormTable table) => AreaOf(table) == AreaId.All;

    /// <summary>Null where its figures are of several areas.</summary>
    private AreaId? AreaOf(FormTable table)
    {
        if (!_areaOf.TryGetValue(table, out var area))
        {
            var areas = table.Cells.Select(cell => cell.Key.Area).Distinct().Take(2).ToList();
            _areaOf.Add(table, area = areas is [var only] ? only : null);
        }

        return area;
    }

    private static Dictionary<string, string> Named(IReadOnlyDictionary<string, Dimension> dimensions)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in dimensions.TryGetValue(Dimension.Area, out var areas) ? areas.Codes : [])
        {
            foreach (var word in code.Aliases.Prepend(code.Label))
            {
                named.TryAdd(Label.Normalise(word), code.Id);
            }
        }

        return named;
    }
}
