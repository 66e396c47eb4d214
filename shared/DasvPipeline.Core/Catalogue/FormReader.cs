using System.Collections.Immutable;
using System.Globalization;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>Reads the form of one return, as it is in one period, and assigns a figure to each cell of its tables.</summary>
/// <param name="period">The first period with the form. Tables, rows and columns that do not apply then are left out.</param>
internal sealed class FormReader(
    IReadOnlyDictionary<string, Dimension> dimensions,
    IReadOnlyDictionary<MeasureId, Measure> measures,
    Mistakes mistakes,
    Period period)
{
    /// <summary>The single column of a list. It needs no label.</summary>
    private static readonly Member OnlyColumn = new("Number", [], Coordinates.None, IsTotal: false);

    private readonly HashSet<FigureKey> _keys = [];
    private int _cells;

    /// <param name="every">How often the return is due.</param>
    /// <param name="until">The last period with the form; null if it has no end.</param>
    public Form Read(YamlMap map, Frequency every, Period? until)
    {
        var id = new ReturnId(new AgencyId(map.Text("agency")), map.Text("return"));
        var title = map.Text("title");
        var due = map.WholeNumber("dueWorkingDays", 20);
        var version = map.WholeNumber("version", 1);
        var guidance = map.OptionalText("guidance");
        var before = mistakes.Count;
        var tables = map.Maps("tables").Where(IsInForm).Select(ReadTable).Where(table => !table.Rows.IsEmpty && !table.Columns.IsEmpty).ToImmutableArray();
        if (tables.IsEmpty && map.Has("tables") && mistakes.Count == before)
        {
            mistakes.Add(map.Location, $"the form has no tables in {period}. If the return is not due then, use 'from' and 'until'.");
        }

        foreach (var duplicate in tables.GroupBy(table => table.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            mistakes.Add(map.LocationOf("tables"), $"the table '{duplicate.Key}' appears twice.");
        }

        return new Form(id, title, every, period, due, version, guidance, tables) { Symbols = ReadSymbols(map), LastPeriod = until, Extensions = ReadExtensions(map) };
    }

    /// <summary>Reads the later due dates of single periods.</summary>
    private ImmutableDictionary<Period, DateOnly> ReadExtensions(YamlMap map)
    {
        var extensions = ImmutableDictionary.CreateBuilder<Period, DateOnly>();
        foreach (var item in map.Maps("extensions"))
        {
            if (!DateOnly.TryParseExact(item.Text("due"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var due))
            {
                mistakes.Add(item.LocationOf("due"), $"'due' is '{item.Text("due")}'. It must be a day, such as 2020-08-31.");
            }
            else if (item.ReadPeriod("period", mistakes) is { } extended)
            {
                extensions[extended] = due; // the last one counts, so that an extension can be extended
            }
        }

        return extensions.ToImmutable();
    }

    /// <summary>Reads what an agency's own signs mean: a marker such as [x], or 0.</summary>
    private ImmutableDictionary<string, Figure> ReadSymbols(YamlMap map)
    {
        var symbols = ImmutableDictionary.CreateBuilder<string, Figure>(StringComparer.Ordinal);
        foreach (var item in map.Maps("symbols"))
        {
            var marker = item.Choice("means", Markers.None, ("[x]", Markers.NotAvailable), ("[z]", Markers.NotApplicable), ("[c]", Markers.Confidential), ("0", Markers.None));
            var figure = marker == Markers.None ? new Figure(0) : new Figure(null, marker);
            foreach (var text in item.Texts("text"))
            {
                if (!symbols.TryAdd(text.Trim().ToLowerInvariant(), figure))
                {
                    mistakes.Add(item.Location, $"the symbol '{text}' appears twice.");
                }
            }
        }

        return symbols.ToImmutable();
    }

    private bool IsInForm(YamlMap map) => map.ReadValidity(mistakes).Includes(period);

    private FormTable ReadTable(YamlMap map)
    {
        var id = map.Text("id");
        var title = map.Text("title");
        var names = Names([title, .. map.Texts("aliases")]);
        var guidance = map.OptionalText("guidance");
        var scale = map.WholeNumber("scale", 1);
        var ignored = map.Texts("ignore").Select(Label.Normalise).ToImmutableHashSet(StringComparer.Ordinal);
        var located = ReadMembers(map, "rows");
        var rows = located.Select(item => item.Member).ToImmutableArray();
        var columns = map.Has("columns") ? ReadMembers(map, "columns").Select(item => item.Member).ToImmutableArray() : [OnlyColumn];
        var fixedCoordinates = ReadCoordinates(map);
        if (fixedCoordinates.Measure is { } only && measures.TryGetValue(only, out var measure))
        {
            names = [.. names.Concat(Names([measure.Label, .. measure.Aliases])).Distinct(StringComparer.Ordinal)];
        }

        var cells = new FormCell?[rows.Length * columns.Length];
        var table = new FormTable(id, title, names, rows, columns, guidance, cells) { Scale = scale, Ignored = ignored };
        foreach (var name in rows.Concat(columns).SelectMany(member => member.Names).Where(ignored.Contains).Distinct())
        {
            mistakes.Add(map.LocationOf("ignore"), $"the label '{name}' is ignored, but the table '{id}' asks for it.");
        }

        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < columns.Length; column++)
            {
                cells[(row * columns.Length) + column] = CellOf(table, row, column, fixedCoordinates, located[row].Place);
            }
        }

        return table;
    }

    private FormCell? CellOf(FormTable table, int row, int column, Coordinates fixedCoordinates, SourceLocation place)
    {
        var (rowMember, columnMember) = (table.Rows[row], table.Columns[column]);
        if (rowMember.IsTotal || columnMember.IsTotal)
        {
            return null;
        }

        var cellName = $"the cell '{rowMember.Label}' by '{columnMember.Label}' of the table '{table.Id}'";
        if (rowMember.Coordinates.Merge(columnMember.Coordinates)?.Merge(fixedCoordinates) is not { } coordinates)
        {
            mistakes.Add(place, $"{cellName} has two measures, or two codes of one dimension.");
            return null;
        }

        if (coordinates.Measure is not { } id || !measures.TryGetValue(id, out var measure))
        {
            if (coordinates.Measure is null)
            {
                mistakes.Add(place, $"{cellName} has no measure.");
            }

            return null;
        }

        var area = coordinates.Codes.TryGetValue(Dimension.Area, out var code) ? new AreaId(code) : AreaId.All;
        var key = new FigureKey(id, area, Breakdown.Create(coordinates.Codes.Remove(Dimension.Area)));
        if (!_keys.Add(key))
        {
            mistakes.Add(place, $"{cellName} is the same figure as another cell ({key}).");
        }

        return new FormCell(_cells++, table, row, column, key, measure);
    }

    private ImmutableArray<(Member Member, SourceLocation Place)> ReadMembers(YamlMap map, string key)
    {
        var members = ImmutableArray.CreateBuilder<(Member Member, SourceLocation Place)>();
        var (seen, absent) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var item in map.Maps(key))
        {
            var isInForm = IsInForm(item);
            if (ReadMember(item) is not { } member)
            {
                continue;
            }

            if (!isInForm)
            {
                absent.UnionWith(member.Names);
                continue;
            }

            members.Add((member, item.Location));
            string[] groups = member.Under.IsEmpty ? [string.Empty] : [.. member.Under];
            foreach (var duplicate in member.Names.Where(name => !groups.All(group => seen.Add($"{group}|{name}"))))
            {
                mistakes.Add(item.Location, $"the label '{duplicate}' is used for two {key}. If a heading above each tells them apart, write it as 'under'.");
            }
        }

        return CheckParts(key, members, absent);
    }

    /// <summary>Checks that the parts of each subtotal are labels of the table. Leaves out the parts that the form of this period does not have.</summary>
    private ImmutableArray<(Member Member, SourceLocation Place)> CheckParts(
        string key, ImmutableArray<(Member Member, SourceLocation Place)>.Builder members, HashSet<string> absent)
    {
        var labels = members.Where(item => !item.Member.IsTotal).SelectMany(item => item.Member.Names).ToHashSet(StringComparer.Ordinal);
        foreach (var (member, place) in members)
        {
            foreach (var part in member.Parts.Where(part => !labels.Contains(part) && !absent.Contains(part)))
            {
                mistakes.AddUnknown(place, $"part of '{member.Label}' among the {key}", part, labels);
            }
        }

        return
        [
            .. members.Where(item => item.Member.Parts.IsEmpty || !item.Member.Parts.All(part => absent.Contains(part) && !labels.Contains(part)))
                .Select(item => (item.Member with { Parts = [.. item.Member.Parts.Where(part => labels.Contains(part) || !absent.Contains(part))] }, item.Place)),
        ];
    }

    private Member? ReadMember(YamlMap map)
    {
        var aliases = map.Texts("aliases");
        var under = Names(map.Texts("under"));
        if (map.OptionalText("total") is { } total)
        {
            return new Member(total, Names([total, .. aliases]), Coordinates.None, IsTotal: true) { Under = under, Parts = Names(map.Texts("of")) };
        }

        var label = map.OptionalText("label");
        var before = mistakes.Count;
        var coordinates = ReadCoordinates(map, isMember: true);
        if (mistakes.Count > before)
        {
            return null;
        }

        var known = KnownNames(coordinates);
        if (label is null && known.Count == 0)
        {
            mistakes.Add(map.Location, "a row or column needs a 'label', or one measure or code that has one.");
            return null;
        }

        var shown = label ?? known[0];
        return new Member(shown, Names([shown, .. aliases, .. known]), coordinates, IsTotal: false) { Under = under };
    }

    /// <summary>Returns the labels of the measure or code of a member. Returns none if it has several, because it then needs its own label.</summary>
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
        var measurePlace = map.LocationOf("measure");
        if (map.OptionalText("measure") is { } id)
        {
            measure = new MeasureId(id);
            if (!measures.ContainsKey(measure.Value))
            {
                mistakes.AddUnknown(measurePlace, "measure", id, measures.Keys.Select(known => known.Value));
            }
        }

        var before = mistakes.Count;
        var codes = Coordinates.None.Codes;
        string[] keys = [.. map.ReadKeys, .. dimensions.Keys];
        foreach (var (dimension, code, place) in map.UnreadEntries().Where(entry => entry.Text is not null))
        {
            if (!dimensions.TryGetValue(dimension, out var list))
            {
                mistakes.AddUnknown(place, "key or dimension", dimension, keys);
            }
            else if (list.Find(code!) is null)
            {
                mistakes.AddUnknown(place, $"code in '{dimension}'", code!, list.Codes.Select(item => item.Id));
            }
            else
            {
                codes = codes.SetItem(dimension, code!);
            }
        }

        if (isMember && measure is null && codes.IsEmpty && mistakes.Count == before)
        {
            mistakes.Add(map.Location, "a row or column must name a measure, a code, or 'total'.");
        }

        return new Coordinates(measure, codes);
    }

    private static ImmutableArray<string> Names(IEnumerable<string> labels) =>
        [.. labels.Select(Label.Normalise).Distinct(StringComparer.Ordinal)];
}
