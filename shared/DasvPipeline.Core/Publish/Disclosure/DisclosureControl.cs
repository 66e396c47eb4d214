using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;

namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>A year's figures after disclosure control.</summary>
/// <param name="Headlines">The headlines, with suppressed numbers removed.</param>
/// <param name="Hidden">The suppressed numbers, each with its reason.</param>
/// <param name="Exposed">Counts that earlier releases disclose, whatever is hidden now.</param>
public sealed record DisclosedYear(
    IReadOnlyList<HeadlineFigures> Headlines, IReadOnlyList<TableFigures> Tables, IReadOnlyList<SuppressedCell> Hidden, IReadOnlyList<string> Exposed)
{
    /// <summary>The disclosure history after this year is published.</summary>
    internal DisclosureHistory DisclosureHistory { get; init; } = DisclosureHistory.Empty;

    /// <summary>The disclosure history if this year is not published.</summary>
    internal DisclosureHistory UnpublishedHistory { get; init; } = DisclosureHistory.Empty;

    /// <summary>The tables of the annual report, with suppressed numbers removed.</summary>
    public IReadOnlyList<ReportTableFigures> Report { get; init; } = [];
}

/// <summary>
/// Hides small counts, and the numbers from which they could be worked out using this release and all earlier ones.
/// </summary>
public static class DisclosureControl
{
    /// <summary>Changes when the same figures need another decision, so that a decision by earlier rules is not kept.</summary>
    private const int Rules = 2;

    /// <summary>Applies disclosure control to a year that has never been published.</summary>
    public static IReadOnlyList<HeadlineFigures> Apply(DisclosurePolicy policy, IReadOnlyList<HeadlineFigures> headlines) =>
        Apply(policy, headlines, [], DisclosureHistory.Empty).Headlines;

    /// <summary>Applies disclosure control to a year, with all that is known of it and of the years before and after it.</summary>
    /// <param name="known">The disclosure history of the year.</param>
    /// <param name="otherYears">The years before and after it, as <see cref="OtherYear"/> describes.</param>
    internal static DisclosedYear Apply(PartnershipCatalogue catalogue, YearFigures year, DisclosureHistory known, IReadOnlyList<OtherYear> otherYears) => Apply(
        catalogue.Disclosure,
        HeadlineCalculator.Calculate(catalogue, year),
        TableCalculator.Calculate(catalogue, year),
        known,
        FigureLinks.Create(catalogue, year, known, otherYears),
        ReportCalculator.Calculate(catalogue, year));

    /// <param name="known">The disclosure history of the year.</param>
    /// <param name="links">What links the figures with each other and with other years.</param>
    /// <param name="report">The tables of the annual report; null without one.</param>
    internal static DisclosedYear Apply(
        DisclosurePolicy policy, IReadOnlyList<HeadlineFigures> headlines, IReadOnlyList<TableFigures> tables, DisclosureHistory known, FigureLinks? links = null,
        IReadOnlyList<ReportTableFigures>? report = null)
    {
        links ??= FigureLinks.None;
        report ??= [];
        var sheet = new PublicCellBuilder(policy);
        foreach (var headline in headlines)
        {
            sheet.Add(headline);
        }

        foreach (var table in tables)
        {
            sheet.Add(table);
        }

        var wholes = headlines.SelectMany(headline => headline.Headline.Measures).ToHashSet();
        foreach (var table in report)
        {
            sheet.Add(table, wholes);
        }

        var figures = Fingerprint(policy, sheet.Cells, links);
        var unpublished = known.Learn(links.OtherYears);
        if (known.Decision?.Figures != figures)
        {
            known = unpublished.Learn(links.Statements);
            var protectedSums = ProtectedSumFinder.Find(policy, sheet.Cells, known, [.. sheet.Remainders, .. links.Remainders]);
            var (hidden, exposed) = SecondarySuppression.Choose(policy, sheet.Cells, known, protectedSums);
            known = Publish(sheet.Cells, known, protectedSums, new SuppressionDecision(figures, hidden, exposed));
        }

        var decision = known.Decision!;
        var percentages = StatedPercentages.FindHidden(policy, report).ToList();
        var hiddenIds = decision.Hidden.Concat(percentages).Select(suppressed => suppressed.Cell).ToHashSet(StringComparer.Ordinal);
        return new DisclosedYear(
            [.. headlines.Select(headline => Masking.Apply(policy, headline, hiddenIds))],
            [.. tables.Select(table => Masking.Apply(policy, table, hiddenIds))],
            [.. decision.Hidden, .. percentages],
            decision.Exposed)
        {
            Report = [.. report.Select(table => Masking.Apply(policy, table, hiddenIds))],
            DisclosureHistory = known,
            UnpublishedHistory = unpublished,
        };
    }

    private static DisclosureHistory Publish(IReadOnlyList<PublicCell> cells, DisclosureHistory known, IReadOnlyList<ProtectedSum> protectedSums, SuppressionDecision decision)
    {
        var hiddenIds = decision.Hidden.Select(suppressed => suppressed.Cell).ToHashSet(StringComparer.Ordinal);
        return known.Append(
            cells.SelectMany(cell => cell.GetConstraints(hiddenIds.Contains(cell.Id)), (cell, statement) => new PublishedSum(cell.Id, statement)),
            cells.Where(cell => hiddenIds.Contains(cell.Id)).SelectMany(cell => cell.HiddenConstraints, (cell, statement) => new ProtectedSum(statement.Sum, cell.Id)).Concat(protectedSums),
            decision);
    }

    /// <summary>
    /// Returns a hash of the figures and the policy. While it does not change, the decision about what to hide is kept.
    /// </summary>
    private static string Fingerprint(DisclosurePolicy policy, IReadOnlyList<PublicCell> cells, FigureLinks links)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"rules {Rules}: {policy.Threshold} {policy.RoundTo} {policy.SmallestBase} {policy.Contributors}\n");
        foreach (var (name, statement) in links.Statements)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} {statement.IsExact}: {string.Join(' ', statement.Sum.Added)} - {string.Join(' ', statement.Sum.Subtracted)}\n");
        }

        foreach (var cell in cells)
        {
            text.Append(CultureInfo.InvariantCulture, $"{cell.Id} {cell.PrimaryReason}\n");
            foreach (var count in cell.ShownSums.SelectMany(sum => sum.Counts))
            {
                text.Append(CultureInfo.InvariantCulture, $" {count.Figure}={count.Value}\n");
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
