using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Portal;

public static class HeadlineNames
{
    /// <summary>Names the headline that may have been meant, or all of them; null where there is one of that id.</summary>
    public static string? WhyUnknown(PartnershipCatalogue catalogue, string id)
    {
        var known = catalogue.Headlines.Select(headline => headline.Id.Value).ToList();
        return known.Contains(id, StringComparer.Ordinal) ? null
            : Nearest.To(id, known) is { } near ? $"There is no such headline. Did you mean {near}?"
            : $"There is no such headline. The headlines are {string.Join(", ", known)}.";
    }
}
