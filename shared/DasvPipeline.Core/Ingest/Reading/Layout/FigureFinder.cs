using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Forms;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>Finds the figures of a form in the cells of a file, anywhere on its sheets.</summary>
public static class FigureFinder
{
    public static FormContents FindFigures(Form form, Period period, IReadOnlyDictionary<string, Dimension> dimensions, Workbook workbook)
    {
        var collector = new FigureCollector(new FormLabels(form, dimensions), period);
        var sheets = new List<Sheet>();
        var hasList = false;

        // A workbook with the forms of several returns has a sheet of information of each. Only the own one counts.
        var hasOwn = workbook.Sheets.Any(sheet => ReadFormIdentity(sheet) is { } identity && identity.Return == form.Return && identity.Period == period.ToString());
        foreach (var sheet in workbook.Sheets)
        {
            if ((hasOwn || sheet.Name == FormIdentity.SheetName) && ReadFormIdentity(sheet) is { } identity)
            {
                if (hasOwn && (identity.Return != form.Return || identity.Period != period.ToString()))
                {
                    continue;
                }

                if (identity.Check(form, period) is { } finding)
                {
                    if (finding.Severity == Severity.Error)
                    {
                        return new FormContents([], [], [], [finding]); // the file is for another return
                    }

                    collector.Add(finding);
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

        var tables = new TableSelector(collector, new TableSearch(collector.Labels, period, sheets), period);
        if (hasList)
        {
            tables.ChooseNextToList(form.Tables);
            collector.AddMissingFigures();
        }
        else
        {
            tables.Choose(form.Tables);
        }

        var reading = collector.ToReading(sheets);
        var figures = reading.AllFigures;
        reading = reading with
        {
            Findings = [.. reading.Findings, .. MergedFigures.Find(workbook.Sheets, figures)],
            Comments = [.. FindComments(workbook.Sheets, figures)],
        };
        return !reading.Figures.Any(figure => FigureSyntax.IsLikeFigure(figure.Cell)) && workbook.Sheets is [{ Name: null } onlySheet] && ReadIdentity(onlySheet) is { Version: not null } onlyIdentity
            ? new FormContents([], [], [], [onlyIdentity.Check(form, period) is { Severity: Severity.Error } error ? error : onlyIdentity.ReportFirstSheetOnly(form)])
            : reading;
    }

    /// <summary>Returns the return and period of the form in a file; null if the file is not a form, or has the forms of several returns.</summary>
    public static FormIdentity? FindIdentity(Workbook workbook) => FindIdentities(workbook) is [var identity] ? identity : null;

    /// <summary>Returns the returns and periods of the forms in a file.</summary>
    public static IReadOnlyList<FormIdentity> FindIdentities(Workbook workbook) => [.. workbook.Sheets.Select(ReadFormIdentity).OfType<FormIdentity>()];

    /// <summary>Reads the sheet of information of a form, also if a program has numbered its copy: "About (2)". Null for any other sheet.</summary>
    internal static FormIdentity? ReadFormIdentity(Sheet sheet) =>
        sheet.Name is { } name && name.StartsWith(FormIdentity.SheetName, StringComparison.Ordinal) && name.Skip(FormIdentity.SheetName.Length).All(letter => !char.IsLetter(letter)) ? ReadIdentity(sheet) : null;

    /// <summary>Returns the comments on the cells of figures. Those of a marked copy are our own findings, so they are left out.</summary>
    private static IEnumerable<FigureComment> FindComments(IReadOnlyList<Sheet> sheets, IReadOnlyList<FoundFigure> figures)
    {
        var comments = sheets.SelectMany(sheet => sheet.Comments.Select(comment => (At: new CellRef(sheet.Name, comment.Row, comment.Column), Comment: comment)))
            .Where(item => item.Comment.Author != CellComment.FindingsAuthor).ToLookup(item => item.At, item => item.Comment.Text);
        return comments.Count == 0 ? [] : figures.SelectMany(figure => comments[figure.Address].Select(text => new FigureComment(figure, text)));
    }

    /// <summary>Reads the return, period and version from the form's information sheet. Returns null if an agency's own sheet has the same name.</summary>
    private static FormIdentity? ReadIdentity(Sheet about)
    {
        string? returnId = null, period = null, version = null;
        var at = new CellRef(about.Name, 1, 1);
        for (var row = 1; row <= about.RowCount; row++)
        {
            var value = about[row, 2].DisplayText.Trim();
            switch (about[row, 1].Text)
            {
                case FormIdentity.ReturnLabel:
                    (returnId, at) = (value, new CellRef(about.Name, row, 2));
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

        return FormIdentity.TryParse(returnId, period, version, at);
    }
}
