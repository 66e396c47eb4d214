using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>
/// States that there was nothing to report in a period. The statement is a file like any other, with a version, checks and a result. It can
/// be withdrawn. The audit has the person, and <c>TraceHeadline</c> shows it with each figure.
/// </summary>
public sealed class StateNilReturn(PartnershipCatalogue catalogue, SendReturn send, IReturnStore store, TimeProvider clock)
{
    /// <returns>The outcome, and the version of the nil return if there is one.</returns>
    public async Task<(Outcome Outcome, int Version)> RunAsync(ReturnKey key, Person by, CancellationToken ct)
    {
        if (catalogue.FindForm(key) is not { } form)
        {
            return (Outcome.NotFound("This return is not due for this period."), 0);
        }

        if (UploadPath.CheckHasEnded(key.Period, clock.Today()) is { } tooEarly)
        {
            return (Outcome.Refused(tooEarly.Message), 0);
        }

        if ((await store.ReadLedgerRowAsync(key, ct))?.LiveVersion is { } live)
        {
            return (Outcome.Refused(FormattableString.Invariant($"We use the figures of version {live}. If there was nothing to report, withdraw that version first.")), live);
        }

        // First, so that no nil return is without the person who stated it.
        await store.AuditActionAsync(key, ReturnAction.NilReturnStated, by, clock.GetUtcNow(), ct);
        var sent = await send.RunAsync(key, NilReturnFile.Name, NilReturnFile.Write(form, key.Period), by, ct);
        return sent.Result is IngestResult.Rejected
            ? (Outcome.Refused("The nil return was rejected.", [.. sent.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Message)]), sent.Version)
            : (Outcome.Done(sent.Counts.Queries == 0 ? "Thank you. We have accepted your nil return." : "We have accepted your nil return, and have queries about it."), sent.Version);
    }
}
