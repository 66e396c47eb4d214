using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.Tests.Ingest;

namespace DasvPipeline.UnitTests.Ingest;

/// <summary>A file is deleted with its versions and snapshots, on an account that has them.</summary>
public sealed class CopyRemoverTests
{
    private const string Path = "constabulary/domestic-abuse/2019-20-Q1/a.xlsx";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deletes_the_content_its_versions_and_snapshots_and_says_how_long_they_can_be_restored()
    {
        var blobs = new VersionedBlobs();
        blobs.Write(CopyContainer.Uploads, Path);
        blobs.Write(CopyContainer.Uploads, Path, 1);
        blobs.AddSnapshot(CopyContainer.Uploads, Path);
        blobs.Write(CopyContainer.Uploads, Path, 1);
        blobs.Write(CopyContainer.Uploads, "other", 2);

        var left = await RemoveAsync(blobs, _ => true);

        Assert.Equal((4, VersionedBlobs.SoftDeleteDays), (left.Count, left.MaxDays));
        Assert.Equal(["other"], blobs.Readable);
    }

    [Fact]
    public async Task Keeps_the_copies_that_are_not_included()
    {
        var blobs = new VersionedBlobs();
        blobs.Write(CopyContainer.Uploads, Path, 1);
        blobs.Write(CopyContainer.Uploads, Path, 2);

        await RemoveAsync(blobs, copy => copy.Number == 1);

        Assert.Equal([2], blobs.Copies.Where(copy => !copy.IsDeleted).Select(copy => copy.Number!.Value));
    }

    [Fact]
    public async Task Deletes_what_another_writer_stores_in_between()
    {
        var (blobs, writes) = (new VersionedBlobs(), 2);
        blobs.Write(CopyContainer.Uploads, Path, 1);
        blobs.BeforeDeletion = () =>
        {
            if (writes-- > 0)
            {
                blobs.Write(CopyContainer.Uploads, Path, 1);
            }
        };

        await RemoveAsync(blobs, _ => true);

        Assert.Empty(blobs.Readable);
        Assert.Equal(3, blobs.Copies.Count);
    }

    [Fact]
    public async Task Fails_if_copies_appear_as_fast_as_they_are_deleted()
    {
        var blobs = new VersionedBlobs();
        blobs.Write(CopyContainer.Uploads, Path, 1);
        blobs.BeforeDeletion = () => blobs.Write(CopyContainer.Uploads, Path, 1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => RemoveAsync(blobs, _ => true));
    }

    private static Task<CopiesLeft> RemoveAsync(VersionedBlobs blobs, Func<StoredCopy, bool> isIncluded) =>
        CopyRemover.RemoveAsync(blobs, () => blobs.ListUploadAsync(Path, Ct), isIncluded, Ct);
}
