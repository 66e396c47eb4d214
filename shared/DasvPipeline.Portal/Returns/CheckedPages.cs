using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>The page of a file that was checked and not sent: its result, its marked copy, and the form that sends it.</summary>
public sealed class CheckedPages(
    PageHandler pages, ReturnPages returnPages, PartnershipCatalogue catalogue, CheckThenSend check, MoveReturn move, ExplainQuery explain, FlashMessages messages, TimeProvider clock)
{
    private const string TooOld = "The checked file is not here any more. It was sent, deleted, or checked more than a day ago. Choose it again.";

    public Task<IResult> GetAsync(HttpRequest request, string agency, string name, string period, string id, CancellationToken ct) =>
        returnPages.ShowAsync(request, agency, name, period, async (context, form, key) => await check.FindAsync(key, id, ct) switch
        {
            null => PageHandler.NotFound(context, TooOld),
            { SentTo: { } sent } => PageHandler.SeeOther(request, ReturnAddress.Create(sent.Key, sent.Version)),
            var file => Show(context, form, key, id, file, Answers.None),
        });

    /// <summary>Downloads the file with the findings marked, or the list of findings.</summary>
    public Task<IResult> GetMarkedAsync(HttpRequest request, string agency, string name, string period, string id, CancellationToken ct) =>
        returnPages.ShowAsync(request, agency, name, period, async (context, form, key) => await check.FindAsync(key, id, ct) is { } file && await check.MarkAsync(form, key, file, ct) is { } marked
            ? Results.File(marked.Content.ToArray(), marked.ContentType, marked.FileName)
            : PageHandler.NotFound(context, "This file has no marked copy."));

    /// <summary>Sends the file, sends it for the return of its form, or deletes it.</summary>
    public Task<IResult> PostAsync(HttpRequest request, string agency, string name, string period, string id, CancellationToken ct) => pages.HandleFormAsync(
        request,
        caller => caller.CanChange(new AgencyId(agency)),
        async (context, fields) =>
        {
            var place = ReturnRoute.Parse(catalogue, agency, name, period);
            if (place.Form is not { } form || await check.FindAsync(place.Key, id, ct) is not { } file)
            {
                return PageHandler.NotFound(context, place.Problem ?? TooOld);
            }

            if (file.SentTo is { } sent)
            {
                return messages.RedirectWithMessage(request, ReturnAddress.Create(sent.Key, sent.Version), "You have already sent this file. Nothing has changed.");
            }

            switch (fields["do"].ToString())
            {
                case "forget":
                    await check.ForgetAsync(place.Key, id, ct);
                    return messages.RedirectWithMessage(request, ReturnAddress.Create(place.Key), "We have deleted the file that you checked. Nothing was sent.");
                case "move" when file.Content is not null:
                    return move.FindTarget(ReportOf(file)) is not { } target || !context.Caller!.CanChange(target.Return.Agency)
                        ? PageHandler.Problem(context, StatusCodes.Status409Conflict, "Nothing was sent", "You cannot send this file for the return of its form. Go back, and choose the right return.")
                        : await SendAsync(request, place.Key, id, file, target, new Dictionary<string, string>(), context, ct);
                case "send" when file.Content is not null && UploadPath.CheckHasEnded(place.Key.Period, clock.Today()) is null:
                    var answers = Answers.Read(fields);
                    return ExplainQuery.CheckAnswers(answers) is { Count: > 0 } problems
                        ? Show(context, form, place.Key, id, file, new Answers(answers, problems))
                        : await SendAsync(request, place.Key, id, file, place.Key, answers, context, ct);
                default:
                    return PageHandler.Problem(context, StatusCodes.Status400BadRequest, "Nothing was sent", "Go back, reload the page, and choose what to do.");
            }
        },
        ct);

    private async Task<IResult> SendAsync(
        HttpRequest request, ReturnKey key, string id, CheckedFile file, ReturnKey to, IReadOnlyDictionary<string, string> answers, PageContext context, CancellationToken ct)
    {
        var (version, result) = await check.SendAsync(key, id, file, to, context.Caller!.Person, ct);
        if (result == IngestResult.Accepted && answers.Values.Any(FreeText.HasWords))
        {
            // A question that is closed meanwhile needs no answer.
            await explain.RunAsync(to, answers, context.Caller.Person, ct);
        }

        return result == IngestResult.AlreadyReceived
            ? messages.RedirectWithMessage(request, ReturnAddress.Create(to, version.Version), "You have already sent this file. Nothing has changed.")
            : PageHandler.SeeOther(request, version.Version > 0 ? ReturnAddress.Create(to, version.Version) : ReturnAddress.Create(to));
    }

    internal static SubmissionReport ReportOf(CheckedFile file) => SubmissionReport.Parse(Encoding.UTF8.GetBytes(file.Report));

    private static IResult Show(PageContext context, Form form, ReturnKey key, string id, CheckedFile file, Answers entered) => PageHandler.Render(
        new CheckedPage
        {
            PageContext = context,
            Form = form,
            Key = key,
            Id = id,
            FileName = file.FileName,
            Report = ReportOf(file),
            IsKept = file.Content is not null,
            Until = file.At + CheckThenSend.Lifetime,
            Entered = entered,
        },
        entered.Problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}
