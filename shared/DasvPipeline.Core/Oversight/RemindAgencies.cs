using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Oversight.Reminders;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Oversight;

/// <summary>
/// Reminds agencies of returns that they have not sent, when the manager asks for it: one message for each contact of an agency, with all its
/// chosen returns. The person and the time are audited with each return. Asking again on the same day for the same returns sends nothing again.
/// </summary>
public sealed class RemindAgencies(PartnershipCatalogue catalogue, DescribeStatus status, IReturnStore store, IMessageStore messages, IMessageTransport transport, TimeProvider clock)
{
    private const int MaxParallelWrites = 8;

    /// <summary>
    /// Returns true if an agency can be reminded of this return: its period has ended, it has not come, and the agency did not say that it will
    /// come on a later day.
    /// </summary>
    public static bool CanRemind(string state, DateOnly? expected, DateOnly today) =>
        state is BoardStates.Due or BoardStates.Overdue or BoardStates.Withdrawn or BoardStates.Rejected && !(expected >= today);

    /// <summary>Reminds of every return that is overdue.</summary>
    /// <param name="year">Null for the current and the previous year, and what is still to be sent for earlier years.</param>
    public Task<Outcome> RunForOverdueAsync(Period? year, Person by, CancellationToken ct) =>
        RunAsync(year, row => row.State == BoardStates.Overdue, "No return is overdue.", by, ct);

    /// <summary>Reminds some agencies of everything that they have to send.</summary>
    /// <inheritdoc cref="RunForOverdueAsync" path="/param" />
    public async Task<Outcome> RunForAgenciesAsync(Period? year, IReadOnlySet<string> agencies, Person by, CancellationToken ct) => agencies.Count == 0
        ? Outcome.Incomplete("Choose at least one agency.")
        : await RunAsync(year, row => agencies.Contains(row.Agency), "These agencies have nothing to send.", by, ct);

    /// <summary>Reminds of one return.</summary>
    public Task<Outcome> RunForReturnAsync(ReturnKey key, Person by, CancellationToken ct) =>
        RunAsync(key.Period.Year, row => KeyOf(row) == key, "This return needs no reminder: it has come, is not due yet, or will come on a later day.", by, ct);

    private async Task<Outcome> RunAsync(Period? year, Func<BoardRow, bool> isChosen, string nothing, Person by, CancellationToken ct)
    {
        var today = clock.Today();
        return await SendAsync([.. (await status.GetAskedReturnsAsync(year, ct)).Where(row => CanRemind(row.State, row.Arranged?.Expected, today) && isChosen(row))], nothing, by, ct);
    }

    private async Task<Outcome> SendAsync(IReadOnlyList<BoardRow> rows, string nothing, Person by, CancellationToken ct)
    {
        if (rows.Count == 0)
        {
            return Outcome.Refused(nothing);
        }

        if (!catalogue.Messages.Templates.ContainsKey(MessageKind.Overdue))
        {
            return Outcome.Refused("The catalogue has no text for reminders. Add one for \"overdue\" to messages.yaml.");
        }

        var byAgency = rows.GroupBy(row => new AgencyId(row.Agency)).Select(group => (Agency: group.Key, Rows: group.ToList(), Messages: Write(group.Key, [.. group]))).ToList();
        var reached = byAgency.Where(item => item.Messages.Count > 0).ToList();
        var unreached = byAgency.Where(item => item.Messages.Count == 0).Select(item => catalogue.GetAgencyName(item.Agency)).Order(StringComparer.OrdinalIgnoreCase).ToList();
        if (reached.Count == 0)
        {
            return Outcome.Refused("Nothing was sent. " + Unreached(unreached));
        }

        await messages.AddAsync([.. reached.SelectMany(item => item.Messages)], ct);
        var at = clock.GetUtcNow();
        await Parallel.ForEachAsync(
            reached.SelectMany(item => item.Rows),
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallelWrites, CancellationToken = ct },
            async (row, token) => await store.AuditActionAsync(KeyOf(row), ReturnAction.Reminded, by, at, token));
        var count = reached.Sum(item => item.Rows.Count);
        return Outcome.Done(string.Join(' ', new[]
        {
            $"We have written reminders of {Plural.Format(count, "return")} to {(reached.Count == 1 ? "1 agency" : string.Create(CultureInfo.InvariantCulture, $"{reached.Count} agencies"))}.",
            transport.Sends ? "They go out within a few minutes." : "This host sends no e-mail, so the page Messages shows them.",
            unreached.Count == 0 ? null : Unreached(unreached),
        }.OfType<string>()));
    }

    private List<Message> Write(AgencyId agency, IReadOnlyList<BoardRow> rows)
    {
        var keys = string.Join('\n', rows.Select(row => KeyOf(row).ToString()).Order(StringComparer.Ordinal));
        var words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["returns"] = WriteReminders.List(rows, withAgency: false),
            ["page"] = new Uri(transport.Portal, $"/returns/{agency}").AbsoluteUri,
        };
        return [.. MessageWriter.ToAgency(catalogue, MessageKind.Overdue, agency, $"asked {clock.Today():O}\n{keys}", words, clock.GetUtcNow())];
    }

    private static string Unreached(List<string> names) =>
        $"{(names.Count == 1 ? "1 agency has" : string.Create(CultureInfo.InvariantCulture, $"{names.Count} agencies have"))} no contact with an e-mail address: {string.Join(", ", names)}.";

    private static ReturnKey KeyOf(BoardRow row) => new(ReturnId.TryParse(row.Return)!.Value, Period.Parse(row.Period));
}
