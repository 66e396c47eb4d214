using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Publish.Formats;

/// <summary>A release as an entry of <c>changes.atom</c>.</summary>
/// <param name="Path">The path that represents the release.</param>
/// <param name="Headlines">The title and the unit of each headline, by its id.</param>
internal sealed record LogEntry(
    Publisher Publisher, ReleaseElement Release, string Path, IReadOnlyDictionary<string, (string Title, string? Unit)> Headlines, bool IsFirst);

/// <summary>Words the time and the reason of a release for readers.</summary>
internal static class ReleaseWording
{
    /// <summary>Returns a line each for the manager's note, a late publication, and the reason of an unscheduled release.</summary>
    public static IEnumerable<string> DescribeOccasion(ReleaseElement release)
    {
        if (release.Unscheduled is { } reason)
        {
            yield return $"Unscheduled release: {reason}";
        }

        if (release.Scheduled is { } announced && IsLate(release))
        {
            yield return $"This release was announced for {FormatDay(announced)} and published on {FormatDay(release.Published)}.";
        }

        if (release.Note is { } note)
        {
            yield return note;
        }
    }

    /// <summary>Returns true if the release was published on a later day than announced.</summary>
    public static bool IsLate(ReleaseElement release) => release.Scheduled is { } announced && UkTime.DateOf(release.Published) > UkTime.DateOf(announced);

    private static string FormatDay(DateTime time) => UkTime.DateOf(time).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
