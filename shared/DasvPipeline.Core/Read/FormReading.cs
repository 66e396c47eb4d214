using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Receive;

namespace DasvPipeline.Core.Read;

/// <summary>Finds a form's figures in a file's cells, wherever on its sheets they stand.</summary>
public static class FormReading
{
    public static Reading Read(Form form, Period period, IReadOnlyDictionary<string, Dimension> dimensions, Workbook workbook)
    {
        var collector = new FigureCollector(new FormLabels(form, dimensions));
        var sheets = new List<Sheet>();
        var hasList = false;
        foreach (var sheet in workbook.Sheets)
        {
            if (sheet.Name == FormIdentity.SheetName && IdentityOn(sheet) is { } identity)
            {
                if (identity.Check(form, period) is { } said)
                {
                    if (said.Severity == Severity.Error)
                    {
                        return new Reading([], [], [], [said]); // nothing else in it is about this return
                    }

                    collector.Add(said);
                }
            }
            else if (ListReader.TryRead(form, period, dimensions, sheet) is { } list)
            {
                collector.Add(list);
                hasList = true;
            }
            else
            {
                sheets.Add(sheet);
            }
        }

        if (hasList)
        {
            collector.AddMissingFigures();
        }
        else
        {
            new TableChoice(collector, new TableSearch(collector.Labels, period, sheets), period).Choose(form.Tables);
        }

        var reading = collector.ToReading(sheets);
        return reading.Figures.Count == 0 && workbook.Sheets is [{ Name: null } only] && IdentityOn(only) is { Version: not null } alone
            ? new Reading([], [], [], [alone.Check(form, period) is { Severity: Severity.Error } wrong ? wrong : alone.Alone(form)])
            : reading;
    }

    /// <summary>What a form says of itself; null on an agency's own sheet that has the same name.</summary>
    private static FormIdentity? IdentityOn(Sheet about)
    {
        string? said = null, period = null, version = null;
        var at = new CellRef(about.Name, 1, 1);
        for (var row = 1; row <= about.RowCount; row++)
        {
            var value = about[row, 2].Shown.Trim();
            switch (about[row, 1].Text)
            {
                case FormIdentity.ReturnLabel:
                    (said, at) = (value, new CellRef(about.Name, row, 2));
                    break;
                case FormIdentity.PeriodLabel:
                    period = value;
                    break;
                case FormIdentity.VersionLabel:
                    version = value;
                    break;
                default:
                    break;
            }
        }

        return FormIdentity.TryParse(said, period, version, at);
    }
}
