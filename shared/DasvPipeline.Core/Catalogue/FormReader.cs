using System.Collections.Immutable;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Catalogue;

/// <summary>Reads one return's form and works out which figure each cell of its tables stands for.</summary>
internal sealed class FormReader(
    IReadOnlyDictionary<string, Dimension> dimensions,
    IReadOnlyDictionary<MeasureId, Measure> measures,
    Mistakes mistakes)
{
    /// <summary>The single column of a list, which needs no label.</summary>
    private static readonly Member OnlyColumn = new("Number", [], Coordinates.None, IsTotal: false);

    private readonly HashSet<FigureKey> _keys = [];
    private int _cells;

    public Form Read(YamlMap map)
    {
        var id = new ReturnId(new AgencyId(map.Id("agency")), map.Id("return"));
        var every = map.Choice("every", Every.Quarter, ("quarter", Every.Quarter), ("year", Every.Year));
        var title = map.Text("title");
        var from = ReadFrom(map, every);
        var due = map.Whole("dueWorkingDays", 20);
        var version = map.Whole("version", 1);
        var guidance = map.OptionalText("guidance");
        var tables = map.Maps("tables").Select(ReadTable).ToImmutableArray();
        if (tables.IsEmpty)
        {
            mistakes.Add(map.Place, "the form has no tables.");
        }

        foreach (var twice in tables.GroupBy(table => table.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            mistakes.Add(map.PlaceOf("tables"), $"the table '{twice.Key}' is there twice.");
        }

        map.Done();
        return new Form(id, title, every, from, due, version, guidance, tables);
    }

    private Period ReadFrom(YamlMap map, Every every)
    {
        if (!Period.TryParse(map.Text("from"), out var from))
        {
            mistakes.Add(map.PlaceOf("from"), "'from' must be a period: 2019-20 or 2019-20-Q1.");
        }

        return from.IsYear && every == Every.Quarter && from != default ? from.InQuarter(1) : from;
    }

    private FormTable ReadTable(YamlMap map)
    {
        var id = map.Id("id");
        var title = map.Text("title");
        var names = Names([title, .. map.Texts("aliases")]);
        var guidance = map.OptionalText("guidance");
        var rows = map.Maps("rows").Select(ReadMember).OfType<Member>().ToImmutableArray();
        var columns = map.Has("columns") ? map.Maps("columns").Select(ReadMember).OfType<Member>().ToImmutableArray() : [OnlyColumn];
        var fixedCoordinates = ReadCoordinates(map);
        if (fixedCoordinates.Measure is { } only && measures.TryGetValue(only, out var measure))
        {
            names = [.. names.Concat(Names([measure.Label, .. measure.Aliases])).Distinct(StringComparer.Ordinal)];
        }

        if (rows.IsEmpty || columns.IsEmpty)
        {
            mistakes.Add(map.Place, $"the table '{id}' has no rows or no columns.");
        }

        CheckUnique(rows, map, "rows");
        CheckUnique(columns, map, "columns");
        var cells = new FormCell?[rows.Length * columns.Length];
        var table = new FormTable(id, title, names, rows, columns, guidance, cells);
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < columns.Length; column++)
            {
                cells[(row * columns.Length) + column] = CellOf(table, row, column, fixedCoordinates, map);
            }
        }

        return table;
    }

    private FormCell? CellOf(FormTable table, int row, int column, Coordinates fixedCoordinates, YamlMap map)
    {
        var (down, across) = (table.Rows[row], table.Columns[column]);
        if (down.IsTotal || across.IsTotal)
        {
            return null;
        }

        var where = $"the cell '{down.Label}' by '{across.Label}' of the table '{table.Id}'";
        if (down.Coordinates.And(across.Coordinates)?.And(fixedCoordinates) is not { } coordinates)
        {
            mistakes.Add(map.Place, $"{where} has two measures, or two codes of one dimension.");
            return null;
        }

        if (coordinates.Measure is not { } id || !measures.TryGetValue(id, out var measure))
        {
            if (coordinates.Measure is null)
            {
                mistakes.Add(map.Place, $"{where} has no measure.");
            }

            return null;
        }

        var area = coordinates.Codes.TryGetValue(Dimension.Area, out var code) ? new AreaId(code) : AreaId.All;
        var key = new FigureKey(id, area, Breakdown.Of(coordinates.Codes.Remove(Dimension.Area)));
        if (!_keys.Add(key))
        {
            mistakes.Add(map.Place, $"{where} stands for the same figure as another cell ({key}).");
        }

        return new FormCell(_cells++, table, row, column, key, measure);
    }

    private Member? ReadMember(YamlMap map)
    {
        var label = map.OptionalText("label");
        var aliases = map.Texts("aliases");
        if (map.OptionalText("total") is { } total)
        {
            map.Done();
            return new Member(total, Names([total, .. aliases]), Coordinates.None, IsTotal: true);
        }

        var place = map.Place;
        var coordinates = ReadCoordinates(map, isMember: true);
        var known = KnownNames(coordinates);
        if (label is null && known.Count == 0)
        {
            mistakes.Add(place, "a row or column needs a 'label', or one measure or code that has one.");
            return null;
        }

        var shown = label ?? known[0];
        return new Member(shown, Names([shown, .. aliases, .. known]), coordinates, IsTotal: false);
    }

    /// <summary>The labels of the one measure or code that a member stands for; a member that stands for several needs its own.</summary>
    private List<string> KnownNames(Coordinates coordinates)
    {
        if (coordinates is { Measure: { } id, Codes.Count: 0 } && measures.TryGetValue(id, out var measure))
        {
            return [measure.Label, .. measure.Aliases];
        }

        if (coordinates is { Measure: null, Codes.Count: 1 })
        {
            var (dimension, code) = coordinates.Codes.First();
            if (dimensions.TryGetValue(dimension, out var list) && list.Find(code) is { } found)
            {
                return [found.Label, .. found.Aliases];
            }
        }

        return [];
    }

    private Coordinates ReadCoordinates(YamlMap map, bool isMember = false)
    {
        MeasureId? measure = null;
        var measurePlace = map.PlaceOf("measure");
        if (map.OptionalText("measure") is { } id)
        {
            measure = new MeasureId(id);
            if (!measures.ContainsKey(measure.Value))
            {
                mistakes.AddUnknown(measurePlace, "measure", id, measures.Keys.Select(known => known.Value));
            }
        }

        var codes = Coordinates.None.Codes;
        foreach (var (dimension, code, place) in map.Rest())
        {
            if (!dimensions.TryGetValue(dimension, out var list))
            {
                mistakes.AddUnknown(place, "dimension", dimension, [.. dimensions.Keys, "label", "aliases", "total", "measure", "guidance"]);
            }
            else if (list.Find(code) is null)
            {
                mistakes.AddUnknown(place, $"code in '{dimension}'", code, list.Codes.Select(item => item.Id));
            }
            else
            {
                codes = codes.SetItem(dimension, code);
            }
        }

        if (isMember && measure is null && codes.IsEmpty)
        {
            mistakes.Add(map.Place, "a row or column must name a measure, a code, or 'total'.");
        }

        map.Done();
        return new Coordinates(measure, codes);
    }

    private void CheckUnique(ImmutableArray<Member> members, YamlMap map, string key)
    {
        foreach (var twice in members.SelectMany(member => member.Names).GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            mistakes.Add(map.PlaceOf(key), $"the label '{twice.Key}' stands for two {key}.");
        }
    }

    private static ImmutableArray<string> Names(IEnumerable<string> labels) =>
        [.. labels.Select(Label.Normalise).Distinct(StringComparer.Ordinal)];
}
