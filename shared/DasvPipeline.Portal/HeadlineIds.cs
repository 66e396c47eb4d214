using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Portal;

public static class HeadlineIds
{
    /// <summary>Returns null if the headline exists, or else a message with the closest headline or all of them.</summary>
    public static string? FindProblem(PartnershipCatalogue catalogue, string id)
    {
        var known = catalogue.Headlines.Select(headline => headline.Id.Value).ToList();
        return known.Contains(id, StringComparer.Ordinal) ? null
            : NearestText.Find(id, known) is { } near ? $"This headline does not exist. Did you mean {near}?"
            : $"This headline does not exist. The headlines are {string.Join(", ", known)}.";
    }
}
