using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>Serves the report of a return's newest version, or of a given version: findings, figures and changes.</summary>
public sealed class ReportEndpoint(IReturnStore store, CallerReader callers)
{
    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken ct)
    {
        if (ErrorResults.CheckManager(request, callers) is { } refusal)
        {
            return refusal;
        }

        if (KeyOf(request.Query["return"], request.Query["period"]) is not { } key)
        {
            return ErrorResults.MissingReturn();
        }

        var version = int.TryParse(request.Query["version"], out var requestedVersion) && requestedVersion > 0 ? requestedVersion : (await store.ReadLedgerRowAsync(key, ct))?.LatestVersion ?? 0;
        if (version == 0 || await store.ReadReportAsync(key, version, SubmissionReport.FileName, ct) is not { } report)
        {
            return Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "We have not received this return.");
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(report, SubmissionReport.ContentType);
    }

    internal static ReturnKey? KeyOf(string? id, string? period) =>
        ReturnId.TryParse(id) is { } known && Period.TryParse(period, out var when) ? new ReturnKey(known, when) : null;
}

/// <summary>Accepts the manager's explanation of a query or a disagreement, which is then not asked again.</summary>
public sealed class ExplainEndpoint(ExplainQuery explain, CallerReader callers)
{
    public async Task<IResult> PostAsync(HttpRequest request, CancellationToken ct)
    {
        if (ErrorResults.CheckChange(request, callers) is { } refusal)
        {
            return refusal;
        }

        if (await JsonBody.ReadAsync(request, PortalJson.Default.ExplanationBody, ct) is not { Question: { } question, Explanation: { } text } body || !Period.TryParse(body.Period, out var period)
            || (body.Return is not null && ReturnId.TryParse(body.Return) is null))
        {
            return Results.Problem(
                statusCode: StatusCodes.Status400BadRequest,
                title: """Send JSON: {"return":"agency/return","period":"2019-20-Q1","question":"as the report gives it","explanation":"why the figure is right"}. Leave out "return" to explain a disagreement of a year.""");
        }

        var by = callers.GetPerson(request);
        var outcome = await (ReturnId.TryParse(body.Return) is { } id
            ? explain.RunAsync(new ReturnKey(id, period), question, text, by, ct)
            : explain.RunAsync(period, question, text, by, ct));
        return outcome.Status switch
        {
            OutcomeStatus.Done => Results.Text(outcome.Message),
            OutcomeStatus.Incomplete => Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: outcome.Message),
            _ => Results.Problem(statusCode: StatusCodes.Status404NotFound, title: outcome.Message),
        };
    }
}

internal sealed record ExplanationBody(string? Return, string? Period, string? Question, string? Explanation);
