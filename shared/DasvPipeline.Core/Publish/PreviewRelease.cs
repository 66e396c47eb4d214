using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Publish;

/// <summary>Shows the manager what the next publish will change: what was approved, or what publishing now would change. Also shows what waits for a decision, and what is hidden and why.</summary>
public sealed class PreviewRelease(PartnershipCatalogue catalogue, ReleaseBuilder builder, IReturnStore store, IFeedStore feed, PublishOptions options, TimeProvider clock)
{
    public Task<Preview> RunAsync(CancellationToken ct) => RunAsync(ignoresApproval: false, ct);

    /// <param name="ignoresApproval">True to show what an approval would approve now, also if the release is approved already.</param>
    public async Task<Preview> RunAsync(bool ignoresApproval, CancellationToken ct)
    {
        var outstanding = await feed.ReadPublishQueueAsync(ct);
        outstanding = ignoresApproval ? outstanding with { Approval = null } : outstanding;
        var current = outstanding.Current;
        var now = clock.GetUtcNow();
        var next = options.IsContinuous(catalogue) ? null : NextRelease.Find(catalogue, current, now);
        outstanding = outstanding with { AsOf = UkTime.DateOf(next is { IsLate: false } ? next.Announced.At : now) };
        var (release, prepared, approval) = await BuildAsync(outstanding, ct);
        var later = outstanding.Pending.Select(pending => pending.Key).Distinct().Count() - prepared.Pending.Select(pending => pending.Key).Distinct().Count();
        outstanding = prepared;
        var waiting = new List<WaitingReturn>();
        foreach (var (year, decision) in outstanding.Decisions.Years.Where(year => year.Value.SignedOffVersions is not null).OrderBy(year => year.Key))
        {
            waiting.AddRange(WaitingReturn.FindAll(catalogue, decision, await store.ReadLedgerAsync(year, ct)));
        }

        var years = new List<PreviewYear>();
        foreach (var year in (current?.Years.Keys ?? []).Concat(release?.Years.Select(year => year.Year) ?? []).Distinct().Order())
        {
            var state = await builder.ReadYearAsync(year, outstanding, ct);
            var (headlines, tables, report) = (HeadlineCalculator.Calculate(catalogue, state.Figures), TableCalculator.Calculate(catalogue, state.Figures), ReportCalculator.Calculate(catalogue, state.Figures));
            var atOnce = DisclosureControl.Apply(catalogue, state.Figures, DisclosureHistory.Empty, state.OtherYears);
            var (decision, disclosed) = (outstanding.Decisions.GetYear(year), builder.Disclose(state));
            years.Add(PreviewYear.Create(year, decision, disclosed, atOnce, FeedNumbers.Collect(headlines, tables, report), FeedNumbers.FindProvisional(headlines, tables, report)) with
            {
                Shown = FeedNumbers.Collect(disclosed.Headlines, disclosed.Tables, disclosed.Report),
                IsFrozen = decision is { SignedContent: not null } or { IsUnderReview: true },
            });
        }

        return new Preview(
            current?.Number ?? 0,
            outstanding.Decisions.Hold is { } hold ? new PreviewHold(hold.By.Name, UkTime.From(hold.At), hold.Reason) : null,
            release is null ? null : [.. release.Years.Select(year => new PreviewStatus(year.Year.ToString(), year.Lineage.Status, year.Lineage.Stage!) { IsNew = current?.Years.ContainsKey(year.Year) != true })],
            [.. (release?.Changes ?? []).Select(change => new PreviewChange(change.Headline, change.Period, change.From, change.To, change.Reason))],
            waiting,
            years)
        {
            IsContinuous = options.IsContinuous(catalogue),
            Next = next is null ? null : new PreviewNext(UkTime.From(next.Announced.At), next.Announced.Title, next.IsLate),
            Approval = approval,
            LaterReturns = later,
        };
    }

    /// <summary>Builds what will be published: what was approved, or if nothing was, what is in the queue.</summary>
    private async Task<(Release? Release, PublishQueue Queue, PreviewApproval? Approval)> BuildAsync(PublishQueue queue, CancellationToken ct)
    {
        PreviewApproval? outdated = null;
        if (queue.Approval is { } approval && !options.IsContinuous(catalogue))
        {
            var content = ApprovedContent.Parse((await feed.ReadKeptAsync(approval.Content, ct)).Span);
            var approved = content.Apply(queue);
            var release = (await builder.BuildAsync(approved, new ReleaseOccasion(approval.For, approval.Note, null), ct)).Release;
            if (content.IsOf(release, queue.Current))
            {
                return (release, approved, PreviewApproval.Create(approval));
            }

            outdated = PreviewApproval.Create(approval) with { IsOutdated = true };
        }

        return ((await builder.BuildAsync(queue, ReleaseOccasion.Continuous, ct)).Release, queue, outdated);
    }
}
