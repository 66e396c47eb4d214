using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>Says why the value of a headline differs from the previous release.</summary>
internal sealed class ChangeReasons(PartnershipCatalogue catalogue, YearDocument year, LineageYear? before)
{
    /// <summary>Names the returns behind a headline that were sent, corrected or withdrawn, and a changed definition or policy.</summary>
    /// <param name="from">The published value; null if it was not shown.</param>
    /// <param name="to">The new value; null if it is not shown.</param>
    public string Describe(string headline, decimal? from, decimal? to)
    {
        var reasons = FindReturns(headline).ToList();
        if (HasOtherDefinition(headline))
        {
            reasons.Add("We changed how this figure is defined or worked out." + (catalogue.Reason is { } why ? $" {why}" : string.Empty));
        }

        if (reasons.Count == 0)
        {
            var isProtected = from is null || to is null;
            reasons.Add(
                before?.PolicyHash is { } policy && policy != year.Lineage.PolicyHash && isProtected ? "We changed our rules for protecting people."
                : isProtected ? "Other figures changed. This one is now shown, or hidden so that nobody can be recognised."
                : "We corrected how this figure is worked out.");
        }

        return string.Join(' ', year.Reason is { } given ? [.. reasons, given] : reasons);
    }

    private bool HasOtherDefinition(string headline) =>
        before?.Definitions is { } earlier && earlier.GetValueOrDefault(headline) != year.Lineage.Definitions?.GetValueOrDefault(headline);

    private IEnumerable<string> FindReturns(string headline)
    {
        var measures = catalogue.Headlines.Where(item => item.Id.Value == headline).SelectMany(item => item.Measures).ToHashSet();
        var returns = catalogue.Forms.Where(form => form.Cells.Any(cell => measures.Contains(cell.Measure.Id))).Select(form => form.Return).ToHashSet();
        foreach (var key in year.Lineage.Returns.Keys.Union(before?.Returns.Keys ?? Enumerable.Empty<string>()).Select(ReturnKey.Parse)
            .Where(key => returns.Contains(key.Return)).OrderBy(key => key.Return.ToString(), StringComparer.Ordinal).ThenBy(key => key.Period))
        {
            var (earlier, later) = (Find(before?.Returns, key.ToString()), Find(year.Lineage.Returns, key.ToString()));
            if (earlier != later)
            {
                var (agency, name) = (catalogue.GetAgencyName(key.Return.Agency, key.Period), $"\"{catalogue.FindFormOrNewest(key)!.Title}\" for {key.Period.Label}");
                yield return later is null ? catalogue.FindForm(key) is null ? $"{agency} does not report {name} any more." : $"{agency} withdrew {name}."
                    : earlier is null ? $"{agency} sent {name}."
                    : FormattableString.Invariant($"{agency} corrected {name} (version {later}).");
            }
        }
    }

    private static int? Find(SortedDictionary<string, int>? versions, string key) => versions is not null && versions.TryGetValue(key, out var version) ? version : null;
}
