using DasvPipeline.Core.Ports;

namespace DasvPipeline.Tests.Ingest;

/// <summary>
/// Blobs of an account with versions, snapshots and soft delete, as Azure documents them. The emulator has none of these. Deleting the
/// current content makes it a version. Deleting a version or a snapshot keeps it for some days. Content with snapshots cannot be deleted.
/// </summary>
internal sealed class VersionedBlobs : IBlobCopies
{
    public const int SoftDeleteDays = 30;

    private readonly List<StoredCopy> copies = [];
    private int last;

    public int? UploadRetentionDays { get; init; }

    public IReadOnlyList<StoredCopy> Copies => copies;

    /// <summary>The names of the copies that readers can still get.</summary>
    public IEnumerable<string> Readable => copies.Where(copy => !copy.IsDeleted).Select(copy => copy.Name);

    /// <summary>Called before each deletion, for another writer at the same time.</summary>
    public Action? BeforeDeletion { get; set; }

    /// <summary>Writes content, or only its metadata. What was there becomes a version.</summary>
    public void Write(CopyContainer container, string name, int? number = null, string? checksum = null)
    {
        MakeVersion(container, name);
        copies.Add(new StoredCopy(container, name) { IsCurrent = true, VersionId = NextId(), ETag = NextId(), Number = number, Checksum = checksum });
    }

    public void AddSnapshot(CopyContainer container, string name)
    {
        var current = copies.Single(copy => copy.Container == container && copy.Name == name && copy.IsCurrent);
        copies.Add(current with { IsCurrent = false, VersionId = null, Snapshot = NextId() });
    }

    public IAsyncEnumerable<StoredCopy> ListUploadAsync(string path, CancellationToken ct) => List(CopyContainer.Uploads, name => name == path);

    public IAsyncEnumerable<StoredCopy> ListReportAsync(Submission submission, CancellationToken ct) =>
        List(CopyContainer.Reports, name => name.StartsWith(FormattableString.Invariant($"{submission.Key}/v{submission.Version:D8}/"), StringComparison.Ordinal));

    public IAsyncEnumerable<StoredCopy> ListPublicAsync(string prefix, CancellationToken ct) => List(CopyContainer.Public, name => name.StartsWith(prefix, StringComparison.Ordinal));

    public Task DeleteAsync(StoredCopy copy, CancellationToken ct)
    {
        BeforeDeletion?.Invoke();
        var at = copies.FindIndex(stored => stored.Container == copy.Container && stored.Name == copy.Name
            && (copy.Snapshot is not null ? stored.Snapshot == copy.Snapshot : copy.IsCurrent ? stored.IsCurrent && stored.ETag == copy.ETag : stored.VersionId == copy.VersionId && !stored.IsCurrent));
        if (at < 0)
        {
            return Task.CompletedTask;
        }

        if (copies[at].IsDeleted)
        {
            throw new InvalidOperationException("A deleted copy cannot be deleted again.");
        }

        if (copies[at].IsCurrent)
        {
            Assert.DoesNotContain(copies, other => other.Container == copy.Container && other.Name == copy.Name && other is { Snapshot: not null, IsDeleted: false });
            MakeVersion(copy.Container, copy.Name);
        }
        else
        {
            copies[at] = copies[at] with { IsDeleted = true, DaysLeft = SoftDeleteDays };
        }

        return Task.CompletedTask;
    }

    private void MakeVersion(CopyContainer container, string name)
    {
        if (copies.FindIndex(copy => copy.Container == container && copy.Name == name && copy.IsCurrent) is >= 0 and var at)
        {
            copies[at] = copies[at] with { IsCurrent = false };
        }
    }

    private string NextId() => FormattableString.Invariant($"id{++last}");

    private IAsyncEnumerable<StoredCopy> List(CopyContainer container, Func<string, bool> isListed) =>
        copies.Where(copy => copy.Container == container && isListed(copy.Name)).ToList().ToAsyncEnumerable();
}
