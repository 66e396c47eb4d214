using System.Globalization;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core;

/// <summary>The scheduled publish when somebody asks for it: who did is audited, and they are told what came of it.</summary>
public sealed class PublishNow(PublishHeadlines publish, IFeedStore feed, TimeProvider clock)
{
    public async Task<DecisionOutcome> RunAsync(string by, CancellationToken ct)
    {
        await feed.NotePublishAskedAsync(by, clock.GetUtcNow(), ct);
        return await publish.RunAsync(ct) switch
        {
            { Hold: { } hold } => new DecisionOutcome(
                IsDone: false,
                string.Create(CultureInfo.InvariantCulture, $"Publishing is held by {hold.By} since {hold.At:d MMMM yyyy}: nothing is published until the hold is released."),
                [hold.Reason]),
            { IsNew: true, Number: var number } => Done($"Release {number} is published."),
            { Number: 0 } => Done($"Nothing is published yet: no return has been accepted."),
            { Number: var number } => Done($"Nothing has changed since release {number}."),
        };
    }

    private static DecisionOutcome Done(FormattableString message) => new(IsDone: true, FormattableString.Invariant(message), []);
}
