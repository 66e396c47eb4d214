using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading.Layout;

namespace DasvPipeline.Core.Ingest.Checking;

/// <summary>Reads the signs in columns next to figures: R is revised, P is provisional.</summary>
internal static class FigureFlags
{
    /// <summary>Adds the sign of a figure to its markers, or keeps it as a note and queries it.</summary>
    public static Figure Apply(Figure figure, FoundFigure found, List<Finding> findings)
    {
        if (found.Flag is not { } flag || IsPlain(flag.Text))
        {
            return figure;
        }

        if (MarkerOf(flag.Text) is { } marker)
        {
            findings.Add(Finding.Note(Codes.Flag, flag.At, $"{FindingText.Quote(flag.Text)} next to {found.Address.Address} was read as {Describe(marker)}."));
            return figure with { Markers = figure.Markers | marker };
        }

        findings.Add(Finding.Query(
            Codes.Flag,
            flag.At,
            $"We do not know what {FindingText.Quote(flag.Text)} next to {found.Address.Address} means. We used the figure as it is. Write [e], [p], [r] or [b] instead, or a note.",
            new FindingSubject(found.FormCell.Key, figure.Value)));
        return figure;
    }

    private static bool IsPlain(string text) => text.Equals("final", StringComparison.OrdinalIgnoreCase) || text.Equals("actual", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the marker of a sign that does not change the number. A sign such as [c] contradicts a number, so it has none.</summary>
    private static Markers? MarkerOf(string text) => text.Trim('[', ']', '(', ')', ' ').ToLowerInvariant() switch
    {
        "r" or "rev" or "revised" => Markers.Revised,
        "p" or "prov" or "provisional" => Markers.Provisional,
        "e" or "est" or "estimate" or "estimated" => Markers.Estimated,
        "b" or "break" => Markers.Break,
        _ => null,
    };

    private static string Describe(Markers marker) => marker switch
    {
        Markers.Revised => "revised ([r])",
        Markers.Provisional => "provisional ([p])",
        Markers.Estimated => "an estimate ([e])",
        _ => "a break in the series ([b])",
    };
}
