using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Oversight.Reconciliation;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Oversight;

/// <summary>
/// Saves the manager's explanation of a query or of a disagreement. It is stored with the return or the year and shown with
/// the query, which is then not repeated. The operation is idempotent.
/// </summary>
public sealed class ExplainQuery(PartnershipCatalogue catalogue, IReturnStore store)
{
    /// <summary>Explains a query of a return.</summary>
    /// <param name="question">The id of the query in the report: <see cref="Finding.QuestionId"/>.</param>
    /// <param name="by">The manager, or a person of the agency.</param>
    public async Task<Outcome> RunAsync(ReturnKey key, string question, string text, Person by, CancellationToken ct)
    {
        if (FreeText.Check(text, "Explain why the figure is right.", out var clean) is { } problem)
        {
            return problem;
        }

        if (await store.ReadLedgerRowAsync(key, ct) is not { LatestVersion: > 0 and var version }
            || await store.ReadReportAsync(key, version, SubmissionReport.FileName, ct) is not { } content
            || SubmissionReport.Parse(content) is var report && report.Find(question) is not { } query)
        {
            return Outcome.NotFound("This question does not exist any more.");
        }

        var explanation = new Explanation(question, query.Code, Figure: null, clean, by.Name, Version: 0) { ById = by.Id };
        await store.WriteExplanationAsync(key, explanation, ct);
        var counts = Counts.None;
        await store.UpdateReportAsync(
            key,
            version,
            SubmissionReport.FileName,
            stored =>
            {
                var explained = SubmissionReport.Parse(stored).Explain(question, explanation.Text);
                counts = explained.Counts;
                return explained.ToJson();
            },
            SubmissionReport.ContentType,
            ct);
        await store.UpdateCountsAsync(key, version, counts, ct);
        return Outcome.Done("Explained. We will not ask this again.");
    }

    /// <summary>Explains a disagreement of a year.</summary>
    /// <param name="question">The id of the disagreement in the report of disagreements.</param>
    /// <param name="by">The manager, or a person of the agency.</param>
    public async Task<Outcome> RunAsync(Period year, string question, string text, Person by, CancellationToken ct)
    {
        if (FreeText.Check(text, "Explain why the figure is right.", out var clean) is { } problem)
        {
            return problem;
        }

        var figures = await store.ReadYearAsync(catalogue, year.Year, null, ct);
        if (Reconciler.Find(catalogue, figures).FirstOrDefault(found => found.Question == question) is not { } disagreement)
        {
            return Outcome.NotFound("This question does not exist any more.");
        }

        await store.WriteExplanationAsync(year.Year, new Explanation(question, disagreement.Id, Figure: null, clean, by.Name, Version: 0) { ById = by.Id }, ct);
        return Outcome.Done("Explained. We will not ask this again.");
    }
}
