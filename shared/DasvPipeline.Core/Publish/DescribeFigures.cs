using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Publish;

/// <summary>What the page "About these figures" shows.</summary>
/// <param name="Releases">The announced releases of the coming 12 months, each with its time and its title.</param>
public sealed record AboutFigures(
    AboutText Text, IReadOnlyList<(string Time, string Title)> Releases, IReadOnlyList<DictionaryEntry> Dictionary, int Threshold, string Contact);

/// <summary>Describes the figures for readers: definitions, disclosure control, releases and contact. Reads nothing but the catalogue.</summary>
public sealed class DescribeFigures(TimeProvider clock)
{
    public AboutFigures Run(PartnershipCatalogue catalogue) => new(
        catalogue.About,
        [.. ReleaseSchedule.GetAhead(catalogue, clock.GetUtcNow()).Select(release => (UkTime.Format(release.At), release.Reason is { } reason ? string.Create(CultureInfo.InvariantCulture, $"{release.Title}. Moved from {release.MovedFrom:d MMMM yyyy}: {reason}") : release.Title))],
        DataDictionary.Create(catalogue),
        catalogue.Disclosure.Threshold,
        catalogue.Help.ContactAddress is { } address ? $"{catalogue.Help.Contact}, {address}" : catalogue.Help.Contact);
}
