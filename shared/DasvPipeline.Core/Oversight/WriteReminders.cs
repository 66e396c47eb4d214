using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Oversight.Reminders;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Oversight;

/// <summary>
/// Adds the reminders of a day to the outbox: some days before a due date, on it, and every week after it, one message for each contact of an
/// agency. The manager gets a list of those that have been overdue for long. A waived return is not asked for, and a late one not before its
/// day. The manager also gets a notice of a release that is announced for one of the next days. If no run was made on a day, the next run writes its message. No message is added twice.
/// </summary>
public sealed class WriteReminders(
    PartnershipCatalogue catalogue, DescribeStatus status, IFeedStore feed, ManagerNotices notices, PublishOptions options, IMessageStore messages, IMessageTransport transport, TimeProvider clock)
{
    /// <summary>The number of days for which a message is still written, today included.</summary>
    private const int CatchUpDays = 3;

    /// <returns>The number of messages for today, whether or not they were added before.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (catalogue.Messages.Templates.Count == 0)
        {
            return 0;
        }

        var today = clock.Today();
        var rows = await ReadUnsentAsync(ct);
        var all = rows.GroupBy(row => new AgencyId(row.Agency)).OrderBy(group => group.Key.Value, StringComparer.Ordinal).SelectMany(group => WriteToAgency(group.Key, [.. group], today))
            .Concat(WriteToManager(rows, today)).ToList();
        if (all.Count > 0)
        {
            await messages.AddAsync(all, ct);
        }

        await WriteReleaseDueAsync(today, ct);
        return all.Count;
    }

    private async Task WriteReleaseDueAsync(DateOnly today, CancellationToken ct)
    {
        if (!options.IsContinuous(catalogue) && NextRelease.Find(catalogue, await feed.ReadCurrentAsync(ct), clock.GetUtcNow()) is { IsLate: false, Announced.At: var at }
            && UkTime.DateOf(at) <= today.AddDays(catalogue.Messages.RemindDaysBefore))
        {
            await notices.WriteReleaseDueAsync(at, ct);
        }
    }

    /// <summary>Returns the returns that have not come and are due, soon or since some time, and not expected on a later day.</summary>
    private async Task<IReadOnlyList<BoardRow>> ReadUnsentAsync(CancellationToken ct) =>
        [.. (await status.GetRecentReturnsAsync(ct)).Where(row => row.State is BoardStates.Due or BoardStates.Overdue or BoardStates.Withdrawn && !(row.Arranged?.Expected >= clock.Today()))];

    private IEnumerable<Message> WriteToAgency(AgencyId agency, IReadOnlyList<BoardRow> rows, DateOnly today)
    {
        var page = new Uri(transport.Portal, $"/returns/{agency}").AbsoluteUri;
        return Write(MessageKind.Reminder, [.. rows.Where(row => today <= row.Due && today >= row.Due.AddDays(-catalogue.Messages.RemindDaysBefore))])
            .Concat(Write(MessageKind.Overdue, [.. rows.Where(row => today > row.Due)]));

        IEnumerable<Message> Write(MessageKind kind, IReadOnlyList<BoardRow> listed) => FindDays(today, day => listed.Any(row => IsReminded(row.Due, day))).SelectMany(day => MessageWriter.ToAgency(
            catalogue, kind, agency, $"{day:O}", new Dictionary<string, string>(StringComparer.Ordinal) { ["returns"] = List(listed, withAgency: false), ["page"] = page }, clock.GetUtcNow()));
    }

    private IEnumerable<Message> WriteToManager(IReadOnlyList<BoardRow> rows, DateOnly today)
    {
        var settings = catalogue.Messages;
        var late = rows.Where(row => today.DayNumber - row.Due.DayNumber >= settings.EscalateAfterDays).ToList();
        var words = new Dictionary<string, string>(StringComparer.Ordinal) { ["returns"] = List(late, withAgency: true), ["page"] = new Uri(transport.Portal, "/status/chase").AbsoluteUri };
        return FindDays(today, day => late.Exists(row => IsWeek(day.DayNumber - row.Due.DayNumber - settings.EscalateAfterDays)))
            .SelectMany(day => MessageWriter.ToManager(catalogue, MessageKind.Escalation, agency: null, $"{day:O}", words, clock.GetUtcNow()));
    }

    /// <summary>Returns the last day on which a message was due: today, or one of the days before if no run was made then.</summary>
    private static IEnumerable<DateOnly> FindDays(DateOnly today, Func<DateOnly, bool> isDue) =>
        Enumerable.Range(0, CatchUpDays).Select(days => today.AddDays(-days)).Where(isDue).Take(1);

    /// <summary>Returns true on the first day of reminding, on the due date, and each week after it.</summary>
    private bool IsReminded(DateOnly due, DateOnly day) => day == due.AddDays(-catalogue.Messages.RemindDaysBefore) || IsWeek(day.DayNumber - due.DayNumber);

    private bool IsWeek(int daysOver) => daysOver >= 0 && daysOver % catalogue.Messages.RemindEveryDays == 0;

    /// <summary>Lists returns in the text of a message, oldest due date first.</summary>
    internal static string List(IEnumerable<BoardRow> rows, bool withAgency) => string.Join('\n', rows.OrderBy(row => row.Due).ThenBy(row => row.Return, StringComparer.Ordinal).Select(row =>
        $"- {(withAgency ? $"{row.AgencyName}: " : string.Empty)}{row.Title}, {Period.Parse(row.Period).Label}, due on {row.Due.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}"));
}
