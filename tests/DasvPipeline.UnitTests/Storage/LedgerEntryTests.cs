using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Returns;

namespace DasvPipeline.UnitTests.Storage;

/// <summary>Which version is live, and which state the ledger shows.</summary>
public sealed class LedgerEntryTests
{
    private static readonly ReturnKey Key = new(ReturnId.TryParse("idva-service/marac")!.Value, Period.Parse("2019-20-Q1"));
    private static readonly DateOnly Due = new(2019, 7, 26);
    private static readonly DateTimeOffset Start = new(2019, 7, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_highest_accepted_number_is_live_whatever_the_times()
    {
        var entry = Apply(Sent(1, SubmissionState.Accepted, minute: 9), Sent(2, SubmissionState.Accepted, minute: 5), Sent(3, SubmissionState.Rejected, minute: 1), Sent(4, SubmissionState.Receiving));
        Assert.Equal((2, 3, LedgerState.Rejected, "path 2"), (entry.Row.LiveVersion, entry.Row.LatestVersion, entry.Row.State, entry.NewestPathId));
    }

    [Fact]
    public void Nothing_changes_before_a_submission_is_processed() =>
        Assert.Equal(New(), Apply(Sent(1, SubmissionState.Reserved), Sent(2, SubmissionState.Receiving) with { IsGone = true }));

    [Fact]
    public void Explanations_of_the_newest_version_stay_although_its_submission_has_none()
    {
        var sent = Sent(1, SubmissionState.Accepted) with { Counts = Counts.None with { Queries = 1 } };
        var explained = Apply(sent).ApplyCounts(Counts.None with { Explained = 1 });

        Assert.Equal(explained, explained.Apply(new SubmissionOrder([sent]), Due));
    }

    [Fact]
    public void A_repeated_file_decides_for_the_version_that_it_repeats()
    {
        var first = Sent(1, SubmissionState.Accepted);
        var repeated = Sent(2, SubmissionState.Repeated) with { RepeatOf = 1, ContentHash = first.ContentHash };

        Assert.Equal((1, 1, "path 2"), (Apply(first, repeated).Row.LiveVersion, Apply(first, repeated).Row.LatestVersion, Apply(first, repeated).NewestPathId));
        Assert.Equal(1, Apply(first with { IsGone = true }, repeated).Row.LiveVersion);
        Assert.Equal((null, LedgerState.Withdrawn), (Apply(first, repeated with { IsGone = true }).Row.LiveVersion, Apply(first, repeated with { IsGone = true }).Row.State));
    }

    [Theory]
    [InlineData(2, false, true)]
    [InlineData(1, true, false)]
    [InlineData(1, false, true)]
    public void The_same_bytes_are_a_repetition_only_directly_after_a_version_that_counts(int number, bool isWithdrawn, bool expected)
    {
        var first = Sent(number, SubmissionState.Accepted) with { WithdrawnThrough = isWithdrawn ? number : 0 };
        Assert.Equal(expected, new SubmissionOrder([first]).IsRepeat(number + 1, first.ContentHash));
        Assert.False(new SubmissionOrder([first]).IsRepeat(number + 2, first.ContentHash));
        Assert.False(new SubmissionOrder([first]).IsRepeat(number + 1, "other"));
        Assert.False(new SubmissionOrder([first with { State = SubmissionState.Rejected }]).IsRepeat(number + 1, first.ContentHash));
    }

    [Fact]
    public void What_is_withdrawn_comes_back_only_with_a_higher_number()
    {
        var (first, second) = (Sent(1, SubmissionState.Accepted), Sent(2, SubmissionState.Accepted) with { WithdrawnThrough = 3 });

        Assert.Equal((null, LedgerState.Withdrawn, 2), (Apply(first, second).Row.LiveVersion, Apply(first, second).Row.State, Apply(first, second).Newest));
        Assert.Equal(LedgerState.Withdrawn, Apply(first, second, Sent(3, SubmissionState.Rejected)).Row.State);
        Assert.Equal(LedgerState.Rejected, Apply(first, second, Sent(4, SubmissionState.Rejected)).Row.State);
        Assert.Equal((4, LedgerState.Accepted), (Apply(first, second, Sent(4, SubmissionState.Accepted)).Row.LiveVersion, Apply(first, second, Sent(4, SubmissionState.Accepted)).Row.State));
    }

    [Fact]
    public void Tied_files_with_different_bytes_are_undecided_until_a_later_number()
    {
        var (live, one, two) = (Sent(1, SubmissionState.Accepted), Sent(2, SubmissionState.Accepted) with { TiedFrom = 2 }, Sent(3, SubmissionState.Accepted) with { TiedFrom = 2 });

        Assert.Equal((1, LedgerState.Undecided), StateOf(live, one, two));
        Assert.Equal((1, LedgerState.Undecided), StateOf(live, one, two with { State = SubmissionState.Receiving }));
        Assert.Equal((2, LedgerState.Rejected), StateOf(live, one, two with { State = SubmissionState.Rejected }));
        Assert.Equal((2, LedgerState.Accepted), StateOf(live, one, two with { ContentHash = one.ContentHash }));
        Assert.Equal((2, LedgerState.Accepted), StateOf(live, one, two with { IsGone = true }));
        Assert.Equal((null, LedgerState.Withdrawn), StateOf(live, one with { IsGone = true }, two with { IsGone = true }));
        Assert.Equal((4, LedgerState.Accepted), StateOf(live, one, two, Sent(4, SubmissionState.Accepted)));

        static (int?, LedgerState) StateOf(params Submission[] submissions) => (Apply(submissions).Row.LiveVersion, Apply(submissions).Row.State);
    }

    [Fact]
    public void A_rejected_file_that_is_sent_again_does_not_compete_with_an_accepted_one_of_the_same_moment()
    {
        var rejected = Sent(1, SubmissionState.Rejected);
        var again = Sent(2, SubmissionState.Repeated) with { RepeatOf = 1, ContentHash = rejected.ContentHash, TiedFrom = 2 };
        var accepted = Sent(3, SubmissionState.Accepted) with { TiedFrom = 2 };

        Assert.Equal((3, LedgerState.Accepted), (Apply(rejected, again, accepted).Row.LiveVersion, Apply(rejected, again, accepted).Row.State));
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

    private static LedgerEntry Apply(params Submission[] submissions) => New().Apply(new SubmissionOrder(submissions), Due);

    private static Submission Sent(int version, SubmissionState state, int minute = 0) =>
        new(Key, version, state, $"upload {version}", $"path {version}", $"{Key}/{version}.csv", $"bytes {version}", Start.AddMinutes(minute), Counts.None);
}
