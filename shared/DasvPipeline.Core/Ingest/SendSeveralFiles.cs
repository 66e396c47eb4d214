using System.Security.Cryptography;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reading.Layout;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>A file as it arrived with others.</summary>
public sealed record ArrivedFile(string Name, ReadOnlyMemory<byte> Content);

/// <summary>A file of a batch, for one return.</summary>
/// <param name="Item">The item as it is kept.</param>
/// <param name="Checked">The checked file; null if its return is not known, or it is not kept any more.</param>
public sealed record BatchEntry(BatchItem Item, CheckedFile? Checked);

/// <summary>
/// Takes several files of an agency at once. Each is recognised by its form, or a person chooses its return; a workbook with the tables of
/// several returns can be chosen for all of them. Each is checked as a single file is, and only files that would be accepted are sent.
/// </summary>
public sealed class SendSeveralFiles(PartnershipCatalogue catalogue, CheckThenSend check, CheckReturn examine, ICheckedFileStore files, TimeProvider clock)
{
    /// <summary>The most files at once: more than a year's returns of the largest agency.</summary>
    public const int MaxFiles = 30;

    /// <summary>The maximum size of all files together, in bytes.</summary>
    public const int MaxBytes = 30 * 1024 * 1024;

    /// <summary>Checks the files that are recognised, and keeps the others for a day, so that their returns can be chosen.</summary>
    /// <returns>The id of the batch.</returns>
    public async Task<string> CheckAsync(AgencyId agency, IReadOnlyList<ArrivedFile> arrived, Func<AgencyId, bool> canSend, CancellationToken ct)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var items = new List<BatchItem>();
        foreach (var (file, number) in arrived.Select((file, i) => (file, i)))
        {
            var name = FreeText.CheckFileName(file.Name);
            var workbook = WorkbookReader.Read(file.Content, file.Name, ReadLimits.Default);
            var (key, problem) = Recognise(workbook, canSend);
            if (key is { } known && catalogue.FindForm(known) is { } form)
            {
                items.Add(new BatchItem(number, name, known, await check.CheckAsync(form, known, file.Name, file.Content, ct), null));
                continue;
            }

            var hasPeople = await HasPeopleAsync(agency, file, ct);
            if (!hasPeople)
            {
                await files.WriteUnassignedAsync(agency, id, number, file.Content, ct);
            }

            items.Add(new BatchItem(number, name, null, null, hasPeople ? "This file seems to have personal data. We have not saved it. Remove it, and send the file again." : problem, IsKept: !hasPeople)
            {
                Sheets = hasPeople ? [] : FindSheets(agency, workbook),
            });
        }

        await files.WriteBatchAsync(agency, id, new FileBatch(clock.GetUtcNow(), items), ct);
        return id;
    }

    /// <summary>Returns the files of a batch; null if it does not exist or is too old.</summary>
    public async Task<IReadOnlyList<BatchEntry>?> FindAsync(AgencyId agency, string id, CancellationToken ct)
    {
        if (await FindBatchAsync(agency, id, ct) is not { } batch)
        {
            return null;
        }

        var entries = new List<BatchEntry>();
        foreach (var item in batch.Items)
        {
            entries.Add(new BatchEntry(item, item is { Key: { } key, CheckedId: { } checkedId } ? await check.FindAsync(key, checkedId, ct) : null));
        }

        return entries;
    }

    /// <summary>Checks a file of a batch for the returns that a person has chosen.</summary>
    public async Task<Outcome> ChooseAsync(AgencyId agency, string id, int number, IReadOnlyList<ReturnKey> keys, CancellationToken ct)
    {
        if (await FindBatchAsync(agency, id, ct) is not { } batch || batch.Items.FirstOrDefault(item => item.Number == number && item.Key is null) is not { } item
            || await files.FindUnassignedAsync(agency, id, number, ct) is not { } content)
        {
            return Outcome.NotFound("We do not have this file any more. Send it again.");
        }

        if (keys.Count == 0)
        {
            return Outcome.Incomplete("Choose at least 1 return.");
        }

        var chosen = new List<BatchItem>();
        foreach (var key in keys)
        {
            if (key.Return.Agency != agency || catalogue.FindForm(key) is not { } form || UploadPath.CheckHasEnded(key.Period, clock.Today()) is not null)
            {
                return Outcome.Refused("You cannot send one of these returns now.");
            }

            chosen.Add(item with { Key = key, CheckedId = await check.CheckAsync(form, key, item.FileName, content, ct), Problem = null });
        }

        await files.WriteBatchAsync(agency, id, batch with { Items = [.. batch.Items.SelectMany(other => other == item ? chosen : [other])] }, ct);
        await files.DeleteUnassignedAsync(agency, id, number, ct);
        return Outcome.Done(chosen.Count == 1 ? "We have checked the file for its return." : "We have checked the file for each of its returns.");
    }

    /// <summary>Sends the files of a batch that would be accepted. A file that was sent before is not sent again.</summary>
    /// <returns>How many were sent now.</returns>
    public async Task<int> SendAsync(AgencyId agency, string id, Person by, CancellationToken ct)
    {
        var count = 0;
        foreach (var (item, file) in await FindAsync(agency, id, ct) ?? [])
        {
            if (file is { Content: not null, SentTo: null } && CheckThenSend.WouldBeAccepted(file) && UploadPath.CheckHasEnded(item.Key!.Value.Period, clock.Today()) is null)
            {
                await check.SendAsync(item.Key.Value, item.CheckedId!, file, item.Key.Value, by, ct);
                count++;
            }
        }

        return count;
    }

    private async Task<FileBatch?> FindBatchAsync(AgencyId agency, string id, CancellationToken ct) =>
        CheckThenSend.IsId(id) && await files.FindBatchAsync(agency, id, ct) is { } batch && clock.GetUtcNow() - batch.At < CheckThenSend.Lifetime ? batch : null;

    /// <summary>Returns the return that the form in a file is for, or why it cannot be sent for it.</summary>
    private (ReturnKey? Key, string Problem) Recognise(Workbook workbook, Func<AgencyId, bool> canSend)
    {
        if (FigureFinder.FindIdentity(workbook) is not { } identity)
        {
            return (null, FigureFinder.FindIdentities(workbook).Count > 1 ? "This file has the forms of several returns. Confirm them." : "This file is not one of our forms. Choose its return.");
        }

        if (!Period.TryParse(identity.Period, out var period) || catalogue.FindForm(new ReturnKey(identity.Return, period)) is null)
        {
            return (null, "The form in this file is for a return that is not due. Choose its return.");
        }

        return !canSend(identity.Return.Agency) ? (null, "The form in this file is for another agency. Choose its return, if it is yours.")
            : UploadPath.CheckHasEnded(period, clock.Today()) is { } tooEarly ? (null, tooEarly.Message)
            : (new ReturnKey(identity.Return, period), string.Empty);
    }

    /// <summary>Returns the sheets of a file, and for which returns of the last and this year they seem to be. The forms in a file say it themselves.</summary>
    private List<BatchSheet> FindSheets(AgencyId agency, Workbook workbook)
    {
        var today = clock.Today();
        var year = Period.YearContaining(today);
        bool CanBeSent(ReturnKey key) => key.Return.Agency == agency && UploadPath.CheckHasEnded(key.Period, today) is null;
        var stated = FigureFinder.FindIdentities(workbook).Select(identity => Period.TryParse(identity.Period, out var period) ? new ReturnKey(identity.Return, period) : (ReturnKey?)null).OfType<ReturnKey>().Distinct().ToList();
        var open = stated.Count > 0 ? stated : new[] { year.PreviousYear.PreviousYear, year.PreviousYear, year }.SelectMany(catalogue.GetReturnsDueIn).Select(due => due.Key);
        return [.. SheetReturns.Find(catalogue, open.Where(CanBeSent), workbook).Select(sheet => new BatchSheet(sheet.Name, sheet.Keys))];
    }

    /// <summary>Returns true if a file seems to have personal data, whichever of the agency's returns it is for.</summary>
    private async Task<bool> HasPeopleAsync(AgencyId agency, ArrivedFile file, CancellationToken ct) =>
        catalogue.Forms.FirstOrDefault(form => form.Return.Agency == agency) is { } form
        && (await examine.RunAsync(form, form.FirstPeriod, file.Content, file.Name, CheckReturn.NothingAccepted, ct)).HasPeople;
}
