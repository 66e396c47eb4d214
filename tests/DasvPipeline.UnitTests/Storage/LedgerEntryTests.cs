using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Returns;

namespace DasvPipeline.UnitTests.Storage;

/// <summary>Which version is live, and which state the ledger shows, whatever the order of the events.</summary>
public sealed class LedgerEntryTests
{
    private static readonly ReturnKey Key = new(ReturnId.TryParse("idva-service/marac")!.Value, Period.Parse("2019-20-Q1"));
    private static readonly DateOnly Due = new(2019, 7, 26);
    private static readonly DateTimeOffset Start = new(2019, 7, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Of_two_uploads_in_the_same_second_the_later_version_is_live_in_either_order(int first, int second)
    {
        var entry = New().ApplyCompletion(Sent(first, 5), LedgerState.Accepted, Due).ApplyCompletion(Sent(second, 5), LedgerState.Accepted, Due);
        Assert.Equal((2, 2), (entry.Row.LiveVersion, entry.Row.LatestVersion));
    }

    [Fact]
    public void A_newer_upload_is_live_although_its_version_is_lower()
    {
        var entry = New().ApplyCompletion(Sent(1, 9), LedgerState.Accepted, Due).ApplyCompletion(Sent(2, 5), LedgerState.Accepted, Due);
        Assert.Equal((1, 1, Sent(1, 9).PathId), (entry.Row.LiveVersion, entry.Row.LatestVersion, entry.LivePathId));
    }

    [Fact]
    public void A_completion_that_is_repeated_with_other_counts_replaces_the_counts()
    {
        var entry = New().ApplyCompletion(Sent(1, 5), LedgerState.AcceptedWithQueries, Due);
        var counts = Counts.None with { Explained = 1 };
        var again = entry.ApplyCompletion(Sent(1, 5) with { Counts = counts }, LedgerState.Explained, Due);
        Assert.Equal((LedgerState.Explained, counts), (again.Row.State, again.Row.Counts));
        Assert.Equal(again, again.ApplyCompletion(Sent(1, 5) with { Counts = counts }, LedgerState.Explained, Due));
    }

    [Fact]
    public void A_version_is_live_and_latest_only_if_no_later_one_was_processed()
    {
        var entry = New().ApplyCompletion(Sent(1, 5), LedgerState.Accepted, Due);
        Assert.True(entry.IsLiveAndLatest(1));
        Assert.False(entry.IsLiveAndLatest(2));
        Assert.False(entry.ApplyCompletion(Sent(2, 6), LedgerState.Rejected, Due).IsLiveAndLatest(1));
        Assert.False(entry.ApplyWithdrawal(Due).IsLiveAndLatest(1));
    }

    [Fact]
    public void A_repeated_upload_of_the_live_bytes_counts_only_if_it_is_newer()
    {
        var entry = New().ApplyCompletion(Sent(1, 5), LedgerState.Accepted, Due);
        Assert.Equal(entry, entry.ApplyRepeatedUpload(Repeated(5), "other"));
        Assert.Equal(entry, entry.ApplyRepeatedUpload(Repeated(4), "other"));
        Assert.Equal("other", entry.ApplyRepeatedUpload(Repeated(6), "other").LivePathId);
    }

    [Theory]
    [InlineData(LedgerState.Accepted)]
    [InlineData(LedgerState.Rejected)]
    public void An_upload_between_the_live_bytes_and_their_repetition_changes_nothing(LedgerState state)
    {
        var entry = New().ApplyCompletion(Sent(1, 5), LedgerState.Accepted, Due).ApplyRepeatedUpload(Repeated(9), "other");
        Assert.Equal(entry, entry.ApplyCompletion(Sent(2, 7), state, Due));
    }

    [Theory]
    [InlineData(LedgerState.AcceptedWithQueries, 0, LedgerState.Explained)]
    [InlineData(LedgerState.AcceptedWithQueries, 1, LedgerState.AcceptedWithQueries)]
    [InlineData(LedgerState.Rejected, 0, LedgerState.Rejected)]
    [InlineData(LedgerState.Withdrawn, 0, LedgerState.Withdrawn)]
    public void Only_an_accepted_version_without_open_queries_becomes_explained(LedgerState before, int queries, LedgerState after)
    {
        var counts = Counts.None with { Queries = queries, Explained = 2 };
        var entry = LedgerEntry.Create(Key, before, Due).ApplyCounts(counts);
        Assert.Equal((after, counts), (entry.Row.State, entry.Row.Counts));
    }

    private static LedgerEntry New() => LedgerEntry.Create(Key, LedgerState.Due, Due);

    private static Submission Sent(int version, int minute) => new(
        Key, version, SubmissionState.Receiving, $"upload {version}", $"path {version}", $"{Key}/{version}.csv", $"bytes {version}", Start.AddMinutes(minute), Counts.None);

    private static Upload Repeated(int minute) => new($"{Key}/again.csv", "etag", Start.AddMinutes(minute), 10);
}
