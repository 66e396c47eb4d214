using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Checking;

/// <summary>Converts valid figures to observations. Equal figures give equal observations, whatever the file format.</summary>
public static class ObservationBuilder
{
    /// <summary>The maximum length of a note. The file itself is stored in full.</summary>
    private const int MaxNoteLength = 500;

    /// <summary>Returns the observations in the order of the form's cells.</summary>
    public static IReadOnlyList<Observation> Create(IReadOnlyList<ValidFigure> figures, Period period)
    {
        var ordered = IsOrdered(figures) ? figures : [.. figures.OrderBy(valid => valid.Source.FormCell.Index)];
        var observations = new Observation[ordered.Count];
        for (var i = 0; i < observations.Length; i++)
        {
            var (found, figure) = ordered[i];
            observations[i] = new Observation(found.FormCell.Key, period, Tidy(figure), found.Address);
        }

        return observations;
    }

    private static bool IsOrdered(IReadOnlyList<ValidFigure> figures)
    {
        for (var i = 1; i < figures.Count; i++)
        {
            if (figures[i].Source.FormCell.Index < figures[i - 1].Source.FormCell.Index)
            {
                return false;
            }
        }

        return true;
    }

    private static Figure Tidy(Figure figure) => figure with
    {
        Value = figure.Value?.TrimTrailingZeros(),
        Note = figure.Note is { } note ? FindingText.Shorten(note, MaxNoteLength) : null,
    };
}
