using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reading.Layout;

namespace DasvPipeline.Core.Ingest.Checking;

/// <summary>
/// Checks that all percentages of one measure in a table are written in the same way. If some are written as 75, then 0.36
/// can mean 36% or 0.36%, and 1 can mean 100% or 1%. The same is true of 0.36 under the heading "%".
/// </summary>
internal static class PercentNotation
{
    /// <summary>Returns an error for each cell whose meaning depends on the notation of the others.</summary>
    public static IReadOnlyDictionary<CellRef, Finding> FindAmbiguous(IReadOnlyList<FoundFigure> figures)
    {
        var ambiguous = new Dictionary<CellRef, Finding>();
        foreach (var group in figures.Where(found => found.FormCell.Measure.Quantity == Quantity.Percent).GroupBy(found => (found.FormCell.Measure, found.FormCell.Table)))
        {
            var bare = group.Select(found => (found.Cell, found.Address, found.IsUnderPercent, Value: BareNumber(found.Cell))).Where(item => item.Value is not null).ToList();
            var whole = bare.FirstOrDefault(item => item.Value > 1);
            foreach (var (cell, at, _, value) in bare.Where(item => item.Value is > 0 and <= 1 && (whole.Value is not null || item.IsUnderPercent)))
            {
                var text = cell.DisplayText.Trim();
                var reason = whole.Value is null ? "the heading says %" : $"{whole.Address.Address} has {whole.Cell.DisplayText.Trim()}";
                ambiguous[at] = Finding.Error(
                    Codes.NotANumber,
                    at,
                    $"{text} can mean {FigureFormatter.FormatValue(value!.Value, Quantity.Percent)} or {text}%, because {reason}. Enter it with a % sign.");
            }
        }

        return ambiguous;
    }

    /// <summary>Returns the number in a cell without a percent sign or percentage format.</summary>
    private static decimal? BareNumber(Cell cell) => cell.Kind switch
    {
        CellKind.Number when !cell.IsPercent && Math.Abs(cell.Number) < 1e15 => (decimal)cell.Number,
        CellKind.Text when FigureSyntax.TryParseNumber(cell.Text.AsSpan().Trim(), out var number) && !number.IsPercent => number.Value,
        _ => null,
    };
}
