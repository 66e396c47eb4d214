using Azure;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Storage.Returns;

/// <summary>Orders uploads by the storage service's time, and within one second by version.</summary>
internal readonly record struct UploadOrder(DateTimeOffset At, int Version) : IComparable<UploadOrder>
{
    public static readonly UploadOrder Earliest = new(DateTimeOffset.MinValue, 0);

    public int CompareTo(UploadOrder other) => At != other.At ? At.CompareTo(other.At) : Version.CompareTo(other.Version);

    public static bool operator >(UploadOrder left, UploadOrder right) => left.CompareTo(right) > 0;

    public static bool operator <(UploadOrder left, UploadOrder right) => left.CompareTo(right) < 0;
}

/// <summary>
/// A ledger row with the data that orders uploads whose events arrive in any order. Each rule is a function of the row and
/// the event, and applying it again changes nothing.
/// </summary>
/// <param name="Live">
/// The newest upload that was ever accepted. It stays when that upload is withdrawn (<see cref="LedgerRow.LiveVersion"/>
/// is null then), so that an older upload does not become live again.
/// </param>
/// <param name="LivePathId">The path id of that upload, or of a later one with the same bytes.</param>
/// <param name="Latest">The newest processed upload, accepted or rejected.</param>
/// <param name="ETag">Null for a row that is not stored yet.</param>
internal sealed record LedgerEntry(LedgerRow Row, UploadOrder Live, string? LivePathId, UploadOrder Latest, ETag? ETag)
{
    public static LedgerEntry Create(ReturnKey key, LedgerState state, DateOnly due) => new(
        new LedgerRow(key, state, null, 0, null, due, Counts.None), UploadOrder.Earliest, null, UploadOrder.Earliest, null);

    /// <summary>Applies the end of an ingest.</summary>
    public LedgerEntry ApplyCompletion(Submission submission, LedgerState state, DateOnly due)
    {
        var order = new UploadOrder(submission.UploadedAt, submission.Version);
        var next = this;
        if (state != LedgerState.Rejected && order > Live)
        {
            next = next with { Row = next.Row with { LiveVersion = submission.Version }, Live = order, LivePathId = submission.PathId };
        }

        // The event of a version that was withdrawn may be repeated. The version stays withdrawn.
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

    /// <summary>Returns true if this version is both live and the newest processed one.</summary>
    public bool IsLiveAndLatest(int version) => Row.LiveVersion == version && Row.LatestVersion == version;

    /// <summary>
    /// Applies a repeated upload of the live bytes. They become as new as that upload, so that an earlier upload whose event
    /// is late does not replace them. Deleting the repeated upload withdraws them.
    /// </summary>
    public LedgerEntry ApplyRepeatedUpload(Upload upload, string pathId) => upload.UploadedAt > Live.At
        ? this with { Live = Live with { At = upload.UploadedAt }, LivePathId = pathId, Latest = Latest with { At = upload.UploadedAt } }
        : this;

    /// <summary>Applies the counts after an explanation. An accepted version without open queries becomes explained.</summary>
    public LedgerEntry ApplyCounts(Counts counts) => this with
    {
        Row = Row with
        {
            Counts = counts,
            State = Row.State == LedgerState.AcceptedWithQueries && counts.Queries == 0 ? LedgerState.Explained : Row.State,
        },
    };

    public LedgerEntry ApplyWithdrawal(DateOnly due) =>
        this with { Row = Row with { LiveVersion = null, State = LedgerState.Withdrawn, Due = due } };
}
