using System.Globalization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Publish;

/// <summary>Runs the scheduled publish on demand. Audits who asked for it, and returns the result.</summary>
public sealed class PublishNow(PublishHeadlines publish, IFeedStore feed, TimeProvider clock)
{
    public async Task<Outcome> RunAsync(string by, CancellationToken ct)
    {
        await feed.AuditPublishRequestAsync(by, clock.GetUtcNow(), ct);
        return await publish.RunAsync(ct) switch
        {
            { Hold: { } hold } => Outcome.Refused(
                string.Create(CultureInfo.InvariantCulture, $"{hold.By} put publishing on hold on {hold.At:d MMMM yyyy}. Nothing is published until you release the hold."),
                hold.Reason),
            { IsNew: true, Number: var number } => Done($"Release {number} is published."),
            { Number: 0 } => Done($"Nothing is published yet, because no return has been accepted."),
            { Number: var number } => Done($"Nothing has changed since release {number}."),
        };
    }

    private static Outcome Done(FormattableString message) => Outcome.Done(FormattableString.Invariant(message));
}
