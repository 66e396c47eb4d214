using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Receive;

namespace DasvPipeline.Core.Read;

/// <summary>Finds a form's figures in a file's cells, wherever on its sheets they stand.</summary>
public static class FormReading
{
    public static Reading Read(Form form, Period period, IReadOnlyDictionary<string, Dimension> dimensions, Workbook workbook)
    {
        var collector = new FigureCollector(new FormLabels(form));
        var sheets = new List<Sheet>();
        var hasList = false;
        foreach (var sheet in workbook.Sheets)
        {
            if (sheet.Name == FormIdentity.SheetName)
            {
                if (CheckIdentity(form, period, sheet) is { } mistaken)
                {
                    return new Reading([], [], [], [mistaken]); // nothing else in it is about this return
                }
            }
            else if (ListReader.TryRead(form, dimensions, sheet) is { } list)
            {
                collector.Add(list);
                hasList = true;
            }
            else
            {
                sheets.Add(sheet);
            }
        }

        if (!hasList)
        {
            ReadTables(form, period, sheets, collector);
        }

        return collector.ToReading(sheets);
    }

    private static void ReadTables(Form form, Period period, List<Sheet> sheets, FigureCollector collector)
    {
        var labels = collector.Labels;
        var finder = new TableFinder(labels, period);
        var views = sheets.SelectMany(sheet => new[] { new SheetView(sheet, turned: false), new SheetView(sheet, turned: true) })
            .Select(view => (View: view, Places: PlacesOf(view, labels)))
            .ToList();
        var missing = new List<FormTable>();
        foreach (var table in form.Tables)
        {
            var spots = views.SelectMany(pair => finder.Find(table, pair.View, pair.Places)).ToList();
            if (Choose(spots, out var twice) is { } spot)
            {
                if (twice is not null)
                {
                    collector.Add(Finding.Error(
                        Codes.TableTwice,
                        twice.At,
                        $"The table \"{table.Title}\" seems to be there twice, at {spot.At} and at {twice.At}. Keep one of them, or put a title above each."));
                }

                collector.Take(spot);
            }
            else
            {
                missing.Add(table);
            }
        }

        collector.AddMissing(missing, sheets);
    }

    /// <summary>The place that is surely this table; another one that could be it as well is named, never guessed between.</summary>
    private static TableSpot? Choose(List<TableSpot> spots, out TableSpot? twice)
    {
        twice = null;
        var best = spots.Where(spot => spot.TitleRank > 0).OrderByDescending(spot => spot.TitleRank).ThenByDescending(spot => spot.Filled)
            .ThenBy(spot => spot.View.Turned).FirstOrDefault();
        if (best is not null)
        {
            twice = spots.Find(spot => spot != best && spot.TitleRank == best.TitleRank && spot.Filled * 2 > best.Filled
                && spot.Filled > 0 && !spot.Overlaps(best));
        }

        return best;
    }

    private static ILookup<string, (int Row, int Column)> PlacesOf(SheetView view, FormLabels labels)
    {
        var places = new List<(string Name, int Row, int Column)>();
        for (var row = 1; row <= view.Rows; row++)
        {
            for (var column = 1; column <= view.Columns; column++)
            {
                if (view.NameAt(row, column) is { Length: > 0 } name && labels.IsAnyRow(name))
                {
                    places.Add((name, row, column));
                }
            }
        }

        return places.ToLookup(place => place.Name, place => (place.Row, place.Column), StringComparer.Ordinal);
    }

    private static Finding? CheckIdentity(Form form, Period period, Sheet about)
    {
        string? saidReturn = null, saidPeriod = null;
        var at = new CellRef(about.Name, 1, 1);
        for (var row = 1; row <= about.RowCount; row++)
        {
            switch (about[row, 1].Text)
            {
                case FormIdentity.ReturnLabel:
                    (saidReturn, at) = (about[row, 2].Shown.Trim(), new CellRef(about.Name, row, 2));
                    break;
                case FormIdentity.PeriodLabel:
                    saidPeriod = about[row, 2].Shown.Trim();
                    break;
                default:
                    break;
            }
        }

        return FormIdentity.Check(form, period, saidReturn, saidPeriod, at);
    }
}
