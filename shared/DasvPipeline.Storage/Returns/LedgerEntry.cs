using Azure;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Storage.Returns;

/// <summary>Which upload came later: by the store's time, and within one second by version.</summary>
internal readonly record struct UploadOrder(DateTimeOffset At, int Version) : IComparable<UploadOrder>
{
    public static readonly UploadOrder BeforeAll = new(DateTimeOffset.MinValue, 0);

    public int CompareTo(UploadOrder other) => At != other.At ? At.CompareTo(other.At) : Version.CompareTo(other.Version);

    public static bool operator >(UploadOrder left, UploadOrder right) => left.CompareTo(right) > 0;

    public static bool operator <(UploadOrder left, UploadOrder right) => left.CompareTo(right) < 0;
}

/// <summary>
/// A ledger row with what decides between uploads whose events arrive in any order. The rules are functions of the row
/// and of what has happened, and applying one again changes nothing.
/// </summary>
/// <param name="Live">
/// The newest upload that was ever accepted. It stays when that upload is withdrawn (<see cref="LedgerRow.LiveVersion"/>
/// is null then), so that an older upload does not come back to life.
/// </param>
/// <param name="LivePathId">Where that upload lies, or a later one of the same bytes.</param>
/// <param name="Latest">The newest upload that has ended, accepted or rejected.</param>
/// <param name="ETag">Null for a row that is not stored yet.</param>
internal sealed record LedgerEntry(LedgerRow Row, UploadOrder Live, string? LivePathId, UploadOrder Latest, ETag? ETag)
{
    public static LedgerEntry New(ReturnKey key, LedgerState state, DateOnly due) => new(
        new LedgerRow(key, state, null, 0, null, due, Counts.None), UploadOrder.BeforeAll, null, UploadOrder.BeforeAll, null);

    /// <summary>After an ingest has ended.</summary>
    public LedgerEntry Completed(Submission submission, LedgerState state, DateOnly due)
    {
        var order = new UploadOrder(submission.UploadedAt, submission.Version);
        var next = this;
        if (state != LedgerState.Rejected && order > Live)
        {
            next = next with { Row = next.Row with { LiveVersion = submission.Version }, Live = order, LivePathId = submission.PathId };
        }

        // The end of a version that has been withdrawn since may be told again: it stays withdrawn.
        if (order > Latest || (order == Latest && Row.State != LedgerState.Withdrawn))
        {
            next = next with
            {
                Row = next.Row with
                {
                    State = state,
                    LatestVersion = submission.Version,
                    Received = submission.UploadedAt,
                    Counts = submission.Counts,
                    Due = due,
                },
                Latest = order,
            };
        }

        return next;
    }

    /// <summary>Whether this version is both what counts and the newest that has ended.</summary>
    public bool StandsOn(int version) => Row.LiveVersion == version && Row.LatestVersion == version;

    /// <summary>
    /// After the live bytes were uploaded again: they are as new as that upload, so that one between the two that is
    /// told of later does not replace them; and it is that upload's deletion that withdraws them.
    /// </summary>
    public LedgerEntry SeenAgain(Upload upload, string pathId) => upload.UploadedAt > Live.At
        ? this with { Live = Live with { At = upload.UploadedAt }, LivePathId = pathId, Latest = Latest with { At = upload.UploadedAt } }
        : this;

    /// <summary>After a query was explained: an accepted version with none left to ask is explained.</summary>
    public LedgerEntry Recounted(Counts counts) => this with
    {
        Row = Row with
        {
            Counts = counts,
            State = Row.State == LedgerState.AcceptedWithQueries && counts.Queries == 0 ? LedgerState.Explained : Row.State,
        },
    };

    public LedgerEntry Withdrawn(DateOnly due) =>
        this with { Row = Row with { LiveVersion = null, State = LedgerState.Withdrawn, Due = due } };
}
