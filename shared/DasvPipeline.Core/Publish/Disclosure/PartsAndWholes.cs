using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>
/// Figures that are part of others, or the same as others, according to the checks of the catalogue. What remains of the whole is a
/// count too: 52 offences, of which 50 are serious, disclose 2 that are not.
/// </summary>
internal static class PartsAndWholes
{
    /// <returns>The relations, and the remainders of which the small ones must stay uncertain.</returns>
    public static (IReadOnlyList<PublishedSum> Relations, IReadOnlyList<ProtectedSum> Remainders) Find(PartnershipCatalogue catalogue, YearFigures year)
    {
        var (relations, remainders) = (new List<PublishedSum>(), new List<ProtectedSum>());
        foreach (var check in LinkedChecks.Find(catalogue, year.Year))
        {
            foreach (var part in check.LeftOperands)
            {
                var (parts, wholes) = (FiguresOf(check, part, year), FiguresOf(check, check.RightOperand, year));
                foreach (var byAgency in WaysToCompare(parts, wholes))
                {
                    var pairs = PairsOf(catalogue, check, parts, wholes, byAgency);
                    relations.AddRange(pairs.SelectMany(pair => RelationOf(check, pair)));
                    if (check.CanBeLess)
                    {
                        remainders.AddRange(RemaindersOf(pairs).Distinct()
                            .Select(sum => new ProtectedSum(sum, $"{check.Id}: {string.Join(" and ", check.RightOperand.Select(term => term.Measure))} without {string.Join(" and ", part.Select(term => term.Measure))}")));
                    }
                }
            }
        }

        return (relations, remainders);
    }

    private static List<SourcedObservation> FiguresOf(ComparisonCheck check, IEnumerable<TermDefinition> terms, YearFigures year) =>
        [.. terms.SelectMany(term => year.GetObservations([term.Measure]).Where(item => item.Observation.Figure.Value is not null && check.Validity.Includes(item.Observation.Period) && term.Includes(item.Observation.Key))).Distinct()];

    /// <summary>
    /// Returns whether to compare each agency, all agencies together, or both. If some agencies report only the whole, the others' part is
    /// known to be part of their own whole.
    /// </summary>
    private static IEnumerable<bool> WaysToCompare(IEnumerable<SourcedObservation> part, IEnumerable<SourcedObservation> whole)
    {
        var (parts, wholes) = (part.Select(item => item.Return.Agency).ToHashSet(), whole.Select(item => item.Return.Agency).ToHashSet());
        if (parts.Overlaps(wholes))
        {
            yield return true;
        }

        if (!parts.SetEquals(wholes))
        {
            yield return false;
        }
    }

    /// <summary>Compares the figures in as much detail as both sides have: by period, agency, area and breakdown.</summary>
    private static List<Pair> PairsOf(PartnershipCatalogue catalogue, ComparisonCheck check, List<SourcedObservation> part, List<SourcedObservation> whole, bool byAgency)
    {
        var both = part.Concat(whole).ToList();
        var dimensions = catalogue.Dimensions.Keys.Append(Dimension.Area).Distinct()
            .Where(dimension => check.SeparateDimensions.Contains(dimension) || both.TrueForAll(item => CodeOf(item, dimension) is not null)).Order(StringComparer.Ordinal).ToList();
        var byPeriod = both.Select(item => item.Observation.Period.IsYear).Distinct().Count() < 2;
        var wholes = whole.ToLookup(PlaceOf);
        var pairs = part.GroupBy(PlaceOf).Where(group => wholes.Contains(group.Key)).Select(group => new Pair(
            group.Key.Period, $"{group.Key.Agency}|{group.Key.Codes}", [.. group.Select(ReportedCount.Create)], [.. wholes[group.Key].Select(ReportedCount.Create)])).ToList();
        var holding = pairs.FindAll(IsMet);

        // A mistake in one place does not change that the year as a whole has a remainder.
        return holding.Count < pairs.Count && Combine(pairs) is var combined && IsMet(combined) ? [.. holding, combined] : holding;

        bool IsMet(Pair pair) => check.CanBeLess ? pair.Remainder.Value >= 0 : pair.Remainder.Value == 0;

        (Period Period, string Agency, string Codes) PlaceOf(SourcedObservation item) => (
            byPeriod ? item.Observation.Period : item.Observation.Period.Year,
            byAgency ? item.Return.Agency.Value : string.Empty,
            string.Join('|', dimensions.Select(dimension => CodeOf(item, dimension))));
    }

    /// <summary>Returns null for a figure of the whole partnership area.</summary>
    private static string? CodeOf(SourcedObservation item, string dimension) =>
        dimension == Dimension.Area && item.Observation.Key.Area == AreaId.All ? null : Dimension.CodeOf(item.Observation.Key, dimension);

    private static IEnumerable<PublishedSum> RelationOf(ComparisonCheck check, Pair pair)
    {
        if (!pair.Remainder.IsEmpty)
        {
            yield return new PublishedSum($"checks/{check.Id}", new SumConstraint(pair.Remainder, 0, IsExact: !check.CanBeLess));
        }
    }

    /// <summary>Returns the remainders that published numbers can disclose: of each figure, of each period, of each place, and of the year.</summary>
    private static IEnumerable<Sum> RemaindersOf(List<Pair> pairs) => pairs.Select(pair => pair.Remainder)
        .Concat(pairs.GroupBy(pair => pair.Period).Select(Add))
        .Concat(pairs.GroupBy(pair => pair.Place).Select(Add))
        .Append(Add(pairs))
        .Concat(pairs.GroupBy(pair => pair.Place.Split('|')[0]).Select(Add));

    private static Sum Add(IEnumerable<Pair> pairs) => Sum.CreateDifference(pairs.SelectMany(pair => pair.Whole), pairs.SelectMany(pair => pair.Part));

    private static Pair Combine(List<Pair> pairs) => new(pairs[0].Period.Year, string.Empty, [.. pairs.SelectMany(pair => pair.Part)], [.. pairs.SelectMany(pair => pair.Whole)]);

    private sealed record Pair(Period Period, string Place, IReadOnlyList<ReportedCount> Part, IReadOnlyList<ReportedCount> Whole)
    {
        public Sum Remainder { get; } = Sum.CreateDifference(Whole, Part);
    }
}
