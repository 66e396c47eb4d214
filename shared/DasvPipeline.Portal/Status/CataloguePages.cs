using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>The pages of the catalogue: what is live, a change with its preview and approval, and the history.</summary>
public sealed class CataloguePages(PageHandler pages, PartnershipCatalogue catalogue, LiveCatalogue live, ChangeCatalogue change, FlashMessages messages)
{
    private static readonly string TooLarge = $"The zip is larger than {CatalogueArchive.MaxZipBytes / (1024 * 1024)} MB. A catalogue is much smaller.";

    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) =>
        pages.ShowAsync(request, caller => caller.IsManager, context => ShowAsync(context, messages.GetMessage(request), StatusCodes.Status200OK, ct));

    /// <summary>Checks an uploaded zip, and shows its mistakes or what it would change.</summary>
    public Task<IResult> PostFileAsync(HttpRequest request, CancellationToken ct) => pages.HandleFormAsync(
        request,
        caller => caller.IsManager,
        CatalogueArchive.MaxZipBytes,
        context => ShowAsync(context, FlashMessage.CreateRefusal(TooLarge), StatusCodes.Status413PayloadTooLarge, ct),
        async (context, form) =>
        {
            if (form.Files.GetFile("file") is not { Length: > 0 } file)
            {
                return await ShowAsync(context, FlashMessage.CreateRefusal("Choose a zip of the catalogue first."), StatusCodes.Status400BadRequest, ct);
            }

            using var content = new MemoryStream((int)file.Length);
            await file.CopyToAsync(content, ct);
            var (files, mistakes) = CatalogueArchive.ReadZip(content.ToArray());
            return mistakes.Count > 0
                ? ShowProposal(context, new CatalogueProposal(null, 0, mistakes, CatalogueEffects.None), null, null)
                : ShowProposal(context, await change.ProposeAsync(files, ct), null, null);
        },
        ct);

    /// <summary>Makes a previewed catalogue live. If it is refused, the page shows the preview again and keeps the reason.</summary>
    public Task<IResult> PostApprovalAsync(HttpRequest request, CancellationToken ct) => pages.HandleFormAsync(
        request,
        caller => caller.IsManager,
        async (context, form) =>
        {
            var (hash, reason) = (form["hash"].ToString(), form["reason"].ToString());
            var seen = ParseNumber(form["live"]);
            var outcome = await change.ApproveAsync(hash, seen, reason, form["publish-anyway"].ToString() == "yes", context.Caller!.Person, ct);
            return outcome.IsDone ? messages.RedirectWithMessage(request, StatusAddress.Catalogue, outcome.Message)
                : await change.ReadProposedAsync(hash, ct) is { } files ? ShowProposal(context, await change.ProposeAsync(files, ct), outcome, reason)
                : await ShowAsync(context, new FlashMessage(outcome.Message, IsRefused: true, outcome.Obstacles), StatusCodes.Status409Conflict, ct);
        },
        ct);

    /// <summary>Shows the form of a common change.</summary>
    public Task<IResult> GetChangeAsync(HttpRequest request, string word) => pages.ShowAsync(request, caller => caller.IsManager, context => Task.FromResult(
        CatalogueChangeForm.Parse(word) is { } kind && !live.IsFixed ? ShowChange(context, kind, null, null) : PageHandler.NotFound(context, "This form does not exist.")));

    /// <summary>Makes a common change in the files of the live catalogue, and shows what it would change.</summary>
    public Task<IResult> PostChangeAsync(HttpRequest request, string word, CancellationToken ct) => pages.HandleFormAsync(
        request,
        caller => caller.IsManager,
        async (context, form) =>
        {
            if (CatalogueChangeForm.Parse(word) is not { } kind || await change.ReadFilesAsync(null, ct) is not { } files)
            {
                return PageHandler.NotFound(context, "This form does not exist.");
            }

            var entry = new CatalogueEntry(kind, form["subject"].ToString(), form["value"].ToString(), form["other"].ToString(), form["id"].ToString());
            var (changed, problem) = CatalogueEditor.Apply(files, entry);
            var proposal = changed is null ? null : await change.ProposeAsync(changed, ct);
            return proposal is { Hash: not null } ? ShowProposal(context, proposal, null, null)
                : ShowChange(context, kind, entry, problem ?? string.Join(' ', proposal!.Mistakes.Select(mistake => mistake.ToString())));
        },
        ct);

    private IResult ShowChange(PageContext context, CatalogueChange kind, CatalogueEntry? entry, string? problem) => PageHandler.Render(
        new CatalogueChangePage
        {
            PageContext = context,
            Catalogue = catalogue,
            Change = kind,
            Entry = entry,
            Problem = problem,
        },
        problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    public Task<IResult> GetVersionAsync(HttpRequest request, string version, CancellationToken ct) => pages.ShowAsync(request, caller => caller.IsManager, async context =>
    {
        var number = ParseNumber(version);
        if ((await live.ReadHistoryAsync(ct))?.Find(number) is not { } found || await change.ReadFilesAsync(number, ct) is not { } files)
        {
            return PageHandler.NotFound(context, "This version of the catalogue does not exist.");
        }

        var before = number == 1 ? null : await change.ReadFilesAsync(number - 1, ct);
        return PageHandler.Render(new CatalogueVersionPage
        {
            PageContext = context,
            Version = found,
            IsLive = (await live.ReadHistoryAsync(ct))!.Live.Number == number,
            Differences = before is null ? [] : FileDifference.FindAll(before, files),
        });
    });

    /// <summary>Previews that an earlier version is used again.</summary>
    public Task<IResult> PostRestoreAsync(HttpRequest request, string version, CancellationToken ct) => pages.HandleFormAsync(
        request,
        caller => caller.IsManager,
        async (context, _) => await change.ReadFilesAsync(ParseNumber(version), ct) is { } files
            ? ShowProposal(context, await change.ProposeAsync(files, ct), null, null)
            : PageHandler.NotFound(context, "This version of the catalogue does not exist."),
        ct);

    /// <summary>Returns 0, which no version has, if the text is not a number.</summary>
    private static int ParseNumber(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static IResult ShowProposal(PageContext context, CatalogueProposal proposal, Outcome? refused, string? reason) => PageHandler.Render(
        new CatalogueProposalPage
        {
            PageContext = context,
            Proposal = proposal,
            Refused = refused,
            Reason = reason,
        },
        proposal.Hash is null || refused is not null ? StatusCodes.Status409Conflict : StatusCodes.Status200OK);

    private async Task<IResult> ShowAsync(PageContext context, FlashMessage? message, int status, CancellationToken ct) => PageHandler.Render(
        new CataloguePage
        {
            PageContext = context,
            Catalogue = catalogue,
            History = await live.ReadHistoryAsync(ct),
            Message = message,
        },
        status);
}
