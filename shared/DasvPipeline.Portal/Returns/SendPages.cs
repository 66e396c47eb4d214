using DasvPipeline.Core;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Store;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>Takes in what an agency sends: a file, to be kept or only checked, and explanations of queries.</summary>
public sealed class SendPages(
    PortalPages pages, ReturnPages shown, PartnershipCatalogue catalogue, SendReturn send, ExplainQuery explain, IReturnStore store, Tellings tellings, TimeProvider clock)
{
    private static readonly string TooLarge = $"The file is larger than {SendReturn.LargestFile / (1024 * 1024)} MB. A return needs far less: remove pictures and other sheets, and send it again.";

    public Task<IResult> PostFileAsync(HttpRequest request, string agency, string name, string period, CancellationToken ct)
    {
        var place = ReturnPlace.Of(catalogue, agency, name, period, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        return pages.TakeAsync(
            request,
            caller => caller.MaySee(new AgencyId(agency)),
            SendReturn.LargestFile,
            frame => place.Form is { } form ? shown.ReturnAsync(request, frame, form, place.Key, TooLarge, ct) : NoSuchPlace(frame, place),
            async (frame, fields) =>
            {
                if (place.Form is not { } form)
                {
                    return await NoSuchPlace(frame, place);
                }

                if (fields.Files.GetFile("file") is not { Length: > 0, FileName.Length: > 0 } file)
                {
                    return await shown.ReturnAsync(request, frame, form, place.Key, fields.Files.GetFile("file") is { FileName.Length: > 0 } ? "The file is empty. Check that you saved your figures, and choose it again." : "Choose a file first.", ct);
                }

                if (file.Length > SendReturn.LargestFile)
                {
                    return await shown.ReturnAsync(request, frame, form, place.Key, TooLarge, ct);
                }

                using var content = new MemoryStream((int)file.Length);
                await file.CopyToAsync(content, ct);
                return fields["do"] == "check"
                    ? PortalPages.Of<CheckedPage>(new Dictionary<string, object?>
                    {
                        ["Frame"] = frame,
                        ["Form"] = form,
                        ["Key"] = place.Key,
                        ["Report"] = await send.CheckAsync(form, place.Key, file.FileName, content.ToArray(), ct),
                    })
                    : Sent(request, place.Key, await send.RunAsync(place.Key, file.FileName, content.ToArray(), frame.Caller!.Name, ct));
            },
            ct);
    }

    /// <summary>Says why a figure that was queried is right.</summary>
    public Task<IResult> PostExplanationAsync(HttpRequest request, string agency, string name, string period, CancellationToken ct) =>
        pages.TakeAsync(
            request,
            caller => caller.MaySee(new AgencyId(agency)),
            async (frame, fields) =>
            {
                var place = ReturnPlace.Of(catalogue, agency, name, period, DateOnly.MaxValue);
                if (place.Form is not { } form
                    || (await store.ReadSubmissionsAsync(place.Key, ct)).Where(submission => submission.State != SubmissionState.Receiving).MaxBy(submission => submission.Version) is not { } newest)
                {
                    return await NoSuchPlace(frame, place);
                }

                var question = fields["question"].ToString();
                return await explain.RunAsync(place.Key, question, fields["text"].ToString(), frame.Caller!.Name, ct) switch
                {
                    ExplainResult.Explained => tellings.ThenTell(request, ReturnAddress.Of(place.Key, newest.Version), "Your explanation is kept. This will not be asked again."),
                    ExplainResult.NothingSaid => await shown.VersionAsync(request, frame, form, newest, problemOf: question, ct),
                    _ => PortalPages.Problem(
                        frame, StatusCodes.Status409Conflict, "This is not asked any more", "A newer file has been sent since, or somebody has explained it. Go back and load the page again."),
                };
            },
            ct);

    /// <summary>To the answer; where another run is still reading the file, to its return.</summary>
    private IResult Sent(HttpRequest request, ReturnKey key, SentReturn sent) => sent switch
    {
        { Version: 0 } => tellings.ThenTell(request, ReturnAddress.Of(key), "Your file has been received. It is being read."),
        { IsRepeat: true } => tellings.ThenTell(request, ReturnAddress.Of(key, sent.Version), "This very file had been received before. Nothing has changed."),
        _ => PortalPages.SeeOther(request, ReturnAddress.Of(key, sent.Version)),
    };

    private static Task<IResult> NoSuchPlace(Frame frame, ReturnPlace place) => Task.FromResult(PortalPages.NotFound(frame, place.Problem ?? "Nothing has been received for this return."));
}
