using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>
/// Records that a return will be late, gives it a later due date, or waives it, and undoes each of these. The person, the time and the reason
/// are audited. A later due date and a waiver change what the feed says is missing, so the year is published again.
/// </summary>
public sealed class ArrangeReturn(PartnershipCatalogue catalogue, IReturnStore store, IFeedStore feed, TimeProvider clock)
{
    /// <summary>How far ahead a day can be.</summary>
    private const int MaxDaysAhead = 366;

    /// <param name="day">The day on which a late return will come, or the new due date. A waiver has none.</param>
    public async Task<Outcome> RunAsync(ArrangementKind kind, ReturnKey key, DateOnly? day, string? reason, Person by, CancellationToken ct)
    {
        if (catalogue.FindForm(key) is not { } form)
        {
            return Outcome.NotFound("This return is not due for this period.");
        }

        if (FindProblem(kind, form, key.Period, day) is { } wrongDay)
        {
            return Outcome.Incomplete(wrongDay);
        }

        if (FreeText.Check(reason, kind == ArrangementKind.Late ? "Say why it will be late." : kind == ArrangementKind.Extension ? "Say why the due date changes." : "Say why the return is not needed.", out var text) is { } problem)
        {
            return problem;
        }

        var row = await store.ReadLedgerRowAsync(key, ct);
        if (kind != ArrangementKind.Extension && row?.LiveVersion is { } live)
        {
            return Outcome.Refused(FormattableString.Invariant($"We have already accepted version {live} of this return."));
        }

        var item = new ArrangedItem(kind == ArrangementKind.Waiver ? null : day, text, by, clock.GetUtcNow());
        var message = kind switch
        {
            ArrangementKind.Late => $"Thank you. We expect this return on {Format(day!.Value)}.",
            ArrangementKind.Extension => $"This return is now due on {Format(day!.Value)}.",
            _ => "This return is waived. We do not ask for it.",
        };
        return await SaveAsync(key, form, new ArrangementChange(kind, item, by, item.At), message, ct);
    }

    /// <summary>Undoes an arrangement. Repeating it changes nothing.</summary>
    public async Task<Outcome> UndoAsync(ArrangementKind kind, ReturnKey key, Person by, CancellationToken ct)
    {
        if (catalogue.FindForm(key) is not { } form)
        {
            return Outcome.NotFound("This return is not due for this period.");
        }

        var message = kind switch
        {
            ArrangementKind.Late => "This return is not expected late any more.",
            ArrangementKind.Extension => $"This return is due on {Format(form.GetDueDate(key.Period))} again.",
            _ => "This return is not waived any more.",
        };
        return (await store.ReadLedgerRowAsync(key, ct))?.Arrangement.Get(kind) is null
            ? Outcome.Done(message)
            : await SaveAsync(key, form, new ArrangementChange(kind, null, by, clock.GetUtcNow()), message, ct);
    }

    private async Task<Outcome> SaveAsync(ReturnKey key, Form form, ArrangementChange change, string message, CancellationToken ct)
    {
        await store.ArrangeAsync(key, form.GetDueDate(key.Period), change, ct);
        if (change.Kind != ArrangementKind.Late && (await feed.ReadPublishQueueAsync(ct)).Approval is { } approval)
        {
            await feed.DeleteApprovalAsync(approval, change.By, change.At, "A due date or a waiver changed the release.", ct);
            message += " The next release has changed, so it must be approved again.";
        }

        return Outcome.Done(message);
    }

    private string? FindProblem(ArrangementKind kind, Form form, Period period, DateOnly? day)
    {
        var today = clock.Today();
        return kind switch
        {
            ArrangementKind.Waiver => null,
            _ when day is null => "Give the day.",
            _ when day > today.AddDays(MaxDaysAhead) => "The day is more than a year away.",
            ArrangementKind.Late when day < today => "The day has passed. Give the day on which you will send it.",
            ArrangementKind.Extension when day <= form.GetDueDate(period) => $"The new due date must be after {Format(form.GetDueDate(period))}.",
            _ => null,
        };
    }

    private static string Format(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
