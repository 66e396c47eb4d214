using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>
/// Finds figures in merged cells. Only the first of the merged cells is visible. A figure in another one cannot be seen,
/// and a figure in the first one seems to belong to all of them.
/// </summary>
internal static class MergedFigures
{
    /// <summary>Returns an error for each figure that is under a merged cell, or that is merged over cells of other figures.</summary>
    public static IEnumerable<Finding> Find(IReadOnlyList<Sheet> sheets, IEnumerable<FoundFigure> figures)
    {
        if (sheets.All(sheet => sheet.Merges.Count == 0))
        {
            yield break;
        }

        var figuresOnSheets = figures.ToLookup(figure => figure.Address.Sheet, StringComparer.Ordinal);
        foreach (var sheet in sheets.Where(sheet => sheet.Merges.Count > 0))
        {
            var found = figuresOnSheets[sheet.Name].ToList();
            foreach (var merge in sheet.Merges)
            {
                var first = new CellRef(sheet.Name, merge.FirstRow, merge.FirstColumn);
                var covered = found.FindAll(figure => merge.Contains(figure.Address) && figure.Address != first);
                foreach (var figure in covered.Where(figure => !figure.Cell.IsBlank))
                {
                    yield return Finding.Error(
                        Codes.MergedCells,
                        figure.Address,
                        $"{figure.Address.Address} has a figure that nobody can see, because the cells {merge} are merged. Unmerge them, and keep only the figures that count.");
                }

                if (covered.Exists(figure => figure.Cell.IsBlank) && FigureSyntax.IsLikeFigure(sheet[merge.FirstRow, merge.FirstColumn]))
                {
                    yield return Finding.Error(
                        Codes.MergedCells,
                        first,
                        $"The cells {merge} are merged, so we cannot tell which label this figure belongs to. Unmerge them, and enter each figure in its own cell.");
                }
            }
        }
    }
}
