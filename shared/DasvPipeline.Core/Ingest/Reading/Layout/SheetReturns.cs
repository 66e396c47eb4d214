using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>Finds the returns of an agency for which the sheets of a workbook are. A person confirms the result.</summary>
public static class SheetReturns
{
    // Larger workbooks are not forms, and each sheet is read once for each return and period.
    private const int MaxSheets = 30;
    private const int MaxRows = 500;

    /// <summary>Returns the names of the sheets with numbers, and the returns for which each seems to be: none if it belongs to no return.</summary>
    /// <param name="keys">The returns that can be sent now.</param>
    public static IReadOnlyList<(string Name, IReadOnlyList<ReturnKey> Keys)> Find(PartnershipCatalogue catalogue, IEnumerable<ReturnKey> keys, Workbook workbook)
    {
        var candidates = keys.Select(key => (Key: key, Form: catalogue.FindForm(key))).Where(item => item.Form is not null).ToList();
        return workbook.Sheets.Count > MaxSheets || workbook.Sheets.Any(sheet => sheet.RowCount > MaxRows)
            ? []
            : [.. workbook.Sheets.Where(sheet => FigureFinder.ReadFormIdentity(sheet) is null && HasNumbers(sheet)).Select(sheet => (sheet.Name ?? string.Empty, FindReturns(catalogue, candidates!, workbook, sheet)))];
    }

    /// <summary>Returns another return that all figures of a sheet are for; null if no other return fits.</summary>
    public static Form? FindOther(PartnershipCatalogue catalogue, Form form, Period period, Workbook workbook, string sheetName)
    {
        var only = workbook with { Sheets = [.. workbook.Sheets.Where(sheet => sheet.Name == sheetName)] };
        return catalogue.Forms.FirstOrDefault(other => other.Return.Agency == form.Return.Agency && other.Return != form.Return
            && FindPeriod(other, period) is { } at && FigureFinder.FindFigures(other, at, catalogue.Dimensions, only) is var found
            && found.Figures.Any(figure => FigureSyntax.IsLikeFigure(figure.Cell)) && !found.Findings.Any(finding => finding.Code is Codes.FigureNotRead or Codes.UnknownLabel));
    }

    /// <summary>Returns the period of another return at the same time: the quarter, its year, or the last quarter of the year.</summary>
    private static Period? FindPeriod(Form other, Period period)
    {
        Period[] candidates = [period, period.Year, .. period.IsYear ? period.Quarters().Reverse() : []];
        return candidates.Where(other.IsDueFor).Select(at => (Period?)at).FirstOrDefault();
    }

    /// <summary>Returns the returns whose figures are on a sheet, those with the most first. Of several periods, the one of which it shows most, and then the newest.</summary>
    private static List<ReturnKey> FindReturns(PartnershipCatalogue catalogue, IReadOnlyList<(ReturnKey Key, Form Form)> candidates, Workbook workbook, Sheet sheet)
    {
        var only = workbook with { Sheets = [sheet] };
        var found = candidates
            .Select(candidate => (candidate.Key, Cells: FigureFinder.FindFigures(candidate.Form, candidate.Key.Period, catalogue.Dimensions, only).Figures
                .Where(figure => FigureSyntax.IsLikeFigure(figure.Cell)).Select(figure => figure.Address).ToHashSet()))
            .Where(item => item.Cells.Count > 0)
            .GroupBy(item => item.Key.Return, (_, periods) => periods.OrderByDescending(item => item.Cells.Count).ThenByDescending(item => item.Key.Period.End).First())
            .OrderByDescending(item => item.Cells.Count).ThenBy(item => item.Key.ToString(), StringComparer.Ordinal);
        var taken = new HashSet<CellRef>();
        var keys = new List<ReturnKey>();
        foreach (var (key, cells) in found)
        {
            if (!cells.Overlaps(taken))
            {
                taken.UnionWith(cells);
                keys.Add(key);
            }
        }

        return keys;
    }

    private static bool HasNumbers(Sheet sheet) => Enumerable.Range(1, sheet.RowCount).Any(row => sheet.Row(row).ToArray().Any(UnusedNumbers.IsNumber));
}
