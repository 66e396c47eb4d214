using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>What is said of tables that are not there, or there only for other periods or areas.</summary>
internal sealed class MissingTables(FormLabels labels, TableSearch search, Period period)
{
    /// <summary>Labels named of the only table that is missing, and of each of several.</summary>
    private const int ListedOfOne = 12, ListedOfEach = 4;

    /// <summary>Texts of a file in which a label is looked for that was only misspelt, and labels that it may be.</summary>
    private const int Guessed = 200;

    /// <param name="tables">Each with a place where it stands for others than those asked for, where there is one.</param>
    /// <param name="taken">Places of the tables that were found.</param>
    public IEnumerable<Finding> Say(IReadOnlyList<(FormTable Table, TableSpot? Elsewhere)> tables, IReadOnlyList<TableSpot> taken)
    {
        foreach (var (table, elsewhere) in tables)
        {
            if (elsewhere is not null)
            {
                yield return Finding.Error(Codes.TableNotFound, elsewhere.At, OfOthers(table, elsewhere));
            }
        }

        var absent = tables.Where(item => item.Elsewhere is null).Select(item => item.Table).ToList();
        if (absent.Count > 0)
        {
            yield return Finding.Error(Codes.TableNotFound, null, absent is [var only] ? OfOne(only, taken) : OfSeveral(absent, taken));
        }
    }

    private string OfOthers(FormTable table, TableSpot spot)
    {
        var periods = spot.Columns.Where(column => column.Role == ColumnRole.OtherPeriod).Select(column => column.Period).OfType<Period>().Distinct().Order().ToList();
        return periods.Count > 0
            ? $"The table \"{table.Title}\" here has no figures for {period.Label} ({period}), only for {FindingText.List(periods.Select(other => other.ToString()))}. "
                + "Add them, or send the file for its own period. If a heading or the sheet's name says the wrong period, correct it."
            : $"The table \"{table.Title}\" here shows only figures of {(labels.IsOfWholeArea(table) ? "parts of the area. Add a column \"Total\" for all of it." : "areas that this return does not ask for.")}";
    }

    private string OfOne(FormTable table, IReadOnlyList<TableSpot> taken) =>
        $"The table \"{table.Title}\" was not found{OnSheets()}. It is known by these labels, with a figure beside or below each: {Known(table, ListedOfOne)}.{(labels.IsLikeAnother(table) ? " Write its title above it: another table has the same labels." : string.Empty)}{Seen(table, taken)}";

    private string OfSeveral(List<FormTable> tables, IReadOnlyList<TableSpot> taken)
    {
        var known = string.Join("; ", tables.Select(table => $"\"{table.Title}\" with {Known(table, ListedOfEach)}"));
        return tables.Count == labels.Form.Tables.Length
            ? $"None of the tables of \"{labels.Form.Title}\" was found{OnSheets()}. Is it the right file? They are known by their labels, with a figure beside or below each: {known}."
            : $"{tables.Count.ToString(CultureInfo.InvariantCulture)} tables were not found{OnSheets()}. They are known by their labels, with a figure beside or below each: {known}.{OnAnotherSheet(taken)}";
    }

    private static string Known(FormTable table, int most)
    {
        var rows = table.Rows.Where(row => !row.IsTotal).Select(row => $"\"{row.Label}\"").ToList();
        return FindingText.List(rows.Take(most), rows.Count - most);
    }

    private string OnSheets() => search.Sheets switch
    {
        [{ Name: null }] or [] => string.Empty,
        [{ Name: { } name }] => $" on the sheet {FindingText.Quote(name)}",
        var sheets => $" on the sheets {FindingText.List(sheets.Select(sheet => FindingText.Quote(sheet.Name ?? string.Empty)))}",
    };

    /// <summary>Why it may not have been found: labels without figures, or one that is misspelt.</summary>
    private string Seen(FormTable table, IReadOnlyList<TableSpot> taken)
    {
        var used = taken.SelectMany(spot => spot.Hits.Select(hit => spot.LabelOf(hit.Row))).ToHashSet();
        foreach (var (row, at) in search.LabelsOf(table).Where(label => !used.Contains(label.At)))
        {
            return $" {FindingText.Quote(row.Label)} stands at {at}, but no figure beside or below it.";
        }

        var names = table.Rows.Where(row => !row.IsTotal).Take(Guessed).Select(row => row.Label).ToList();

        // Neither a label that is spelt right nor a sentence, such as the form's own guidance, is a label misspelt.
        foreach (var (text, at) in search.Texts().Take(Guessed).Where(item => !item.Text.EndsWith('.') && !labels.IsAnyRow(Label.Normalise(item.Text))))
        {
            if (Nearest.To(text, names) is { } near)
            {
                return $" Did you mean \"{near}\" by {FindingText.Quote(text)} at {at}?";
            }
        }

        return OnAnotherSheet(taken);
    }

    /// <summary>A table that is missing where another stands may be on a sheet that was not sent.</summary>
    private string OnAnotherSheet(IReadOnlyList<TableSpot> taken) => search.Sheets is [{ Name: null }] && taken.Count > 0
        ? " A .csv file keeps one sheet only: if the rest is on another, send the whole workbook as .xlsx, .xls or .ods."
        : string.Empty;
}
