using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Publish.Aggregation;

/// <summary>Calculates the tables of the annual report from a year's observations.</summary>
public static class ReportCalculator
{
    private const string TotalId = "total";

    public static IReadOnlyList<ReportTableFigures> Calculate(PartnershipCatalogue catalogue, YearFigures year) =>
        [.. catalogue.GetReportTables(year.Year).Select(table => Calculate(catalogue, table, year))];

    private static ReportTableFigures Calculate(PartnershipCatalogue catalogue, ReportTable table, YearFigures year)
    {
        var own = table.Rows.Concat(table.Columns).Select(item => item.Measure).Append(table.Measure).OfType<Measure>().Select(measure => measure.Id).ToHashSet();
        var forms = FormSelector.Select(catalogue, year.Year, cell => own.Contains(cell.Measure.Id));
        var reported = forms.SelectMany(form => form.Cells.Where(cell => own.Contains(cell.Measure.Id)), (form, cell) => (form.Return.Agency, cell.Key)).ToList();
        var rows = table.Rows.SelectMany(item => Expand(catalogue, table, item, reported, year.Year)).ToList();
        var columns = table.Columns.SelectMany(item => Expand(catalogue, table, item, reported, year.Year)).ToList();
        var used = forms.Where(form => rows.Exists(row => form.Cells.Any(cell => (row.Measure ?? table.Measure)?.Id is var measure && (measure is null ? own.Contains(cell.Measure.Id) : cell.Measure.Id == measure) && row.Includes(form.Return, cell.Key)))).ToList();
        var returns = SourceReturns.Find(year, used);
        var cells = new Dictionary<(ReportSelector Row, ReportSelector Column), ReportCell>();
        foreach (var row in rows.Where(row => !row.IsTotal))
        {
            foreach (var column in columns.Where(column => !column.IsTotal))
            {
                cells.Add((row, column), CreateCell(row, column));
            }
        }

        return new ReportTableFigures(
            table,
            [.. rows.Select(row => row.Line)],
            [.. columns.Select(column => column.Line)],
            [.. rows.SelectMany(row => columns, (row, column) => cells.GetValueOrDefault((row, column)) ?? CreateTotal(row, column))],
            [.. used.Where(form => form.GetPeriodsDueIn(year.Year).Any()).Select(form => form.Return).Distinct()],
            returns.IsCollected)
        {
            Wholes = [.. FindWholes(year, cells)],
        };

        ReportCell CreateCell(ReportSelector row, ReportSelector column)
        {
            var measure = row.Measure ?? column.Measure ?? table.Measure!;
            var selection = new ReportSelection(year, measure, [row, column], returns, used);
            return new ReportCell(row.Line, column.Line, measure, selection.Calculate(), selection.FindBase(row.Base ?? column.Base));
        }

        ReportCell CreateTotal(ReportSelector row, ReportSelector column)
        {
            var parts = cells.Where(cell => (row.IsTotal || cell.Key.Row == row) && (column.IsTotal || cell.Key.Column == column) && (!column.IsTotal || cell.Key.Column.Line.Kind != ReportAxis.Year)).Select(cell => cell.Value).ToList();
            var known = parts.SelectMany(cell => cell.Amount.Numerator).ToList();
            var markers = parts.Aggregate(Markers.None, (all, cell) => all | cell.Amount.Markers) & (Markers.Provisional | Markers.Estimated);
            return new ReportCell(row.Line, column.Line, parts[0].Measure, HeadlineCalculator.Add(known, markers) with { HasGap = parts.Exists(cell => cell.Amount.HasGap) }, null);
        }
    }

    /// <summary>Returns the rows or columns that an item represents.</summary>
    private static IEnumerable<ReportSelector> Expand(PartnershipCatalogue catalogue, ReportTable table, ReportAxisItem item, List<(AgencyId Agency, FigureKey Key)> reported, Period year)
    {
        switch (item.Axis)
        {
            case ReportAxis.Quarters:
                return year.Quarters().Select(quarter => new ReportSelector(new ReportLine($"q{quarter.Quarter}", $"Q{quarter.Quarter}", ReportAxis.Quarters)) { Period = quarter });
            case ReportAxis.Year:
                return [new ReportSelector(new ReportLine(item.Id!, item.Label ?? year.ToString(), ReportAxis.Year)) { Period = year }];
            case ReportAxis.Total:
                return [new ReportSelector(new ReportLine(item.Id ?? TotalId, item.Label!, ReportAxis.Total))];
            case ReportAxis.Codes:
                var asked = reported.Where(cell => (item.Measure is null || cell.Key.Measure == item.Measure.Id) && (item.Agency is null || cell.Agency == item.Agency)).Select(cell => CodeOf(cell.Key, item.Dimension!)).ToHashSet();
                return catalogue.Dimensions[item.Dimension!].Codes.Where(code => asked.Contains(code.Id))
                    .Select(code => new ReportSelector(new ReportLine(code.Id, code.Label)) { Measure = item.Measure, Agency = item.Agency, Dimension = item.Dimension, Code = code.Id });
            default:
                var label = item.Label ?? (item.Code is { } one ? catalogue.Dimensions[item.Dimension!].Find(one)!.Label : item.Measure?.Label) ?? table.Title;
                return [new ReportSelector(new ReportLine(item.Id ?? TotalId, label)) { Measure = item.Measure, Agency = item.Agency, Dimension = item.Dimension, Code = item.Code, Base = item.Base }];
        }
    }

    /// <summary>Returns the code in a dimension, or null for the whole partnership area.</summary>
    private static string? CodeOf(FigureKey key, string dimension) => dimension == Dimension.Area && key.Area == AreaId.All ? null : Dimension.CodeOf(key, dimension);

    /// <summary>Returns each measure and period of the table with everything that was reported of it.</summary>
    private static IEnumerable<(MeasureId Measure, string Name, Amount Whole, IReadOnlyList<Amount> Parts)> FindWholes(YearFigures year, Dictionary<(ReportSelector Row, ReportSelector Column), ReportCell> cells)
    {
        foreach (var group in cells.Where(cell => cell.Value.Measure.Quantity == Quantity.Count).GroupBy(cell => (cell.Value.Measure, Period: cell.Key.Row.Period ?? cell.Key.Column.Period)))
        {
            var whole = new ReportSelection(year, group.Key.Measure, [new ReportSelector(new ReportLine(TotalId, TotalId)) { Period = group.Key.Period }], null, []).Calculate();
            yield return (group.Key.Measure.Id, $"{group.Key.Measure.Id} {group.Key.Period}", whole, [.. group.Select(cell => cell.Value.Amount)]);
        }
    }
}

/// <summary>What the figures of a row or column have in common.</summary>
internal sealed record ReportSelector(ReportLine Line)
{
    public Measure? Measure { get; init; }

    public AgencyId? Agency { get; init; }

    public string? Dimension { get; init; }

    public string? Code { get; init; }

    /// <summary>A quarter or the year; null for the year.</summary>
    public Period? Period { get; init; }

    public Measure? Base { get; init; }

    public bool IsTotal => Line.Kind == ReportAxis.Total;

    public bool Includes(ReturnId source, FigureKey key) =>
        (Agency is null || source.Agency == Agency) && (Code is null || DasvPipeline.Core.Catalogue.Dimension.CodeOf(key, Dimension!) == Code);
}
