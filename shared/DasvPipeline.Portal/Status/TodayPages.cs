using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Publish;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>The manager's start page: what needs doing today.</summary>
public sealed class TodayPages(PageHandler pages, DescribeToday describe, CompareFigures compare, DecideRelease decide, FlashMessages messages)
{
    public const string Compare = "compare";
    public const string ReleaseHold = "release-hold";

    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) => pages.ShowAsync(request, caller => caller.IsManager, async context =>
        PageHandler.Render(new TodayPage { PageContext = context, Work = await describe.RunAsync(ct), Message = messages.GetMessage(request) }));

    /// <summary>Does one of the actions that need nothing but a press.</summary>
    public Task<IResult> PostAsync(HttpRequest request, CancellationToken ct) => pages.HandleFormAsync(
        request,
        caller => caller.IsManager,
        async (context, form) =>
        {
            var outcome = form["do"].ToString() switch
            {
                Compare => Outcome.Done(Describe((await compare.RunAsync(ct)).Disagreements.Count)),
                ReleaseHold => await decide.ReleaseHoldAsync(context.Caller!.Person, ct),
                _ => null,
            };
            return outcome switch
            {
                null => PageHandler.Problem(context, StatusCodes.Status400BadRequest, "Nothing was changed", "Go back, reload the page, and choose what to do."),
                { IsDone: true } => messages.RedirectWithMessage(request, StatusAddress.Start, outcome.Message),
                _ => PageHandler.Problem(context, StatusCodes.Status409Conflict, "Nothing was changed", outcome.Message),
            };
        },
        ct);

    private static string Describe(int count) => count == 0
        ? "The figures are compared. No disagreement moves a headline."
        : $"The figures are compared. {Plural.Format(count, "disagreement")} can move a headline. This includes those that are explained.";
}
