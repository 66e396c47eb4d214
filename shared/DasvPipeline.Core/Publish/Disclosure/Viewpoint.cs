using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>Who attacks: the public, or agencies that also know their own returns.</summary>
/// <param name="Agencies">Empty for the public.</param>
internal sealed record Viewpoint(IReadOnlyList<string> Agencies)
{
    public static readonly Viewpoint Public = new([]);

    /// <summary>Lists the attackers of figures to which these agencies contribute.</summary>
    public static IReadOnlyList<Viewpoint> FindAll(DisclosurePolicy policy, IEnumerable<ReportedCount> counts)
    {
        var agencies = counts.Select(count => count.Agency).Distinct().Order(StringComparer.Ordinal).ToList();
        var viewpoints = new List<Viewpoint> { Public };

        // Agencies that report everything know everything.
        if (policy.Contributors >= 1 && agencies.Count > 1)
        {
            viewpoints.AddRange(agencies.Select(agency => new Viewpoint([agency])));
        }

        if (policy.Contributors >= 2 && agencies.Count > 2)
        {
            viewpoints.AddRange(agencies.SelectMany((one, i) => agencies.Skip(i + 1).Select(other => new Viewpoint([one, other]))));
        }

        return viewpoints;
    }

    public bool IsPublic => Agencies.Count == 0;

    public bool Knows(ReportedCount count) => Agencies.Contains(count.Agency);

    /// <summary>
    /// Returns what must stay uncertain for this attacker. An agency that subtracts its own figures must not find a small count. It may
    /// find a larger one.
    /// </summary>
    public IEnumerable<ProtectedSum> GetProtectedSums(DisclosurePolicy policy, IEnumerable<ProtectedSum> protectedSums) => IsPublic
        ? protectedSums
        : protectedSums.Select(known => known with { Sum = known.Sum.Without(Knows), Name = $"{known.Name}, for {string.Join(" and ", Agencies)}" })
            .Where(known => known.Sum.IsSmall(policy)).DistinctBy(known => known.Sum);

    /// <summary>Returns the sums that are small once this attacker has subtracted what they know.</summary>
    public IEnumerable<ProtectedSum> GetRemainders(DisclosurePolicy policy, IEnumerable<ProtectedSum> derived) =>
        derived.Select(item => item with { Sum = item.Sum.Without(Knows) }).Where(item => policy.IsSmall(item.Sum.Value));

    /// <summary>Returns what the statements add to what this attacker knows.</summary>
    public IEnumerable<SumConstraint> GetStatements(IEnumerable<SumConstraint> statements) => IsPublic
        ? statements
        : statements.Select(statement => statement.Without(Knows)).Where(statement => !statement.Sum.IsEmpty && (statement.IsExact || statement.LowerBound > 0 || !statement.Sum.Subtracted.IsEmpty));
}
