using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Publish;

/// <summary>
/// Publishes on demand, and audits who asked for it. If releases are announced, this is a decision about one year, with a reason that is
/// published: an unscheduled correction.
/// </summary>
public sealed class PublishNow(PartnershipCatalogue catalogue, PublishHeadlines publish, IFeedStore feed, PublishOptions options, TimeProvider clock)
{
    /// <param name="year">The year to correct; null if releases are not announced.</param>
    /// <param name="publishesNumbers">True if the person has confirmed that the small numbers of the reason can be published.</param>
    /// <param name="isDryRun">True to show what would be done, and change nothing.</param>
    public async Task<Outcome> RunAsync(Person by, Period? year, string? reason, bool publishesNumbers, bool isDryRun, CancellationToken ct)
    {
        if (options.IsContinuous(catalogue))
        {
            if (isDryRun)
            {
                return Outcome.Done("We would publish the changes now.");
            }

            await feed.AuditPublishRequestAsync(by, clock.GetUtcNow(), reason: null, ct);
            return Describe(await publish.RunAsync(ct));
        }

        if (year is not { IsYear: true } corrected)
        {
            return Outcome.Incomplete("Releases are announced. To publish a correction before the next one, say which year, and give a reason.");
        }

        if (FreeText.CheckPublic(reason, "Give a reason for publishing before the announced time. The reason is published.", publishesNumbers, catalogue.Disclosure, out var text) is { } problem)
        {
            return problem;
        }

        if (isDryRun)
        {
            return Outcome.Done($"We would publish the changes of {corrected} now, before the next announced release.") with { PublicText = text };
        }

        await feed.AuditPublishRequestAsync(by, clock.GetUtcNow(), text, ct);
        return Describe(await publish.RunUnscheduledAsync(corrected, text, ct));
    }

    private static Outcome Describe(PublishOutcome outcome) => outcome switch
    {
        { Hold: { } hold } => Outcome.Refused(
            string.Create(CultureInfo.InvariantCulture, $"{hold.By.Name} put publishing on hold on {UkTime.DateOf(hold.At):d MMMM yyyy}. Nothing is published until you release the hold."),
            hold.Reason),
        { IsNew: true, Number: var number } => Done($"Release {number} is published."),
        { Number: 0 } => Done($"Nothing is published yet, because no return has been accepted."),
        { Number: var number } => Done($"Nothing has changed since release {number}."),
    };

    private static Outcome Done(FormattableString message) => Outcome.Done(FormattableString.Invariant(message));
}
