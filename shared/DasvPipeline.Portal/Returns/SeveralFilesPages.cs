using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>The page on which an agency sends several files at once, or one file with several returns.</summary>
public sealed class SeveralFilesPages(PageHandler pages, PartnershipCatalogue catalogue, SendSeveralFiles several, DescribeStatus status, FlashMessages messages, TimeProvider clock)
{
    private static readonly string TooLarge = $"The files are larger than {SendSeveralFiles.MaxBytes / (1024 * 1024)} MB together. Send fewer at once.";

    public Task<IResult> GetAsync(HttpRequest request, string agency, CancellationToken ct) => pages.ShowAsync(
        request,
        caller => caller.CanChange(new AgencyId(agency)),
        context => ShowAsync(request, context, agency, request.Query["batch"].ToString(), problem: null, ct));

    public Task<IResult> PostAsync(HttpRequest request, string agency, CancellationToken ct) => pages.HandleFormAsync(
        request,
        caller => caller.CanChange(new AgencyId(agency)),
        SendSeveralFiles.MaxBytes,
        context => ShowAsync(request, context, agency, string.Empty, TooLarge, ct),
        async (context, fields) =>
        {
            var id = new AgencyId(agency);
            var batch = fields["batch"].ToString();
            switch (fields["do"].ToString())
            {
                case "send":
                    var count = await several.SendAsync(id, batch, context.Caller!.Person, ct);
                    return messages.RedirectWithMessage(request, ReturnAddress.CreateFiles(id, batch), count == 0 ? "Nothing was sent. These files were sent before, or have things to fix." : $"We have received {Plural.Format(count, "file")}.");
                case "choose":
                    var outcome = await several.ChooseAsync(id, batch, int.TryParse(fields["number"], out var number) ? number : -1, [.. fields["key"].Select(ParseKey).OfType<ReturnKey>()], ct);
                    return outcome.IsDone
                        ? messages.RedirectWithMessage(request, ReturnAddress.CreateFiles(id, batch), outcome.Message)
                        : await ShowAsync(request, context, agency, batch, outcome.Message, ct);
                default:
                    var chosen = fields.Files.Where(file => file is { Length: > 0, FileName.Length: > 0 }).ToList();
                    return chosen.Count == 0 ? await ShowAsync(request, context, agency, string.Empty, "Choose 1 or more files first. Empty files are not counted.", ct)
                        : chosen.Exists(file => file.Length > SendReturn.MaxFileBytes) ? await ShowAsync(request, context, agency, string.Empty, SendPages.TooLarge, ct)
                        : PageHandler.SeeOther(request, ReturnAddress.CreateFiles(id, await several.CheckAsync(id, await ReadAsync(chosen, ct), context.Caller!.CanChange, ct)));
            }
        },
        ct,
        SendSeveralFiles.MaxFiles);

    private async Task<IResult> ShowAsync(HttpRequest request, PageContext context, string agency, string batch, string? problem, CancellationToken ct)
    {
        if (!catalogue.Agencies.TryGetValue(new AgencyId(agency), out var known))
        {
            return PageHandler.NotFound(context, "This agency does not exist.");
        }

        var entries = batch.Length == 0 ? [] : await several.FindAsync(known.Id, batch, ct);
        return entries is null ? PageHandler.NotFound(context, "We keep files for a day. Send them again.") : PageHandler.Render(
            new SeveralFilesPage
            {
                PageContext = context,
                Agency = known,
                Batch = batch,
                Entries = entries,
                Titles = entries.SelectMany(entry => entry.Item.Sheets.SelectMany(sheet => sheet.Keys).Concat(entry.Item.Key is { } own ? [own] : [])).Distinct().ToDictionary(key => key, key => $"{catalogue.FindForm(key)?.Title ?? key.Return.ToString()}, {key.Period.Label}"),
                Due = entries.Any(entry => entry.Item.Key is null)
                    ? [.. (await status.GetAgencyReturnsAsync(known.Id, null, ct)).Where(row => StateNames.NeedsAction(row.State) && Period.Parse(row.Period).HasEnded(clock.Today())).OrderBy(row => row.Due)]
                    : [],
                Problem = problem,
                Message = messages.GetMessage(request),
            },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task<List<ArrivedFile>> ReadAsync(List<IFormFile> chosen, CancellationToken ct)
    {
        var files = new List<ArrivedFile>();
        foreach (var file in chosen)
        {
            using var content = new MemoryStream((int)file.Length);
            await file.CopyToAsync(content, ct);
            files.Add(new ArrivedFile(file.FileName, content.ToArray()));
        }

        return files;
    }

    private static ReturnKey? ParseKey(string? text) =>
        text?.Split('|') is [var id, var period] && ReturnId.TryParse(id) is { } known && Period.TryParse(period, out var when) ? new ReturnKey(known, when) : null;
}
