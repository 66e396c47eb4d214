using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>A release whose files this run has written.</summary>
/// <param name="Files">The files by their names in the release's folder.</param>
internal sealed record WrittenRelease(ReleaseRecord Record, IReadOnlyDictionary<string, byte[]> Files);

/// <summary>The figures of a year, with the record that they were read from.</summary>
/// <param name="Stored">Null for a year that was never examined.</param>
internal sealed record YearState(PartnershipCatalogue Catalogue, YearFigures Figures, YearRecord? Stored, string? ETag)
{
    public Period Year => Figures.Year;

    /// <summary>True if the figures were read from the observations and kept in a checkpoint.</summary>
    public bool HasCheckpoint { get; init; }

    /// <summary>What the years before and after it contribute to its disclosure control.</summary>
    public IReadOnlyList<OtherYear> OtherYears { get; init; } = [];

    public DisclosureHistory History => Stored is null ? DisclosureHistory.Empty : DisclosureHistory.From(Stored.History);

    /// <summary>Returns what this year contributes to the disclosure control of others, after it is published.</summary>
    public OtherYear ToOtherYear(DisclosureHistory history) => OtherYear.Create(Catalogue, Year, Figures.GetObservations(LinkedChecks.GetUsedMeasures(Catalogue, Year)), history);

    /// <summary>Creates the new record of the year.</summary>
    public YearChange With(DisclosureHistory history) => new(Year, Stored, YearRecord.Create(Catalogue, Figures, history), ETag) { HasCheckpoint = HasCheckpoint };
}

/// <summary>The record of a year before and after a publish.</summary>
internal sealed record YearChange(Period Year, YearRecord? Before, YearRecord After, string? ETag)
{
    /// <summary>True if a checkpoint must be deleted before the record is written.</summary>
    public bool HasCheckpoint { get; init; }
}

/// <summary>What a publish will write.</summary>
/// <param name="Release">Null if nothing differs from the published release.</param>
/// <param name="Before">The record of the published release.</param>
internal sealed record ReleasePlan(Release? Release, ReleaseRecord Before, IReadOnlyList<YearChange> Years)
{
    /// <summary>The documents that were made, changed or not.</summary>
    public IReadOnlyList<YearDocument> Examined { get; init; } = [];
}
