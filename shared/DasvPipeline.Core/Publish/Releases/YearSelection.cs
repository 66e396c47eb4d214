using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>The years that a release may change.</summary>
/// <param name="lineage">The years of the published release.</param>
internal sealed class YearSelection(PartnershipCatalogue catalogue, PublishQueue queue, IReadOnlyDictionary<string, LineageYear> lineage, DateOnly today)
{
    /// <summary>Every year with a return or in the feed.</summary>
    public IReadOnlyList<Period> Known { get; } = [.. queue.Years.Concat(queue.Current?.Years.Keys ?? []).Distinct().Order()];

    /// <summary>The years to look at, oldest first: those that changed, and the year after each of them, which is compared with it.</summary>
    public IEnumerable<Period> Examined
    {
        get
        {
            var changed = queue.Years.Concat(Known.Where(year => IsIncluded(year) && !IsSettled(year) && (HasOtherCatalogue(year) || IsInProgress(year)))).ToHashSet();
            return Known.Where(year => changed.Contains(year) || (changed.Contains(year.PreviousYear) && !IsSettled(year) && CanFollow(year)));
        }
    }

    /// <summary>Returns true if the figures of a year do not follow its returns: it is signed off, or under review.</summary>
    public bool IsFrozen(Period year) => queue.Decisions.GetYear(year) is { } decision && (decision.SignedContent is not null || decision.IsUnderReview) && !IsTakenDown(year);

    /// <summary>Returns true if a year is frozen and published as it was decided, so that nothing about it can change.</summary>
    private bool IsSettled(Period year) => IsFrozen(year) && queue.Decisions.GetYear(year)!.IsPublished;

    /// <summary>A year that was taken down is made again from the versions that were signed off, so that it is protected better.</summary>
    private bool IsTakenDown(Period year) => lineage.TryGetValue(year.ToString(), out var published) && published.Hash.Length == 0;

    private bool IsIncluded(Period year) => queue.OnlyYear is null || year == queue.OnlyYear;

    /// <summary>A release of one year changes the comparison of the next year, but none of its figures. If that is not possible, it waits.</summary>
    private bool CanFollow(Period year) =>
        queue.OnlyYear is null || (queue.Decisions.GetYear(year) is not { IsPublished: false } && lineage.GetValueOrDefault(year.ToString())?.CatalogueHash == catalogue.GetHash(year));

    private bool HasOtherCatalogue(Period year) =>
        queue.Current is { } current && current.CatalogueHash != catalogue.Hash && lineage.GetValueOrDefault(year.ToString())?.CatalogueHash != catalogue.GetHash(year);

    /// <summary>The returns that are due, and with them the figures that are missing, change from day to day until the year has ended.</summary>
    private bool IsInProgress(Period year) => year.End >= today || lineage.GetValueOrDefault(year.ToString())?.Stage == YearStage.InProgress;
}
