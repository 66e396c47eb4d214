using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>The page that asks whether to delete the file of a version, and its form.</summary>
public sealed class DeleteFilePages(PageHandler pages, ReturnPages returnPages, DeleteFile delete, IReturnStore store, FlashMessages messages)
{
    public Task<IResult> GetAsync(HttpRequest request, string agency, string name, string period, string version, CancellationToken ct) =>
        returnPages.ShowStoredVersionAsync(request, agency, name, period, version, async (context, form, submission) => PageHandler.Render(new DeleteFilePage
        {
            PageContext = context,
            Form = form,
            Submission = submission,
            Files = DeleteFile.GetSameFile(await store.ReadSubmissionsAsync(submission.Key, ct), submission),
            IsLive = (await store.ReadLedgerRowAsync(submission.Key, ct))?.LiveVersion == submission.Version,
        }), ct);

    public Task<IResult> PostAsync(HttpRequest request, string agency, string name, string period, string version, CancellationToken ct) =>
        pages.HandleFormAsync(
            request,
            caller => caller.CanChange(new AgencyId(agency)),
            async (context, _) =>
            {
                var place = returnPages.ParseRoute(agency, name, period);
                if (place.Form is null || !int.TryParse(version, out var number))
                {
                    return PageHandler.NotFound(context, place.Problem ?? "This version does not exist.");
                }

                var outcome = await delete.RunAsync(place.Key, number, context.Caller!.Person, ct);
                return outcome switch
                {
                    { IsDone: true } => messages.RedirectWithMessage(request, ReturnAddress.Create(place.Key), outcome.Message),
                    { Status: OutcomeStatus.NotFound } => PageHandler.NotFound(context, outcome.Message),
                    _ => PageHandler.Problem(context, StatusCodes.Status409Conflict, "Nothing was deleted", outcome.Message),
                };
            },
            ct);
}
