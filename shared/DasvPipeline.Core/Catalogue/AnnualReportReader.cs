using System.Collections.Immutable;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>Reads the sections and tables of the annual report. Checks that every measure, code and headline exists and can be published.</summary>
internal sealed class AnnualReportReader(
    IReadOnlyDictionary<string, Dimension> dimensions,
    IReadOnlyDictionary<MeasureId, Measure> measures,
    IReadOnlyDictionary<AgencyId, Agency> agencies,
    IReadOnlyList<Headline> headlines,
    IReadOnlyList<FigureKey> reported,
    DisclosurePolicy policy,
    Mistakes mistakes)
{
    private const string Quarter = "quarter";
    private const string BaseKey = "base";

    private readonly HashSet<string> _tables = new(StringComparer.Ordinal);

    public AnnualReport Read(YamlMap map) => new(
        map.Text("title"), map.OptionalText("logo"), map.OptionalText("foreword"), map.OptionalText("forewordHint"), [.. map.Maps("sections").Select(ReadSection)]);

    private ReportSection ReadSection(YamlMap map)
    {
        var number = map.OptionalText("number");
        var known = map.Texts("headlines").Select(id => new HeadlineId(id)).ToList();
        foreach (var id in known.Where(id => !headlines.Any(headline => headline.Id == id)))
        {
            mistakes.AddUnknown(map.LocationOf("headlines"), "headline", id.Value, headlines.Select(headline => headline.Id.Value));
        }

        var tables = map.Maps("tables").Select(ReadTable).OfType<ReportTable>().ToImmutableArray();
        return new ReportSection(number, map.Text("title"), map.WholeNumber("level", LevelOf(number)), map.OptionalText("hint"), [.. known], map.Texts("sentences"), tables);
    }

    /// <summary>Returns the level of a number: 1 for 4.0, 2 for 4.2, and 3 for 4.2.1.</summary>
    private static int LevelOf(string? number)
    {
        var parts = number?.Split('.').ToList() ?? [];
        return parts is [_, "0"] ? 1 : Math.Max(1, parts.Count);
    }

    private ReportTable? ReadTable(YamlMap map)
    {
        var id = map.Text("id");
        if (!_tables.Add(id))
        {
            mistakes.Add(map.Location, $"the table '{id}' appears twice.");
        }

        var before = mistakes.Count;
        var measure = FindMeasure(map, "of");
        var rows = ReadAxis(map, "rows", measure);
        var columns = map.Has("columns") ? ReadAxis(map, "columns", measure) : [new ReportAxisItem(ReportAxis.Year, "year", null, null, null, null, null)];
        if (mistakes.Count > before)
        {
            return null;
        }

        CheckMeasures(map, measure, rows, columns);
        foreach (var duplicate in rows.Where(row => row.Id is not null).GroupBy(row => row.Id).Where(group => group.Count() > 1))
        {
            mistakes.Add(map.LocationOf("rows"), $"two rows have the id '{duplicate.Key}'. Give one an 'id'.");
        }

        return new ReportTable(
            id,
            map.Text("title"),
            measure,
            rows,
            columns,
            map.Choice("chart", ReportChart.None, ("column", ReportChart.Column), ("stacked", ReportChart.Stacked), ("bar", ReportChart.Bar), ("line", ReportChart.Line)),
            map.Choice("compare", false, ("last-year", true)),
            map.Texts("notes"))
        {
            Validity = map.ReadValidity(mistakes),
        };
    }

    private ImmutableArray<ReportAxisItem> ReadAxis(YamlMap map, string key, Measure? of) => [.. map.Maps(key).Select(item => ReadItem(item, of))];

    private ReportAxisItem ReadItem(YamlMap map, Measure? of)
    {
        var label = map.OptionalText("label");
        if (map.OptionalText("total") is { } total)
        {
            return new ReportAxisItem(ReportAxis.Total, map.OptionalText("id") ?? "total", total, null, null, null, null);
        }

        if (map.OptionalText("year") is { } year)
        {
            return new ReportAxisItem(ReportAxis.Year, "year", year, null, null, null, null);
        }

        var (by, code) = (map.OptionalText("by"), map.OptionalText("code"));
        if (by == Quarter)
        {
            return new ReportAxisItem(ReportAxis.Quarters, null, null, null, null, null, null);
        }

        var measure = FindMeasure(map, "measure");
        var agency = map.OptionalText("agency") is { } text ? new AgencyId(text) : (AgencyId?)null;
        if (agency is { } known && !agencies.ContainsKey(known))
        {
            mistakes.AddUnknown(map.LocationOf("agency"), "agency", known.Value, agencies.Keys.Select(one => one.Value));
        }

        if (by is not null)
        {
            CheckDimension(map, by, code, measure ?? of);
        }

        return by is not null && code is null
            ? new ReportAxisItem(ReportAxis.Codes, null, label, measure, by, null, agency)
            : new ReportAxisItem(ReportAxis.Figure, map.OptionalText("id") ?? code ?? measure?.Id.Value, label, measure, by, code, agency) { Base = ReadBase(map, measure) };
    }

    private void CheckDimension(YamlMap map, string dimension, string? code, Measure? measure)
    {
        if (!dimensions.TryGetValue(dimension, out var known))
        {
            mistakes.AddUnknown(map.LocationOf("by"), "dimension", dimension, dimensions.Keys.Append(Quarter));
            return;
        }

        policy.CheckBreakdownAllowed(dimension, map.LocationOf("by"), mistakes);
        if (code is not null && known.Find(code) is null)
        {
            mistakes.AddUnknown(map.LocationOf("code"), $"{dimension}", code, known.Codes.Select(one => one.Id));
        }

        if (measure is not null && !reported.Any(key => key.Measure == measure.Id && Dimension.CodeOf(key, dimension) is not null))
        {
            mistakes.Add(map.Location, $"no return reports '{measure.Id}' by '{dimension}'.");
        }
    }

    /// <summary>A percentage of people says of whom, so that a small count cannot be worked out from it. Others say that they are not of people.</summary>
    private Measure? ReadBase(YamlMap map, Measure? measure)
    {
        if (measure is { Quantity: Quantity.Percent, Weight: null } && !map.Has(BaseKey))
        {
            mistakes.Add(map.Location, $"'{measure.Id}' is a percentage. Add 'base:' with the measure that counts the people, or 'base: not-people'.");
        }

        return map.OptionalText(BaseKey) is "not-people" ? null : FindMeasure(map, BaseKey);
    }

    private Measure? FindMeasure(YamlMap map, string key)
    {
        if (map.OptionalText(key) is not { } text)
        {
            return null;
        }

        if (!measures.TryGetValue(new MeasureId(text), out var measure))
        {
            mistakes.AddUnknown(map.LocationOf(key), "measure", text, measures.Keys.Select(known => known.Value));
        }

        return measure;
    }

    private void CheckMeasures(YamlMap map, Measure? of, ImmutableArray<ReportAxisItem> rows, ImmutableArray<ReportAxisItem> columns)
    {
        var isCounted = (ReportAxisItem item) => item.Measure is not null || item.Axis is ReportAxis.Total;
        if (of is null && !rows.All(isCounted) && !columns.All(isCounted))
        {
            mistakes.Add(map.Location, "say what is counted: a measure under 'of', or one in each row or in each column.");
        }

        foreach (var measure in rows.Concat(columns).Select(item => item.Measure).Append(of).OfType<Measure>().Where(measure => !reported.Any(key => key.Measure == measure.Id)))
        {
            mistakes.Add(map.Location, $"no return reports '{measure.Id}'.");
        }
    }
}
