using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>Processes what an agency sends: files, to send or only to check, and explanations of queries.</summary>
public sealed class SendPages(
    PageHandler pages, ReturnPages returnPages, PartnershipCatalogue catalogue, SendReturn send, CheckThenSend check, ExplainQuery explain, IReturnStore store, FlashMessages messages, TimeProvider clock)
{
    internal static readonly string TooLarge = $"The file is larger than {SendReturn.MaxFileBytes / (1024 * 1024)} MB. Remove pictures and other sheets, and send it again.";

    public Task<IResult> PostFileAsync(HttpRequest request, string agency, string name, string period, CancellationToken ct)
    {
        var place = ReturnRoute.Parse(catalogue, agency, name, period);
        return pages.HandleFormAsync(
            request,
            caller => caller.CanChange(new AgencyId(agency)),
            SendReturn.MaxFileBytes,
            context => place.Form is { } form ? returnPages.ReturnAsync(request, context, form, place.Key, TooLarge, ct) : NotFoundAsync(context, place),
            async (context, fields) =>
            {
                if (place.Form is not { } form)
                {
                    return await NotFoundAsync(context, place);
                }

                if (UploadPath.CheckHasEnded(place.Key.Period, clock.Today()) is { } tooEarly)
                {
                    return PageHandler.Problem(context, StatusCodes.Status409Conflict, "You cannot send this return yet", tooEarly.Message);
                }

                if (fields.Files.GetFile("file") is not { Length: > 0, FileName.Length: > 0 } file)
                {
                    return await returnPages.ReturnAsync(request, context, form, place.Key, fields.Files.GetFile("file") is { FileName.Length: > 0 } ? "The file is empty. Check that you saved your figures, and choose the file again." : "Choose a file first.", ct);
                }

                if (file.Length > SendReturn.MaxFileBytes)
                {
                    return await returnPages.ReturnAsync(request, context, form, place.Key, TooLarge, ct);
                }

                using var content = new MemoryStream((int)file.Length);
                await file.CopyToAsync(content, ct);
                return fields["do"] == "check"
                    ? PageHandler.SeeOther(request, ReturnAddress.CreateChecked(place.Key, await check.CheckAsync(form, place.Key, file.FileName, content.ToArray(), ct)))
                    : RedirectAfterSend(request, place.Key, await send.RunAsync(place.Key, file.FileName, content.ToArray(), context.Caller!.Person, ct));
            },
            ct);
    }

    /// <summary>Saves explanations of why queried figures are right. If one of them cannot be saved, none is, and all texts are shown again.</summary>
    public Task<IResult> PostExplanationsAsync(HttpRequest request, string agency, string name, string period, CancellationToken ct) =>
        pages.HandleFormAsync(
            request,
            caller => caller.CanChange(new AgencyId(agency)),
            async (context, fields) =>
            {
                var place = ReturnRoute.Parse(catalogue, agency, name, period);
                if (place.Form is not { } form
                    || (await store.ReadSubmissionsAsync(place.Key, ct)).Where(submission => submission.State is SubmissionState.Accepted or SubmissionState.Rejected).MaxBy(submission => submission.Version) is not { } newest)
                {
                    return await NotFoundAsync(context, place);
                }

                var texts = Answers.Read(fields);
                var outcome = await explain.RunAsync(place.Key, texts, context.Caller!.Person, ct);
                return outcome.Status switch
                {
                    OutcomeStatus.Done => messages.RedirectWithMessage(request, ReturnAddress.Create(place.Key, newest.Version), outcome.Message),
                    OutcomeStatus.Incomplete when texts.Count > 0 => await returnPages.VersionAsync(request, context, form, newest, Answers.Refuse(texts, outcome.Message), ct),
                    _ => PageHandler.Problem(
                        context, StatusCodes.Status409Conflict, "These questions are closed", "A newer file was sent, or somebody has explained them. Go back and reload the page."),
                };
            },
            ct);

    /// <summary>Redirects to the result, or to the return if another run is still processing the file.</summary>
    private IResult RedirectAfterSend(HttpRequest request, ReturnKey key, IngestOutcome sent) => sent switch
    {
        { Version: 0 } => messages.RedirectWithMessage(request, ReturnAddress.Create(key), "We have received your file. We are checking it now."),
        { Result: IngestResult.AlreadyReceived } => messages.RedirectWithMessage(request, ReturnAddress.Create(key, sent.Version), "You have already sent this file. Nothing has changed."),
        _ => PageHandler.SeeOther(request, ReturnAddress.Create(key, sent.Version)),
    };

    private static Task<IResult> NotFoundAsync(PageContext context, ReturnRoute place) => Task.FromResult(PageHandler.NotFound(context, place.Problem ?? "We have not received this return."));
}
