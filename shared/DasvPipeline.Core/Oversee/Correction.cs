using DasvPipeline.Core.Aggregate;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Disclose;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core.Oversee;

/// <summary>A figure that a new version gives otherwise; null where a version has none.</summary>
/// <param name="Cell">In the new file; null where it is no longer there.</param>
public sealed record FigureChange(FormCell Asked, Figure? From, Figure? To, CellRef? Cell)
{
    public string FromText => Text(From);

    public string ToText => Text(To);

    private string Text(Figure? figure) => figure switch
    {
        null => "nothing",
        { Value: { } value } => Wording.Format(value, Asked.Measure.Quantity) + Letters(figure.Value.Markers),
        _ => Letters(figure.Value.Markers).TrimStart(),
    };

    private static string Letters(Markers markers) => markers == Markers.None ? string.Empty : $" [{string.Join("][", markers.ToLetters())}]";
}

/// <summary>A headline that a new version moves, as it would be published; null where the figure is hidden or not available.</summary>
public sealed record HeadlineMove(Headline Headline, decimal? From, decimal? To)
{
    public string FromText => Text(From);

    public string ToText => Text(To);

    private string Text(decimal? value) => value is { } known ? Wording.Format(known, Headline.Quantity) : "no published figure";
}

/// <summary>What a new version of a return changes: figure by figure, and the headlines they move.</summary>
/// <param name="Since">The version it is held against: the newest accepted before it.</param>
public sealed record Correction(int Since, IReadOnlyList<FigureChange> Figures, IReadOnlyList<HeadlineMove> Headlines)
{
    private const int Listed = 8;

    /// <param name="form">Of the return.</param>
    /// <param name="before">The version it is held against.</param>
    /// <param name="now">The new version.</param>
    /// <param name="others">What else counts of the year, as far as the headlines of <paramref name="before"/> or <paramref name="now"/> need it.</param>
    public static Correction Of(PartnershipCatalogue catalogue, Form form, LiveReturn before, LiveReturn now, YearFigures others)
    {
        var (then, next) = (HeadlinesOf(catalogue, form, others.With(before)), HeadlinesOf(catalogue, form, others.With(now)));
        return new Correction(
            before.Version,
            [.. Differences(form, before, now)],
            [.. then.Zip(next, (was, isNow) => new HeadlineMove(was.Headline, was.Total.Value, isNow.Total.Value)).Where(move => move.From != move.To)]);
    }

    /// <summary>The returns behind the headlines that a return has a part in.</summary>
    public static IReadOnlySet<ReturnId> ReturnsBeside(PartnershipCatalogue catalogue, Form form)
    {
        var measures = Touched(catalogue, form).SelectMany(headline => headline.Measures).ToHashSet();
        return catalogue.Forms.Where(other => other.Cells.Any(cell => measures.Contains(cell.Measure.Id))).Select(other => other.Return).ToHashSet();
    }

    public Finding ToNote()
    {
        if (Figures.Count == 0)
        {
            return Finding.Note(Codes.Corrected, null, FormattableString.Invariant($"Every figure is the same as in version {Since}."));
        }

        var listed = string.Join("; ", Figures.Take(Listed).Select(change => $"\"{change.Asked.Name}\" from {change.FromText} to {change.ToText}"));
        var more = Figures.Count > Listed ? FormattableString.Invariant($"; and {Figures.Count - Listed} more") : string.Empty;
        var moves = Headlines.Count == 0 ? " No headline moves." : string.Concat(Headlines.Select(move => $" The headline \"{move.Headline.Title}\" moves from {move.FromText} to {move.ToText}."));
        return Finding.Note(
            Codes.Corrected,
            Figures[0].Cell,
            FormattableString.Invariant($"{Plural.Of(Figures.Count, "figure")} changed since version {Since}: {listed}{more}.{moves}"));
    }

    private static IEnumerable<FigureChange> Differences(Form form, LiveReturn before, LiveReturn now)
    {
        var then = before.Observations.ToDictionary(observation => observation.Key);
        var next = now.Observations.ToDictionary(observation => observation.Key);
        foreach (var asked in form.Cells)
        {
            var (had, has) = (then.GetValueOrDefault(asked.Key), next.GetValueOrDefault(asked.Key));
            if (had?.Figure.Value != has?.Figure.Value || had?.Figure.Markers != has?.Figure.Markers)
            {
                yield return new FigureChange(asked, had?.Figure, has?.Figure, has?.Cell);
            }
        }
    }

    private static IReadOnlyList<HeadlineFigures> HeadlinesOf(PartnershipCatalogue catalogue, Form form, YearFigures year) =>
        Disclosure.Apply(catalogue.Disclosure, HeadlineArithmetic.WorkOut(catalogue, Touched(catalogue, form), year));

    private static IEnumerable<Headline> Touched(PartnershipCatalogue catalogue, Form form)
    {
        var reported = form.Cells.Select(cell => cell.Measure.Id).ToHashSet();
        return catalogue.Headlines.Where(headline => headline.Measures.Any(reported.Contains));
    }
}
