using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Oversight.Reminders;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>
/// Adds the receipt of a processed file to the outbox, and tells the manager of a file with personal data. It runs before the upload is
/// marked as processed, so that no receipt is lost, and the id of a message makes a repetition harmless.
/// </summary>
public sealed class WriteReceipt(PartnershipCatalogue catalogue, IMessageStore messages, IMessageTransport transport, TimeProvider clock)
{
    internal async Task RunAsync(Form form, ReturnKey key, int version, ExaminationResult examined, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var agency = key.Return.Agency;
        var kind = !examined.IsAccepted ? MessageKind.Rejected : examined.Counts.Queries > 0 ? MessageKind.Queries : MessageKind.Accepted;
        var words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["return"] = form.Title,
            ["period"] = key.Period.Label,
            ["page"] = new Uri(transport.Portal, FormattableString.Invariant($"/returns/{key}/{version}")).AbsoluteUri,
        };
        var occasion = FormattableString.Invariant($"{key}/{version}");
        List<Message> all = [.. MessageWriter.ToAgency(catalogue, kind, agency, occasion, words, now)];
        if (examined.HasPeople)
        {
            all.AddRange(MessageWriter.ToManager(catalogue, MessageKind.PersonalData, agency, occasion, words, now));
        }

        if (all.Count > 0)
        {
            await messages.AddAsync(all, ct);
        }
    }
}
