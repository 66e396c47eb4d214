using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>The page of current and published headlines, with the preview and the manager's decisions.</summary>
public sealed class HeadlinePages(
    YearPages years, PartnershipCatalogue catalogue, CompareHeadlines compare, PreviewRelease preview, TraceHeadline trace, DecideRelease decide, ApproveRelease approve, PublishNow publish, FlashMessages messages)
{
    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) =>
        years.ShowAsync(request, (context, year) => PageAsync(context, year, messages.GetMessage(request), refused: null, StatusCodes.Status200OK, ct));

    /// <summary>
    /// Makes a decision. Asks first, if the decision publishes a text. If it is refused, the page shows the obstacles and keeps the reason that
    /// was entered.
    /// </summary>
    public Task<IResult> PostAsync(HttpRequest request, CancellationToken ct) => years.HandleFormAsync(request, async (context, form, year) =>
    {
        var (by, reason, publishesNumbers) = (context.Caller!.Person, form["reason"].ToString(), form["publish-anyway"].ToString() == "yes");
        var action = form["do"].ToString();
        if (form["confirmed"].ToString() != "yes" && await PreviewAsync(action, by, year, reason, publishesNumbers, ct) is { IsDone: true } question)
        {
            return PageHandler.Render(new ConfirmPage
            {
                PageContext = context,
                Year = year,
                Action = action,
                Outcome = question,
                Reason = reason,
                PublishesNumbers = publishesNumbers,
                Preview = action == DecisionAction.Approve ? await preview.RunAsync(ignoresApproval: true, ct) : null,
                Headlines = catalogue.GetNewestHeadlines(),
            });
        }

        Outcome? outcome = action switch
        {
            DecisionAction.Publish => await publish.RunAsync(by, year, reason, publishesNumbers, isDryRun: false, ct),
            DecisionAction.Approve => await approve.RunAsync(by, reason, publishesNumbers, isDryRun: false, ct),
            DecisionAction.WithdrawApproval => await approve.WithdrawAsync(by, ct),
            DecisionAction.Hold => await decide.HoldAsync(by, reason, ct),
            DecisionAction.ReleaseHold => await decide.ReleaseHoldAsync(by, ct),
            DecisionAction.SignOff => await decide.SignOffAsync(year, by, reason, publishesNumbers, ct),
            DecisionAction.Reopen => await decide.ReopenAsync(year, by, reason, publishesNumbers, ct),
            _ => null,
        };
        return outcome switch
        {
            null => PageHandler.Problem(context, StatusCodes.Status400BadRequest, "Nothing was changed", "Go back, reload the page, and choose what to do."),
            { IsDone: true } => messages.RedirectWithMessage(request, StatusAddress.Create(StatusAddress.Headlines, year), outcome.Message),
            _ => await PageAsync(context, year, new FlashMessage(outcome.Message, IsRefused: true, outcome.Obstacles), new RefusedDecision(form["do"].ToString(), reason, outcome.Message, outcome.Status == OutcomeStatus.Incomplete), StatusCodes.Status409Conflict, ct),
        };
    }, ct);

    /// <summary>Returns what a decision would do; null if it is made without a question.</summary>
    private async Task<Outcome?> PreviewAsync(string action, Person by, Period year, string reason, bool publishesNumbers, CancellationToken ct) => action switch
    {
        DecisionAction.SignOff => await decide.PreviewSignOffAsync(year, reason, publishesNumbers, ct),
        DecisionAction.Reopen => await decide.PreviewReopenAsync(year, reason, publishesNumbers, ct),
        DecisionAction.Approve => await approve.RunAsync(by, reason, publishesNumbers, isDryRun: true, ct),

        // Without a text to show, there is nothing to ask.
        DecisionAction.Publish => await publish.RunAsync(by, year, reason, publishesNumbers, isDryRun: true, ct) is { PublicText: not null } question ? question : null,
        _ => null,
    };

    /// <summary>Shows the sources of a headline, down to the cells.</summary>
    public Task<IResult> GetLineageAsync(HttpRequest request, string headline, CancellationToken ct) => years.ShowAsync(request, async (context, _) =>
    {
        if (!Period.TryParse(request.Query["period"], out var period))
        {
            return PageHandler.NotFound(context, "Give a year or quarter: ?period=2019-20.");
        }

        return HeadlineIds.FindProblem(catalogue, headline) is { } unknown ? PageHandler.NotFound(context, unknown)
            : await trace.RunAsync(headline, period, ct) is { } found ? PageHandler.Render(new LineagePage
            {
                PageContext = context,
                Catalogue = catalogue,
                Trace = found,
                Period = period,
            })
            : PageHandler.NotFound(context, $"This headline has no figure for {period.Label}.");
    });

    private async Task<IResult> PageAsync(PageContext context, Period? year, FlashMessage? message, RefusedDecision? refused, int code, CancellationToken ct)
    {
        var comparison = await compare.RunAsync(year, ct);
        return PageHandler.Render(new HeadlinesPage
        {
            PageContext = context,
            Comparison = comparison,
            Preview = await preview.RunAsync(ct),
            Headlines = catalogue.GetNewestHeadlines(),
            Years = years.All,
            Message = message,
            Refused = refused,
        },
            code);
    }
}

/// <summary>The values of the decision buttons on the page.</summary>
internal static class DecisionAction
{
    public const string Publish = "publish";
    public const string Approve = "approve";
    public const string WithdrawApproval = "withdraw-approval";
    public const string Hold = "hold";
    public const string ReleaseHold = "release-hold";
    public const string SignOff = "sign-off";
    public const string Reopen = "re-open";
}

/// <param name="Reason">The reason that was entered.</param>
/// <param name="Message">The message that says why it was refused.</param>
/// <param name="IsAboutReason">True if the reason must be changed or added.</param>
public sealed record RefusedDecision(string Action, string Reason, string Message, bool IsAboutReason);
