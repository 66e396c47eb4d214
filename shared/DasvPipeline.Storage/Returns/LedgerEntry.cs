using Azure;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Storage.Returns;

/// <summary>
/// A ledger row with the upload that decides about the live version. The row is a function of all submissions of the return, so
/// that neither the order nor the repetition of ingests changes it.
/// </summary>
/// <param name="Newest">The newest version that was accepted, live or withdrawn; 0 if there was none.</param>
/// <param name="NewestPathId">The path id of the newest upload with its bytes.</param>
/// <param name="ETag">The ETag of the return's head, which every change of the return replaces. Null for a return without a head.</param>
internal sealed record LedgerEntry(LedgerRow Row, int Newest, string? NewestPathId, ETag? ETag)
{
    public static LedgerEntry Create(ReturnKey key, LedgerState state, DateOnly due) => new(new LedgerRow(key, state, null, 0, null, due, Counts.None), 0, null, null);

    /// <summary>Applies the submissions of the return. Nothing changes before the first is processed.</summary>
    public LedgerEntry Apply(SubmissionOrder order, DateOnly due)
    {
        if (order.Latest is not { } latest)
        {
            return this;
        }

        // An explanation changes the counts of the ledger only.
        var counts = Row.LatestVersion == latest.Version && Row.Counts.Explained > latest.Counts.Explained ? Row.Counts : latest.Counts;
        return this with
        {
            Row = Row with
            {
                State = order.IsWithdrawn ? LedgerState.Withdrawn
                    : order.IsUndecided ? LedgerState.Undecided
                    : latest.State == SubmissionState.Rejected ? LedgerState.Rejected
                    : ExaminationResult.GetState(counts),
                LiveVersion = order.Live?.Version,
                LatestVersion = latest.Version,
                Received = latest.UploadedAt,
                FirstReceived = order.FirstArrival,
                Counts = counts,
                Due = Row.Arrangement.Extension?.Day ?? due,
            },
            Newest = order.Newest?.Version ?? 0,
            NewestPathId = order.NewestUpload?.PathId,
        };
    }

    /// <summary>Applies the counts after an explanation. An accepted version without open queries becomes explained.</summary>
    public LedgerEntry ApplyCounts(Counts counts) => this with
    {
        Row = Row with
        {
            Counts = counts,
            State = Row.State == LedgerState.AcceptedWithQueries && counts.Queries == 0 ? LedgerState.Explained : Row.State,
        },
    };
}
