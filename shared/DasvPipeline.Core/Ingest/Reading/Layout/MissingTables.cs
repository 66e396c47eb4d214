using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>Reports tables that were not found, or found only for other periods or areas.</summary>
internal sealed class MissingTables(FormLabels labels, TableSearch search, Period period)
{
    /// <summary>The maximum number of labels listed for a single missing table, and for each of several.</summary>
    private const int ListedOfOne = 12, ListedOfEach = 4;

    /// <summary>The maximum number of texts and labels that are compared to find a misspelt label.</summary>
    private const int MaxGuesses = 200;

    /// <summary>Creates the findings for the missing tables.</summary>
    /// <param name="tables">The tables, each with a candidate that shows only other periods or areas, if there is one.</param>
    /// <param name="taken">The candidates of the tables that were found.</param>
    public IEnumerable<Finding> CreateFindings(IReadOnlyList<(FormTable Table, TableCandidate? Elsewhere)> tables, IReadOnlyList<TableCandidate> taken)
    {
        foreach (var (table, otherCandidate) in tables)
        {
            if (otherCandidate is not null)
            {
                if (otherCandidate.Columns.FirstOrDefault(column => column.Role == ColumnRole.OtherUnit) is { Unit: { } unit })
                {
                    yield return unit.CreateFinding(table);
                    continue;
                }

                var statement = otherCandidate.Columns.FirstOrDefault(column => column.Role == ColumnRole.OtherKind)?.Statement;
                yield return Finding.Error(Codes.TableNotFound, statement?.At ?? otherCandidate.Address, DescribeOther(table, otherCandidate));
            }
        }

        var absent = tables.Where(item => item.Elsewhere is null).Select(item => item.Table).ToList();
        if (absent.Count > 0)
        {
            yield return Finding.Error(Codes.TableNotFound, null, absent is [var onlyTable] ? DescribeOne(onlyTable, taken) : DescribeSeveral(absent, taken));
        }
    }

    private string DescribeOther(FormTable table, TableCandidate candidate)
    {
        if (candidate.Columns.FirstOrDefault(column => column.Role == ColumnRole.OtherKind) is { Statement: { } statement })
        {
            return $"The table \"{table.Title}\" here has no figures for {period.Label} ({period}). It says {statement.Describe()}. Add the figures for {period.Label}, or correct the title, heading or sheet name.";
        }

        var periods = candidate.Columns.Where(column => column.Role == ColumnRole.OtherPeriod).Select(column => column.Period).OfType<Period>().Distinct().Order().ToList();
        return periods.Count > 0
            ? $"The table \"{table.Title}\" here has no figures for {period.Label} ({period}). It only has figures for {FindingText.JoinWithAnd(periods.Select(other => other.ToString()))}. "
                + "Add the missing figures, or send the file for the period it covers. If a heading or the sheet's name has the wrong period, correct it."
            : $"The table \"{table.Title}\" here only has figures for {(labels.CoversWholeArea(table) ? "parts of the area. Add a column \"Total\" for the whole area." : "areas that this return does not ask for.")}";
    }

    private string DescribeOne(FormTable table, IReadOnlyList<TableCandidate> taken) =>
        $"We could not find the table \"{table.Title}\"{OnSheets()}. We look for these labels, with a figure next to or below each: {Known(table, ListedOfOne)}.{(labels.SharesLabels(table) ? " Write its title above it, because another table has the same labels." : string.Empty)}{Hint(table, taken)}";

    private string DescribeSeveral(List<FormTable> tables, IReadOnlyList<TableCandidate> taken)
    {
        var known = string.Join("; ", tables.Select(table => $"\"{table.Title}\" with {Known(table, ListedOfEach)}"));
        return tables.Count == labels.Form.Tables.Length
            ? $"We could not find any table of \"{labels.Form.Title}\"{OnSheets()}. Check that this is the right file. We look for these labels, with a figure next to or below each: {known}."
            : $"We could not find {tables.Count.ToString(CultureInfo.InvariantCulture)} tables{OnSheets()}. We look for these labels, with a figure next to or below each: {known}.{OnAnotherSheet(taken)}";
    }

    private static string Known(FormTable table, int maxLabels)
    {
        var rows = table.Rows.Where(row => !row.IsTotal).Select(row => $"\"{row.Label}\"").ToList();
        return FindingText.JoinWithAnd(rows.Take(maxLabels), rows.Count - maxLabels);
    }

    private string OnSheets() => search.Sheets switch
    {
        [{ Name: null }] or [] => string.Empty,
        [{ Name: { } name }] => $" on the sheet {FindingText.Quote(name)}",
        var sheets => $" on the sheets {FindingText.JoinWithAnd(sheets.Select(sheet => FindingText.Quote(sheet.Name ?? string.Empty)))}",
    };

    /// <summary>Returns a hint why the table was not found: a label without a figure, or a misspelt label.</summary>
    private string Hint(FormTable table, IReadOnlyList<TableCandidate> taken)
    {
        var used = taken.SelectMany(candidate => candidate.LabelRows.Select(hit => candidate.LabelAddress(hit.Row))).ToHashSet();
        foreach (var (row, at) in search.FindLabels(table).Where(label => !used.Contains(label.At)))
        {
            return $" {FindingText.Quote(row.Label)} is at {at}, but there is no figure next to it or below it.";
        }

        var names = table.Rows.Where(row => !row.IsTotal).Take(MaxGuesses).Select(row => row.Label).ToList();

        // Skips labels that are spelt correctly, and sentences such as the form's own guidance.
        foreach (var (text, at) in search.Texts().Take(MaxGuesses).Where(item => !item.Text.EndsWith('.') && !labels.IsAnyRow(Label.Normalise(item.Text))))
        {
            if (NearestText.Find(text, names) is { } near)
            {
                return $" At {at}, did you mean \"{near}\" instead of {FindingText.Quote(text)}?";
            }
        }

        return OnAnotherSheet(taken);
    }

    /// <summary>Returns a hint that a missing table may be on a sheet that a CSV file does not include.</summary>
    private string OnAnotherSheet(IReadOnlyList<TableCandidate> taken) => search.Sheets is [{ Name: null }] && taken.Count > 0
        ? " A .csv file has only one sheet. If the rest is on another sheet, send the whole workbook as .xlsx, .xls or .ods."
        : string.Empty;
}
