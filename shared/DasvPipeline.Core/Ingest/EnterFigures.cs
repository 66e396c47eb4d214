using System.Security.Cryptography;
using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>What a person does with entered figures.</summary>
public enum EntryAction
{
    Save,
    Check,
    Send,
}

public enum EntryStatus
{
    /// <summary>They are saved on the server, and not sent.</summary>
    Saved,

    /// <summary>They were sent. The result has the version.</summary>
    Sent,

    /// <summary>The same figures were sent before. Nothing has changed.</summary>
    AlreadySent,

    /// <summary>They are saved and not sent, because of the findings.</summary>
    HasFindings,

    /// <summary>Somebody else saved other figures in the meantime. Nothing was saved or sent.</summary>
    Conflict,

    /// <summary>A text is too long, or is about a person. Nothing was saved or sent.</summary>
    Refused,
}

/// <summary>Something to fix or explain in entered figures.</summary>
/// <param name="Figures">The figures that it is about. Empty if it is about all.</param>
public sealed record EntryFinding(Severity Severity, string Message, IReadOnlyList<FigureKey> Figures)
{
    /// <summary>The name of the figure; null if it is about several or all.</summary>
    public string? Name { get; init; }

    /// <summary>The explanation of a query that somebody gave before; null if nobody did.</summary>
    public string? Explanation { get; init; }
}

public sealed record EntryResult(EntryStatus Status, int Version = 0)
{
    /// <summary>The draft as it is stored now.</summary>
    public StoredDraft? Stored { get; init; }

    public IReadOnlyList<EntryFinding> Findings { get; init; } = [];
}

/// <summary>
/// Takes figures that a person enters on a page, or a program sends. They are saved as a draft, checked as a file is checked, and sent as the
/// filled-in form of the return, through the same door as every other file. A newer draft of somebody else is never overwritten unseen.
/// </summary>
public sealed class EnterFigures(PartnershipCatalogue catalogue, SendReturn send, IssueForm forms, IEntryDraftStore drafts, IReturnStore store, TimeProvider clock)
{
    /// <summary>The most figures of a return that can be entered on the page. A larger return needs a spreadsheet.</summary>
    public const int MaxFigures = 64;

    /// <summary>The maximum length of the text of one figure.</summary>
    public const int MaxLength = 100;

    /// <summary>Returns true if the figures of a return can be entered on the page.</summary>
    public static bool IsOffered(Form form) => form.Cells.Length <= MaxFigures;

    /// <summary>Reads the draft of a return, or else the figures that are used now, to correct them.</summary>
    public async Task<EntrySheet> ReadAsync(Form form, ReturnKey key, CancellationToken ct)
    {
        var stored = await drafts.FindAsync(key, ct);
        var live = (await store.ReadLedgerRowAsync(key, ct))?.LiveVersion;
        var texts = stored is { Draft: { SentAs: null } draft } ? draft.Texts
            : live is not null && await store.ReadLiveFiguresAsync(key, ct) is { } figures ? EntrySheet.FromAccepted(form, figures)
            : EntryTexts.None;
        return new EntrySheet(form, key, texts, stored, live, await forms.ReadPreviousAsync(form, key.Period, ct));
    }

    /// <summary>Returns what is wrong or doubtful in entered figures. Nothing is stored.</summary>
    public async Task<IReadOnlyList<EntryFinding>> CheckAsync(EntrySheet sheet, CancellationToken ct)
    {
        var workbook = EntryWorkbook.Create(catalogue, sheet.Form, sheet.Key.Period, sheet.Previous, sheet.Texts);
        return Locate(await send.ExamineAsync(sheet.Form, sheet.Key, EntryWorkbook.FileName, workbook.Content, ct), workbook);
    }

    /// <summary>Saves, checks or sends entered figures.</summary>
    /// <param name="entered">The texts as they were typed.</param>
    /// <param name="seen">The tag of the draft that the person has seen; null if the person has seen no draft.</param>
    /// <param name="answered">The hash of the figures whose queries the person has seen; null if the person has seen none. They are then sent with their queries.</param>
    public async Task<EntryResult> RunAsync(EntryAction action, Form form, ReturnKey key, EntryTexts entered, string? seen, string? answered, Person by, CancellationToken ct)
    {
        var texts = Clean(form, entered);
        if (FindUnsafe(texts) is { Count: > 0 } refused)
        {
            return new EntryResult(EntryStatus.Refused) { Findings = refused };
        }

        var stored = await drafts.FindAsync(key, ct);
        var hash = HashOf(texts.Figures.Concat(texts.Notes.Select(note => KeyValuePair.Create("note " + note.Key, note.Value))));
        if (stored?.Tag != seen && stored?.Draft is { } newer)
        {
            if (newer.Hash != hash)
            {
                return new EntryResult(EntryStatus.Conflict) { Stored = stored };
            }

            if (newer.SentAs is { } version && action == EntryAction.Send)
            {
                return new EntryResult(EntryStatus.AlreadySent, version) { Stored = stored };
            }
        }

        var workbook = EntryWorkbook.Create(catalogue, form, key.Period, await forms.ReadPreviousAsync(form, key.Period, ct), texts);
        var examined = await send.ExamineAsync(form, key, EntryWorkbook.FileName, workbook.Content, ct);
        if (examined.HasPeople)
        {
            return new EntryResult(EntryStatus.Refused) { Findings = Locate(examined, workbook) };
        }

        var now = clock.GetUtcNow();
        var draft = new EntryDraft(texts, by, now, hash, SentAs: null);
        if (await drafts.WriteAsync(key, draft, stored?.Tag, ct) is not { } tag)
        {
            return new EntryResult(EntryStatus.Conflict) { Stored = await drafts.FindAsync(key, ct) };
        }

        var result = new EntryResult(EntryStatus.Saved) { Stored = new StoredDraft(draft, tag), Findings = Locate(examined, workbook) };
        if (action != EntryAction.Send)
        {
            await store.AuditActionAsync(key, ReturnAction.FiguresSaved, by, now, ct);
            return action == EntryAction.Check ? result with { Status = EntryStatus.HasFindings } : result;
        }

        if (!examined.IsAccepted || UploadPath.CheckHasEnded(key.Period, clock.Today()) is not null || (examined.Counts.Queries > 0 && answered != HashFigures(texts)))
        {
            return result with { Status = EntryStatus.HasFindings };
        }

        // If the draft changes meanwhile, it stays: it has figures that were not sent.
        var sent = await send.RunAsync(key, EntryWorkbook.FileName, workbook.Content, by, ct);
        await drafts.WriteAsync(key, draft with { Texts = EntryTexts.None, SentAs = sent.Version }, tag, ct);
        return new EntryResult(sent.Result == IngestResult.AlreadyReceived ? EntryStatus.AlreadySent : EntryStatus.Sent, sent.Version);
    }

    /// <summary>Deletes a draft that was not sent.</summary>
    /// <param name="seen">The tag of the draft that the person has seen.</param>
    public async Task<Outcome> DiscardAsync(ReturnKey key, string? seen, Person by, CancellationToken ct)
    {
        if (await drafts.FindAsync(key, ct) is not { Draft.SentAs: null, Tag: var tag } || tag != seen || !await drafts.DeleteAsync(key, tag, ct))
        {
            return Outcome.Refused("Somebody saved other figures in the meantime. Nothing was deleted.");
        }

        await store.AuditActionAsync(key, ReturnAction.FiguresDiscarded, by, clock.GetUtcNow(), ct);
        return Outcome.Done("We have deleted the figures that you saved. Nothing was sent.");
    }

    /// <summary>Returns a hash of the figures without their notes, which say that their queries were seen.</summary>
    public static string HashFigures(EntryTexts texts) => HashOf(texts.Figures);

    /// <summary>Keeps the texts of the form's own fields, without spaces at their ends. A blank is left out: it is not 0.</summary>
    private static EntryTexts Clean(Form form, EntryTexts entered)
    {
        var known = form.Cells.Select(cell => cell.Key.ToString()).ToHashSet(StringComparer.Ordinal);
        IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> texts) => texts
            .Where(text => known.Contains(text.Key) && !string.IsNullOrWhiteSpace(text.Value))
            .ToDictionary(text => text.Key, text => FindingText.OneLine(text.Value, int.MaxValue), StringComparer.Ordinal);
        return new EntryTexts(Of(entered.Figures), Of(entered.Notes));
    }

    private static List<EntryFinding> FindUnsafe(EntryTexts texts) =>
    [
        .. texts.Figures.Where(text => text.Value.Length > MaxLength).Select(text => Refuse(text.Key, FormattableString.Invariant($"The text has more than {MaxLength} characters. Enter the figure here, and explain it in the note."))),
        .. texts.Notes.Where(text => text.Value.Length > Explanation.MaxLength).Select(text => Refuse(text.Key, FormattableString.Invariant($"The note has more than {Explanation.MaxLength} characters. Shorten it."))),
        .. texts.Figures.Concat(texts.Notes).Where(text => FreeText.HasPeople(text.Value)).Select(text => Refuse(text.Key, "The text seems to contain personal data. Enter figures only, and notes without names, numbers and addresses of people.")),
    ];

    private static EntryFinding Refuse(string key, string message) => new(Severity.Error, message, [FigureKey.Parse(key)]);

    /// <summary>Finds the fields of each finding. The note about changes is left out, because only the result of a sent file shows it.</summary>
    private static IReadOnlyList<EntryFinding> Locate(ExaminationResult examined, EntryWorkbook workbook) =>
    [
        .. examined.Findings.Where(finding => finding.Code != Codes.Corrected).Select(finding => new EntryFinding(
            finding.Severity,
            FindingGuide.Find(finding.Code) is { IsAdviceShown: true } guide ? $"{finding.Message} {guide.Advice}" : finding.Message,
            finding.Cell is not { } cell ? [] : [.. finding.OtherCells.Prepend(cell).Select(at => workbook.Places.GetValueOrDefault(at)).OfType<FigureKey>().Distinct()])
        {
            Name = finding.FigureName,
            Explanation = finding.Explanation,
        }),
    ];

    private static string HashOf(IEnumerable<KeyValuePair<string, string>> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts.OrderBy(text => text.Key, StringComparer.Ordinal).Select(text => $"{text.Key}\t{text.Value}")))))[..32];
}
