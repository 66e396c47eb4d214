using System.Text.RegularExpressions;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>Creates the content of a year's annual report from its figures after disclosure control.</summary>
internal static partial class ReportContent
{
    private const string CellPrefix = "report/";
    private static readonly string[] NotAvailable = ["x"];

    /// <param name="tables">The tables after disclosure control.</param>
    /// <param name="before">The published figures of the year before.</param>
    /// <returns>Null if the catalogue has no report.</returns>
    public static ReportElement? Create(PartnershipCatalogue catalogue, Period year, IReadOnlyList<ReportTableFigures> tables, ComparableFigures before)
    {
        if (catalogue.Report is not { } report)
        {
            return null;
        }

        var collected = tables.Where(table => table.IsCollected).Select(table => CreateTable(catalogue, year, table, before)).ToDictionary(table => table.Id, StringComparer.Ordinal);
        var headlines = catalogue.GetHeadlines(year).Select(headline => headline.Id).ToHashSet();
        return new ReportElement(
            report.Title,
            report.Logo,
            report.Foreword,
            report.ForewordHint,
            [.. report.Sections.Select(section => new ReportSectionElement(
                section.Number,
                section.Title,
                section.Level,
                section.Hint,
                [.. section.Headlines.Where(headlines.Contains).Select(id => id.Value)],
                [.. section.Sentences.Select(sentence => FillIn(sentence, year, collected)).OfType<string>()],
                [.. section.Tables.Where(table => collected.ContainsKey(table.Id)).Select(table => table.Id)]))],
            [.. collected.Values],
            CreateNotes(catalogue.About));
    }

    /// <summary>Returns true if the numbers have not changed. What was signed off before there was a report has none of its numbers.</summary>
    public static bool IsSame(SortedDictionary<string, decimal?> before, SortedDictionary<string, decimal?> now) =>
        before.SequenceEqual(before.Keys.Any(IsOfReport) ? now : now.Where(number => !IsOfReport(number.Key)));

    /// <summary>Returns the published quarters that the report of the next year shows.</summary>
    public static SortedDictionary<string, decimal?> GetQuarters(IEnumerable<ReportTableFigures> tables) => new(
        tables.Where(table => table.Table.HasLastYear && table.IsCollected)
            .SelectMany(table => table.Cells.Where(cell => cell.Column.Kind == ReportAxis.Quarters).Select(cell => KeyValuePair.Create(table.CreateCellId(cell), cell.Amount.Value))).ToDictionary(),
        StringComparer.Ordinal);

    private static bool IsOfReport(string cell) => cell.StartsWith(CellPrefix, StringComparison.Ordinal);

    private static ReportTableElement CreateTable(PartnershipCatalogue catalogue, Period year, ReportTableFigures figures, ComparableFigures before)
    {
        var table = figures.Table;
        var last = before.Report is { } known && figures.Cells.Any(cell => known.ContainsKey(figures.CreateCellId(cell))) ? known : null;
        var quarters = figures.Columns.Where(column => column.Kind == ReportAxis.Quarters).ToList();
        var cells = new List<ReportCellElement>();
        foreach (var row in figures.Rows)
        {
            var own = figures.Cells.Where(cell => cell.Row == row).ToList();
            if (last is not null)
            {
                cells.AddRange(quarters.Select(quarter => CreateEarlier(row, quarter, own[0].Measure)));
            }

            cells.AddRange(own.Select(cell => CreateCell(cell.Row.Id, cell.Column.Id, cell.Amount, cell.Measure)));
        }

        var changed = table.Measure?.FindBreak(year.PreviousYear, year);
        return new ReportTableElement(
            table.Id,
            table.Title,
            table.Chart == ReportChart.None ? null : table.Chart.ToString().ToLowerInvariant(),
            [.. figures.Rows.Select(row => Describe(row, row.Label))],
            [
                .. last is null ? [] : quarters.Select(quarter => new ReportLineElement(LastYear(quarter), $"{year.PreviousYear} {quarter.Label}", "quarter")),
                .. figures.Columns.Select(column => Describe(column, last is not null && column.Kind == ReportAxis.Quarters ? $"{year} {column.Label}" : column.Label)),
            ],
            cells,
            changed is null ? table.Notes : [.. table.Notes, changed.Note],
            [.. figures.Sources.Select(source => catalogue.GetAgencyName(source.Agency, year)).Distinct()]);

        ReportCellElement CreateEarlier(ReportLine row, ReportLine quarter, Measure measure) => last.TryGetValue(ReportTableFigures.CreateCellId(table, row.Id, quarter.Id), out var value)
            ? CreateCell(row.Id, LastYear(quarter), new Amount(value, value is null ? Markers.Confidential : Markers.None), measure)
            : new ReportCellElement(row.Id, LastYear(quarter), null, "[x]", measure.Unit, NotAvailable);
    }

    private static string LastYear(ReportLine quarter) => $"last-{quarter.Id}";

    private static ReportLineElement Describe(ReportLine line, string label) => new(line.Id, label, line.Kind switch
    {
        ReportAxis.Quarters => "quarter",
        ReportAxis.Year => "year",
        ReportAxis.Total => "total",
        _ => null,
    });

    private static ReportCellElement CreateCell(string row, string column, Amount amount, Measure measure)
    {
        var letters = amount.Markers.ToLetters();
        var text = string.Join(' ', new[] { amount.Value is { } value ? Wording.Format(value, measure.Quantity) : null }.OfType<string>().Concat(letters.Select(letter => $"[{letter}]")));
        return new ReportCellElement(row, column, (measure.Quantity == Quantity.Percent ? amount.Value * 100 : amount.Value)?.TrimTrailingZeros(), text, measure.Unit, letters);
    }

    /// <summary>Fills in the figures of a sentence. Returns null if one of them is not published, so that the sentence is left out.</summary>
    private static string? FillIn(string sentence, Period year, Dictionary<string, ReportTableElement> tables)
    {
        var isComplete = true;
        var text = Placeholder().Replace(sentence.Replace("{year}", year.ToString(), StringComparison.Ordinal), match =>
        {
            var cell = tables.GetValueOrDefault(match.Groups["table"].Value)?.Cells
                .FirstOrDefault(cell => cell.Row == match.Groups["row"].Value && (!match.Groups["column"].Success || cell.Column == match.Groups["column"].Value));
            isComplete &= cell?.Value is not null;
            return cell?.Text ?? string.Empty;
        });
        return isComplete ? text : null;
    }

    private static List<ReportNoteElement> CreateNotes(AboutText about) =>
    [
        .. about.Status is { } status ? [new ReportNoteElement("Status of the figures", [status])] : Array.Empty<ReportNoteElement>(),
        .. about.Sections.Select(section => new ReportNoteElement(section.Title, section.Text)),
    ];

    [GeneratedRegex(@"\{(?<table>[^/{}]+)/(?<row>[^/{}]+)(/(?<column>[^/{}]+))?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
