using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Oversight.Reminders;

/// <summary>
/// Adds notices for the manager to the outbox: returns that are stuck, a release that is due, and a release that went out. The id of a
/// notice makes a repetition harmless. Makes no storage call if the catalogue has no address or no template for it.
/// </summary>
public sealed class ManagerNotices(PartnershipCatalogue catalogue, IMessageStore messages, IMessageTransport transport, TimeProvider clock)
{
    /// <summary>An upload that is not processed after this time is stuck: an ingest takes seconds, and is tried again every few minutes.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromHours(1);

    /// <summary>The number of returns that a notice lists.</summary>
    private const int Listed = 20;

    /// <summary>Returns the uploads that have waited too long, counted from when they could be processed.</summary>
    internal static IReadOnlyList<WaitingUpload> FindStuck(IEnumerable<WaitingUpload> waiting, DateTimeOffset now) =>
        [.. waiting.Where(upload => now - new[] { upload.UploadedAt, upload.NotBefore ?? upload.UploadedAt, upload.Until is { } day ? UkTime.At(day, TimeOnly.MinValue) : upload.UploadedAt }.Max() > StuckAfter)];

    /// <summary>Tells the manager of uploads that are stuck, in one notice a day.</summary>
    internal Task WriteStuckAsync(IReadOnlyList<WaitingUpload> stuck, CancellationToken ct) => stuck.Count == 0 ? Task.CompletedTask : WriteAsync(
        MessageKind.Stuck,
        $"{clock.Today():O}",
        "/status",
        ("returns", string.Join('\n', stuck.Select(upload => upload.Key).Distinct().OrderBy(key => key.ToString(), StringComparer.Ordinal).Take(Listed)
            .Select(key => $"- {catalogue.GetAgencyName(key.Return.Agency)}: {catalogue.FindFormOrNewest(key)?.Title ?? key.Return.ToString()}, {key.Period.Label}")
            .Concat(stuck.Select(upload => upload.Key).Distinct().Count() is > Listed and var count ? [string.Create(CultureInfo.InvariantCulture, $"- and {count - Listed} more")] : []))),
        ct);

    /// <summary>Tells the manager of a release that is due soon. Each announced release gets one notice.</summary>
    internal Task WriteReleaseDueAsync(DateTimeOffset at, CancellationToken ct) => WriteAsync(MessageKind.ReleaseDue, $"{at:O}", "/status/headlines", ("release", UkTime.Format(at)), ct);

    /// <summary>Tells the manager that a release is published.</summary>
    internal Task WriteReleasedAsync(int number, CancellationToken ct) =>
        WriteAsync(MessageKind.Released, number.ToString(CultureInfo.InvariantCulture), "/status/headlines", ("release", number.ToString(CultureInfo.InvariantCulture)), ct);

    private async Task WriteAsync(MessageKind kind, string occasion, string page, (string Word, string Text) word, CancellationToken ct)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal) { [word.Word] = word.Text, ["page"] = new Uri(transport.Portal, page).AbsoluteUri };
        List<Message> all = [.. MessageWriter.ToManager(catalogue, kind, agency: null, occasion, words, clock.GetUtcNow())];
        if (all.Count > 0)
        {
            await messages.AddAsync(all, ct);
        }
    }
}
