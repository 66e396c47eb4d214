using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read;
using DasvPipeline.Core.Validate;

namespace DasvPipeline.Core.Normalise;

/// <summary>Turns valid figures into observations: the same figures give the same ones, whatever file they came in.</summary>
public static class Normalisation
{
    /// <summary>What is kept of a note; the file itself is kept whole.</summary>
    private const int LongestNote = 500;

    /// <returns>In the order in which the form asks for them.</returns>
    public static IReadOnlyList<Observation> ToObservations(IReadOnlyList<ValidFigure> figures, Period period)
    {
        var ordered = new ValidFigure[figures.Count];
        var keys = new int[figures.Count];
        for (var i = 0; i < figures.Count; i++)
        {
            (ordered[i], keys[i]) = (figures[i], figures[i].Found.Asked.Index);
        }

        Array.Sort(keys, ordered);
        return Array.ConvertAll(ordered, valid => new Observation(valid.Found.Asked.Key, period, Tidy(valid.Figure), valid.Found.At));
    }

    private static Figure Tidy(Figure figure) => figure with
    {
        // 1.50 and 1.5 are one number, and are stored as one text.
        Value = figure.Value is { } value ? value / 1.0000000000000000000000000000m : null,
        Note = figure.Note is { } note ? FindingText.Shorten(note, LongestNote) : null,
    };
}
