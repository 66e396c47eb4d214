using DasvPipeline.Portal;
using DasvPipeline.Portal.Status;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For the manager: the board of every agency and period.</summary>
public sealed class BoardTrigger(StatusPages pages)
{
    [Function("Board")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status")] HttpRequest request, CancellationToken ct) =>
        pages.GetBoardAsync(request, ct);
}

/// <summary>For the manager: what the board shows, as a file.</summary>
public sealed class BoardFileTrigger(StatusPages pages)
{
    [Function("BoardFile")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/file/{name}")] HttpRequest request, string name, CancellationToken ct) =>
        pages.GetFileAsync(request, name, ct);
}

/// <summary>For the manager: the returns and answers that agencies still have to send.</summary>
public sealed class ChasePageTrigger(ChasePages pages)
{
    [Function("ChasePage")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/chase")] HttpRequest request, CancellationToken ct) =>
        pages.GetAsync(request, ct);
}

/// <summary>For the manager: reminds agencies of the returns that they have to send.</summary>
public sealed class RemindTrigger(ChasePages pages)
{
    [Function("Remind")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "status/chase")] HttpRequest request, CancellationToken ct) =>
        pages.PostAsync(request, ct);
}

/// <summary>For the manager: how in time and how well agencies have sent their returns.</summary>
public sealed class TimelinessTrigger(TimelinessPages pages)
{
    [Function("Timeliness")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/timeliness")] HttpRequest request, CancellationToken ct) =>
        pages.GetAsync(request, ct);
}

/// <summary>For the manager: the same as a file.</summary>
public sealed class TimelinessFileTrigger(TimelinessPages pages)
{
    [Function("TimelinessFile")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/timeliness/{name}")] HttpRequest request, string name, CancellationToken ct) =>
        pages.GetFileAsync(request, name, ct);
}

/// <summary>For the manager: the disagreements between a year's figures.</summary>
public sealed class DisagreementsTrigger(DisagreementPages pages)
{
    [Function("Disagreements")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/disagreements")] HttpRequest request, CancellationToken ct) =>
        pages.GetAsync(request, ct);
}

/// <summary>For the manager: explains or dismisses a disagreement.</summary>
public sealed class AnswerDisagreementTrigger(DisagreementPages pages)
{
    [Function("AnswerDisagreement")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "status/disagreements")] HttpRequest request, CancellationToken ct) =>
        pages.PostAsync(request, ct);
}

/// <summary>For the manager: the current and the published headlines.</summary>
public sealed class HeadlinesPageTrigger(HeadlinePages pages)
{
    [Function("HeadlinesPage")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/headlines")] HttpRequest request, CancellationToken ct) =>
        pages.GetAsync(request, ct);
}

/// <summary>For the manager: publishes, holds, signs off and re-opens.</summary>
public sealed class DecideTrigger(HeadlinePages pages)
{
    [Function("Decide")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "status/headlines")] HttpRequest request, CancellationToken ct) =>
        pages.PostAsync(request, ct);
}

/// <summary>For the manager: the sources of a headline.</summary>
public sealed class LineagePageTrigger(HeadlinePages pages)
{
    [Function("LineagePage")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/headlines/{headline}")] HttpRequest request, string headline, CancellationToken ct) =>
        pages.GetLineageAsync(request, headline, ct);
}

/// <summary>For the manager: the annual report and the board paper of a year.</summary>
public sealed class ReportPageTrigger(ReportPages pages)
{
    [Function("ReportPage")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/report")] HttpRequest request, CancellationToken ct) =>
        pages.GetAsync(request, ct);
}

/// <summary>For the manager: a file of the annual report, or the board paper.</summary>
public sealed class ReportFileTrigger(ReportPages pages)
{
    [Function("ReportFile")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/report/{year}/{name}")] HttpRequest request, string year, string name, CancellationToken ct) =>
        pages.GetFileAsync(request, year, name, ct);
}

/// <summary>For the manager: the files of the annual report and the board paper as a zip (<c>/api/annual-report?year=2019-20</c>).</summary>
public sealed class AnnualReportTrigger(AnnualReportEndpoint report)
{
    [Function("AnnualReport")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/annual-report")] HttpRequest request, CancellationToken ct) =>
        report.GetAsync(request, ct);
}

/// <summary>For the manager: the current and the published headlines of a year (<c>/api/headlines?year=2019-20&amp;format=csv</c>).</summary>
public sealed class HeadlinesTrigger(StatusEndpoint status)
{
    [Function("Headlines")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/headlines")] HttpRequest request, CancellationToken ct) =>
        status.GetHeadlinesAsync(request, ct);
}

/// <summary>For the manager: what agencies still have to send, as JSON, CSV or a calendar (<c>/api/chase?format=ics&amp;agency=constabulary</c>).</summary>
public sealed class ChaseTrigger(ChaseEndpoint chase)
{
    [Function("Chase")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/chase")] HttpRequest request, CancellationToken ct) =>
        chase.GetAsync(request, ct);
}

/// <summary>For the manager: the due dates of returns, as a calendar file.</summary>
public sealed class DueCalendarTrigger(ChaseEndpoint chase)
{
    [Function("DueCalendar")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/chase.ics")] HttpRequest request, CancellationToken ct) =>
        chase.GetCalendarAsync(request, ct);
}

/// <summary>For the manager: what needs doing today.</summary>
public sealed class StartPageTrigger(TodayPages pages)
{
    [Function("StartPage")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/start")] HttpRequest request, CancellationToken ct) =>
        pages.GetAsync(request, ct);
}

/// <summary>For the manager: an action of the start page that needs nothing but a press.</summary>
public sealed class StartPageFormTrigger(TodayPages pages)
{
    [Function("StartPageForm")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "status/start")] HttpRequest request, CancellationToken ct) =>
        pages.PostAsync(request, ct);
}

/// <summary>For the manager: what this is, and what to do each quarter.</summary>
public sealed class GuidePageTrigger(GuidePages pages)
{
    [Function("GuidePage")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/guide")] HttpRequest request) => pages.GetAsync(request);
}
