using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>
/// Takes the figures of a return out, or uses an earlier version again, by the decision of the agency or the manager. Both need a
/// reason, and are audited with the person.
/// </summary>
public sealed class DecideVersion(PartnershipCatalogue catalogue, IUploadStore uploads, IReturnStore store, SendReturn send, TimeProvider clock)
{
    private readonly UploadNumbering _numbers = new(uploads, store);

    /// <summary>Withdraws the live version. No version before it comes back by itself. Repeating it changes nothing.</summary>
    /// <param name="version">The version that the person saw; null for the live one.</param>
    public async Task<Outcome> WithdrawAsync(ReturnKey key, int? version, string? reason, Person by, CancellationToken ct)
    {
        if (FreeText.Check(reason, "Say why you withdraw the figures.", out var text) is { } problem)
        {
            return problem;
        }

        var order = new SubmissionOrder(await store.ReadSubmissionsAsync(key, ct));
        if (order.Newest is not { } newest || catalogue.FindFormOrNewest(key) is not { } form)
        {
            return Outcome.NotFound("We have no accepted figures of this return.");
        }

        if ((version ?? newest.Version) != newest.Version)
        {
            return Outcome.Refused(FormattableString.Invariant($"Version {newest.Version} was accepted in the meantime. Look at it first."));
        }

        // The files first: a run that stops here is repeated by the person.
        var through = order.Live is null ? order.NewestUpload!.WithdrawnThrough : order.LastProcessed;
        await _numbers.MarkWithdrawnAsync(key, through, ct);
        await store.WithdrawAsync(key, new VersionDecision(newest.Version, by, clock.GetUtcNow(), text), through, form.GetDueDate(key.Period), ct);
        return Outcome.Done(order.Live is null
            ? FormattableString.Invariant($"Version {newest.Version} is already withdrawn.")
            : FormattableString.Invariant($"Version {newest.Version} is withdrawn. The next release will not use its figures."));
    }

    /// <summary>Sends the file of an earlier version again, so that it is the newest. It is checked like every file.</summary>
    public async Task<Outcome> ChooseAsync(ReturnKey key, int version, string? reason, Person by, CancellationToken ct)
    {
        if (FreeText.Check(reason, "Say why you choose this version.", out var text) is { } problem)
        {
            return problem;
        }

        var submissions = await store.ReadSubmissionsAsync(key, ct);
        if (submissions.FirstOrDefault(submission => submission.Version == version) is not { HasArrived: true } chosen)
        {
            return Outcome.NotFound("This version does not exist.");
        }

        if (chosen.IsErased)
        {
            return Outcome.Refused(FormattableString.Invariant($"The file of version {version} was deleted. Send the figures again."));
        }

        if (chosen.State != SubmissionState.Accepted)
        {
            return Outcome.Refused(FormattableString.Invariant($"Version {version} was not accepted. You can only choose an accepted version."));
        }

        if (new SubmissionOrder(submissions).Live?.Version == version)
        {
            return Outcome.Refused(FormattableString.Invariant($"We already use version {version}."));
        }

        if (await ReadFileAsync(submissions, chosen, ct) is not { } content)
        {
            return Outcome.Refused(FormattableString.Invariant($"We no longer have the file of version {version}. Send it again."));
        }

        await store.AuditChosenAsync(key, new VersionDecision(version, by, clock.GetUtcNow(), text), ct);
        var sent = await send.RunAsync(key, UploadName.GetOriginalName(chosen.Path), content, by, ct);
        return sent.Result is IngestResult.Rejected
            ? Outcome.Refused(
                FormattableString.Invariant($"The file of version {version} does not pass the checks any more."),
                [.. sent.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Message)])
            : Outcome.Done(FormattableString.Invariant($"We use the file of version {version} again, as version {sent.Version}."));
    }

    /// <summary>Reads the bytes of a version: from its own file, or from one that repeats it.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReadFileAsync(IReadOnlyList<Submission> submissions, Submission chosen, CancellationToken ct)
    {
        foreach (var submission in submissions.Where(submission => submission.Version == chosen.Version || submission.RepeatOf == chosen.Version))
        {
            if (await uploads.FindAsync(submission.Path, ct) is { } upload && store.IsFromUpload(submission, upload)
                && await uploads.ReadAsync(upload, ct) is { } content && Submission.HashContent(content.Span) == chosen.ContentHash)
            {
                return content;
            }
        }

        return null;
    }
}
