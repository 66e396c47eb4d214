using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Connect;

namespace DasvPipeline.Storage.Returns;

/// <summary>Removes the texts that a file has left in the tables.</summary>
internal sealed class DeletionRecords(StorageClients clients) : IDeletionRecords
{
    private readonly SubmissionTable _submissions = new(clients.Ledger);
    private readonly ObservationTable _observations = new(clients.Observations);
    private readonly ExplanationTable _explanations = new(clients.Explanations);
    private readonly AuditTable _audit = new(clients.Audit, clients.Ledger);

    /// <remarks>The path goes last: an interrupted run finds the rows by it when it is repeated.</remarks>
    public async Task EraseAsync(Submission submission, CancellationToken ct)
    {
        await _observations.RemoveNotesAsync(submission.Key, submission.Version, ct);
        await _explanations.RemoveAsync(submission.Key, submission.Version, ct);
        await _audit.RemoveTextsAsync(submission, ct);
        await _submissions.EraseAsync(submission, ct);
    }

    public Task AuditDeletionAsync(ReturnKey key, FileDeletion deletion, CancellationToken ct) => _audit.AddDeletionAsync(key, deletion, ct);
}
