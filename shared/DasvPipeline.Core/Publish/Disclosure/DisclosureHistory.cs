using System.Text.Json.Serialization;

namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>A sum that a release revealed, and the number that revealed it.</summary>
internal sealed record PublishedSum(string Cell, SumConstraint Statement);

/// <summary>
/// The disclosure history of a year: everything that all releases so far reveal. It is kept private in the record of the year.
/// The next release, combined with it, must not reveal a small count.
/// </summary>
/// <param name="ProtectedSums">The sums that have been protected so far.</param>
/// <param name="Decision">The latest suppression decision, with a hash of the figures it was made for.</param>
internal sealed record DisclosureHistory(IReadOnlyList<PublishedSum> PublishedSums, IReadOnlyList<ProtectedSum> ProtectedSums, SuppressionDecision? Decision)
{
    public static readonly DisclosureHistory Empty = new([], [], null);

    /// <summary>Returns the history after one more release.</summary>
    public DisclosureHistory Append(IEnumerable<PublishedSum> published, IEnumerable<ProtectedSum> hidden, SuppressionDecision decision) => new(
        [.. Compact(PublishedSums.Concat(published))],
        [.. ProtectedSums.Concat(hidden).DistinctBy(protectedSum => protectedSum.Sum)],
        decision);

    /// <summary>Returns this history with everything that another one of the same year reveals, and its decision.</summary>
    public DisclosureHistory Add(DisclosureHistory later) => new(
        [.. Compact(PublishedSums.Concat(later.PublishedSums))],
        [.. ProtectedSums.Concat(later.ProtectedSums).DistinctBy(protectedSum => protectedSum.Sum)],
        later.Decision);

    /// <summary>
    /// Leaves out what adds nothing: that counts are not negative, and a lower bound of a sum that another number has too. So the history grows
    /// with what a release changes, and not with its size.
    /// </summary>
    private static IEnumerable<PublishedSum> Compact(IEnumerable<PublishedSum> sums)
    {
        var bounds = new HashSet<SumConstraint>();
        return sums.Distinct().Where(published => published.Statement is var known
            && (known.IsExact || ((known.LowerBound > 0 || !known.Sum.Subtracted.IsEmpty) && bounds.Add(known))));
    }

    /// <summary>Returns the history with what is known besides the numbers of the year.</summary>
    public DisclosureHistory Learn(IReadOnlyList<PublishedSum> known) => known.Count == 0 ? this : this with { PublishedSums = [.. PublishedSums.Concat(known).Distinct()] };

    public DisclosureHistoryDocument ToDocument()
    {
        var counts = PublishedSums.SelectMany(published => published.Statement.Sum.Counts).Concat(ProtectedSums.SelectMany(protectedSum => protectedSum.Sum.Counts)).Distinct()
            .OrderBy(count => count.Figure, StringComparer.Ordinal).ThenBy(count => count.Value).ToList();
        var index = counts.Select((count, i) => (count, i)).ToDictionary(pair => pair.count, pair => pair.i);
        return new DisclosureHistoryDocument(
            [.. counts.Select(count => new CountElement(count.Figure, count.Value))],
            [.. PublishedSums.Select(published => new PublishedSumElement(published.Cell, Element(published.Statement.Sum), published.Statement.LowerBound, published.Statement.IsExact))],
            [.. ProtectedSums.Select(protectedSum => new ProtectedSumElement(protectedSum.Name, Element(protectedSum.Sum)))],
            Decision);

        SumElement Element(Sum sum) => new([.. sum.Added.Select(count => index[count])], [.. sum.Subtracted.Select(count => index[count])]);
    }

    public static DisclosureHistory From(DisclosureHistoryDocument document)
    {
        var counts = document.Counts.Select(count => new ReportedCount(count.Figure, count.Value)).ToList();
        return new DisclosureHistory(
            [.. document.PublishedSums.Select(published => new PublishedSum(published.Cell, new SumConstraint(SumOf(published.Sum), published.AtLeast, published.IsExact)))],
            [.. document.Hidden.Select(protectedSum => new ProtectedSum(SumOf(protectedSum.Sum), protectedSum.Name))],
            document.Decision);

        Sum SumOf(SumElement sum) => new([.. sum.Of.Select(i => counts[i])], [.. sum.Less.Select(i => counts[i])]);
    }
}

/// <param name="Figures">Hash of the figures and the policy. The decision is kept while the hash is the same.</param>
/// <param name="Exposed">Sums that could not be protected, because earlier releases reveal too much of them.</param>
internal sealed record SuppressionDecision(string Figures, IReadOnlyList<SuppressedCell> Hidden, IReadOnlyList<string> Exposed);

internal sealed record DisclosureHistoryDocument(
    IReadOnlyList<CountElement> Counts, [property: JsonPropertyName("told")] IReadOnlyList<PublishedSumElement> PublishedSums, IReadOnlyList<ProtectedSumElement> Hidden, SuppressionDecision? Decision);

internal sealed record CountElement(string Figure, long Value);

internal sealed record SumElement(IReadOnlyList<int> Of, IReadOnlyList<int> Less);

internal sealed record PublishedSumElement(string Cell, SumElement Sum, long AtLeast, bool IsExact);

internal sealed record ProtectedSumElement(string Name, SumElement Sum);
