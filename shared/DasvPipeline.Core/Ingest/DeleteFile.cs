using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Telemetry;

namespace DasvPipeline.Core.Ingest;

/// <summary>
/// Deletes the file of a version by the decision of the agency or the manager: all its copies, its report and its annotated copy. The
/// tables keep its state and counts, and its figures without their notes. An interrupted deletion can be repeated.
/// </summary>
public sealed class DeleteFile(PartnershipCatalogue catalogue, IUploadStore uploads, IReturnStore store, IBlobCopies copies, IDeletionRecords records, TimeProvider clock)
{
    /// <summary>The time in which a file that has arrived is certainly processed. A deletion in between could be overtaken by its report.</summary>
    private static readonly TimeSpan ProcessingTime = TimeSpan.FromMinutes(10);

    private readonly DeletedFiles _deleted = new(uploads, store);

    /// <summary>Returns the versions that are deleted together: those with the same bytes.</summary>
    public static IReadOnlyList<Submission> GetSameFile(IReadOnlyList<Submission> submissions, Submission chosen) =>
        [.. submissions.Where(other => other.Version == chosen.Version || (chosen.ContentHash.Length > 0 && other.ContentHash == chosen.ContentHash && !other.IsErased))];

    public async Task<Outcome> RunAsync(ReturnKey key, int version, Person by, CancellationToken ct)
    {
        var submissions = await store.ReadSubmissionsAsync(key, ct);
        if (submissions.FirstOrDefault(submission => submission.Version == version) is not { State: not SubmissionState.Reserved } chosen
            || catalogue.FindFormOrNewest(key) is not { } form)
        {
            return Outcome.NotFound("This version does not exist.");
        }

        if (chosen.IsErased)
        {
            // Also completes a run that stopped before the audit.
            await AuditAsync([chosen], by, isDone: true, null, ct);
            return Outcome.Done(FormattableString.Invariant($"The file of version {version} is already deleted."));
        }

        var files = GetSameFile(submissions, chosen);
        if (files.Any(file => file.State == SubmissionState.Receiving && clock.GetUtcNow() - file.UploadedAt < ProcessingTime))
        {
            return Outcome.Refused(FormattableString.Invariant($"We are still checking this file. Try again in {ProcessingTime.TotalMinutes} minutes."));
        }

        await AuditAsync(files, by, isDone: false, null, ct);
        var left = await DeleteCopiesAsync(key, files, ct);
        await _deleted.TakeOutAsync(key, files, form.GetDueDate(key.Period), ct);

        // The chosen version goes last, so that a repeated run finds the others by it.
        foreach (var file in files.OrderBy(file => file.Version == version))
        {
            await records.EraseAsync(file, ct);
        }

        await AuditAsync(files, by, isDone: true, Describe(left), ct);
        Metrics.FilesWithPeople.Record((await store.ReadFilesWithPeopleAsync(ct)).Count);
        return Outcome.Done($"{DescribeDeleted(files)} {Describe(left) ?? "Nothing of it can be restored."}");
    }

    private async Task<CopiesLeft> DeleteCopiesAsync(ReturnKey key, IReadOnlyList<Submission> files, CancellationToken ct)
    {
        var left = CopiesLeft.None;
        foreach (var path in files.Select(file => file.Path).Distinct(StringComparer.Ordinal))
        {
            var numbers = files.Where(file => file.Path == path).Select(file => file.Version).ToHashSet();
            var uploadIds = files.Where(file => file.Path == path).Select(file => file.UploadId).ToHashSet();
            var checksums = await copies.ListUploadAsync(path, ct).Where(IsIdentified).Select(copy => copy.Checksum).OfType<string>().ToHashSetAsync(cancellationToken: ct);
            left = left.Add(await CopyRemover.RemoveAsync(copies, () => copies.ListUploadAsync(path, ct), copy => IsIdentified(copy) || IsUnnumberedCopy(copy, checksums), ct));

            // The number is kept with the blob when the ingest ends. Without it, the ETag tells whose upload this is.
            bool IsIdentified(StoredCopy copy) => copy.Number is { } number ? numbers.Contains(number) : copy.UploadId is { } id && uploadIds.Contains(id);
        }

        foreach (var file in files)
        {
            left = left.Add(await CopyRemover.RemoveAsync(copies, () => copies.ListReportAsync(file, ct), _ => true, ct));
        }

        return left;
    }

    /// <summary>
    /// Returns true for a version from before the blob had its number. If it has no checksum, nothing shows that it is another file, so it
    /// is deleted.
    /// </summary>
    private static bool IsUnnumberedCopy(StoredCopy copy, HashSet<string> checksums) =>
        copy.Number is null && (copy.Checksum is { } checksum ? checksums.Contains(checksum) : !copy.IsCurrent);

    private async Task AuditAsync(IReadOnlyList<Submission> files, Person by, bool isDone, string? text, CancellationToken ct)
    {
        foreach (var file in files)
        {
            await records.AuditDeletionAsync(file.Key, new FileDeletion(file.Version, by, clock.GetUtcNow(), isDone, text), ct);
        }
    }

    private static string DescribeDeleted(IReadOnlyList<Submission> files) => files is [var single]
        ? FormattableString.Invariant($"The file of version {single.Version} is deleted, with its report.")
        : FormattableString.Invariant($"The files of versions {string.Join(", ", files.SkipLast(1).Select(file => file.Version))} and {files[^1].Version} are the same. All are deleted, with their reports.");

    private static string? Describe(CopiesLeft left) => left.Count == 0
        ? null
        : FormattableString.Invariant($"An administrator can still restore {left.Count} deleted {(left.Count == 1 ? "copy" : "copies")}, for {Plural.Format(left.MaxDays, "day")} at most. Nobody else can.");
}
