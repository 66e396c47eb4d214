using DasvPipeline.Core;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>The headlines as they stand and as published, what would change, and the manager's decisions about it.</summary>
public sealed class HeadlinePages(
    ReportedYears years, PartnershipCatalogue catalogue, CompareHeadlines compare, PreviewRelease preview, TraceHeadline trace, DecideRelease decide, PublishNow publish, Tellings tellings)
{
    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) =>
        years.ShowAsync(request, (frame, year) => PageAsync(frame, year, tellings.Of(request), refused: null, StatusCodes.Status200OK, ct));

    /// <summary>A decision. Refused, the page says what stands against it, with the reason that was given still there.</summary>
    public Task<IResult> PostAsync(HttpRequest request, CancellationToken ct) => years.TakeAsync(request, async (frame, form, year) =>
    {
        var (by, reason) = (frame.Caller!.Name, form["reason"].ToString());
        DecisionOutcome? outcome = form["do"].ToString() switch
        {
            Decision.Publish => await publish.RunAsync(by, ct),
            Decision.Hold => await decide.HoldAsync(by, reason, ct),
            Decision.ReleaseHold => await decide.ReleaseHoldAsync(by, ct),
            Decision.SignOff => await decide.SignOffAsync(year, by, reason, ct),
            Decision.Reopen => await decide.ReopenAsync(year, by, reason, ct),
            _ => null,
        };
        return outcome switch
        {
            null => PortalPages.Problem(frame, StatusCodes.Status400BadRequest, "Nothing was decided", "Go back, load the page again, and choose what to do."),
            { IsDone: true } => tellings.ThenTell(request, StatusAddress.Of(StatusAddress.Headlines, year), outcome.Message),
            _ => await PageAsync(frame, year, new Telling(outcome.Message, IsRefused: true, outcome.Obstacles), new RefusedDecision(form["do"].ToString(), reason, outcome.Message), StatusCodes.Status409Conflict, ct),
        };
    }, ct);

    /// <summary>Where a headline comes from, down to the cells.</summary>
    public Task<IResult> GetLineageAsync(HttpRequest request, string headline, CancellationToken ct) => years.ShowAsync(request, async (frame, _) =>
    {
        if (!Period.TryParse(request.Query["period"], out var period))
        {
            return PortalPages.NotFound(frame, "Say for which year or quarter: ?period=2019-20.");
        }

        return HeadlineNames.WhyUnknown(catalogue, headline) is { } unknown ? PortalPages.NotFound(frame, unknown)
            : await trace.RunAsync(headline, period, ct) is { } found ? PortalPages.Of<LineagePage>(new Dictionary<string, object?>
            {
                ["Frame"] = frame,
                ["Catalogue"] = catalogue,
                ["Trace"] = found,
                ["Period"] = period,
            })
            : PortalPages.NotFound(frame, $"This headline has no figure for {period.Label}.");
    });

    private async Task<IResult> PageAsync(Frame frame, Period? year, Telling? told, RefusedDecision? refused, int code, CancellationToken ct)
    {
        var standings = await compare.RunAsync(year, ct);
        return PortalPages.Of<HeadlinesPage>(
            new Dictionary<string, object?>
            {
                ["Frame"] = frame,
                ["Standings"] = standings,
                ["Preview"] = await preview.RunAsync(ct),
                ["Headlines"] = catalogue.Headlines.ToDictionary(headline => headline.Id.Value),
                ["Years"] = years.All,
                ["Told"] = told,
                ["Refused"] = refused,
            },
            code);
    }
}

/// <summary>What the manager can do about what is published, as the page's buttons name it.</summary>
internal static class Decision
{
    public const string Publish = "publish";
    public const string Hold = "hold";
    public const string ReleaseHold = "release-hold";
    public const string SignOff = "sign-off";
    public const string Reopen = "re-open";
}

/// <param name="Said">The reason that was given.</param>
/// <param name="Message">What stands against it.</param>
public sealed record RefusedDecision(string Do, string Said, string Message);
