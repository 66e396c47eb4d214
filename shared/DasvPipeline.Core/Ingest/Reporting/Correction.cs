using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Ingest.Reporting;

/// <summary>A figure that differs between two versions. It is null in a version without it.</summary>
/// <param name="Cell">The cell in the new file, or null if the figure is no longer there.</param>
public sealed record FigureChange(FormCell FormCell, Figure? From, Figure? To, CellRef? Cell)
{
    public string FromText => Text(From);

    public string ToText => Text(To);

    private string Text(Figure? figure) => figure switch
    {
        null => "nothing",
        { Value: { } value } => Wording.Format(value, FormCell.Measure.Quantity) + Letters(figure.Value.Markers),
        _ => Letters(figure.Value.Markers).TrimStart(),
    };

    private static string Letters(Markers markers) => markers == Markers.None ? string.Empty : $" [{string.Join("][", markers.ToLetters())}]";
}

/// <summary>A headline that a new version changes, as it would be published. A value is null if it is suppressed or not available.</summary>
/// <param name="IsShared">
/// True if other agencies contribute to it. Its value is then not shown: an agency could try one file after the other, and subtract its own figures.
/// </param>
public sealed record HeadlineChange(Headline Headline, decimal? From, decimal? To, bool IsShared)
{
    public string FromText => Text(From);

    public string ToText => Text(To);

    /// <summary>A sentence for the agency.</summary>
    public string Sentence => IsShared
        ? $"The headline \"{Headline.Title}\" changes. It also includes figures of other agencies, so it is not shown before it is published."
        : $"The headline \"{Headline.Title}\" changes from {FromText} to {ToText}.";

    private string Text(decimal? value) => IsShared ? "not shown" : value is { } known ? Wording.Format(known, Headline.Quantity) : "no published figure";
}

/// <summary>The changes that a new version of a return makes to figures and headlines.</summary>
/// <param name="SinceVersion">The version it is compared with: the newest one accepted before it.</param>
public sealed record Correction(int SinceVersion, IReadOnlyList<FigureChange> Figures, IReadOnlyList<HeadlineChange> Headlines)
{
    private const int MaxListed = 8;

    /// <summary>Compares a new version with an earlier one.</summary>
    /// <param name="form">The form of the return.</param>
    /// <param name="before">The earlier version.</param>
    /// <param name="now">The new version.</param>
    /// <param name="others">The other live figures of the year that the headlines need.</param>
    public static Correction Create(PartnershipCatalogue catalogue, Form form, LiveReturn before, LiveReturn now, YearFigures others)
    {
        var (headlinesBefore, headlinesNow) = (HeadlinesOf(catalogue, form, others.WithReturn(before)), HeadlinesOf(catalogue, form, others.WithReturn(now)));
        return new Correction(
            before.Version,
            [.. Differences(form, before, now)],
            [.. headlinesBefore.Zip(headlinesNow, (earlier, later) => new HeadlineChange(earlier.Headline, earlier.Total.Value, later.Total.Value, IsShared(earlier.Headline))).Where(move => move.From != move.To)]);

        bool IsShared(Headline headline) => others.GetObservations(headline.Measures).Any(item => item.Return.Agency != form.Return.Agency);
    }

    /// <summary>Returns the returns that contribute to the same headlines as a return.</summary>
    public static IReadOnlySet<ReturnId> GetRelatedReturns(PartnershipCatalogue catalogue, Form form, Period year)
    {
        var measures = AffectedHeadlines(catalogue, form, year).SelectMany(headline => headline.Measures).ToHashSet();
        return catalogue.Forms.Where(other => other.Cells.Any(cell => measures.Contains(cell.Measure.Id))).Select(other => other.Return).ToHashSet();
    }

    public Finding ToFinding()
    {
        if (Figures.Count == 0)
        {
            return Finding.Note(Codes.Corrected, null, FormattableString.Invariant($"Every figure is the same as in version {SinceVersion}."));
        }

        var listed = string.Join("; ", Figures.Take(MaxListed).Select(change => $"\"{change.FormCell.Name}\" from {change.FromText} to {change.ToText}"));
        var more = Figures.Count > MaxListed ? FormattableString.Invariant($"; and {Figures.Count - MaxListed} more") : string.Empty;
        var moves = Headlines.Count == 0 ? " No headline changes." : string.Concat(Headlines.Select(move => $" {move.Sentence}"));
        return Finding.Note(
            Codes.Corrected,
            Figures[0].Cell,
            FormattableString.Invariant($"{Plural.Format(Figures.Count, "figure")} changed since version {SinceVersion}: {listed}{more}.{moves}"));
    }

    private static IEnumerable<FigureChange> Differences(Form form, LiveReturn before, LiveReturn now)
    {
        var earlier = before.Observations.ToDictionary(observation => observation.Key);
        var later = now.Observations.ToDictionary(observation => observation.Key);
        foreach (var formCell in form.Cells)
        {
            var (old, current) = (earlier.GetValueOrDefault(formCell.Key), later.GetValueOrDefault(formCell.Key));
            if (old?.Figure.Value != current?.Figure.Value || old?.Figure.Markers != current?.Figure.Markers)
            {
                yield return new FigureChange(formCell, old?.Figure, current?.Figure, current?.Cell);
            }
        }
    }

    private static IReadOnlyList<HeadlineFigures> HeadlinesOf(PartnershipCatalogue catalogue, Form form, YearFigures year) =>
        DisclosureControl.Apply(catalogue.Disclosure, HeadlineCalculator.Calculate(catalogue, AffectedHeadlines(catalogue, form, year.Year), year));

    private static IEnumerable<Headline> AffectedHeadlines(PartnershipCatalogue catalogue, Form form, Period year)
    {
        var reported = form.Cells.Select(cell => cell.Measure.Id).ToHashSet();
        return catalogue.GetHeadlines(year).Where(headline => headline.Measures.Any(reported.Contains));
    }
}
