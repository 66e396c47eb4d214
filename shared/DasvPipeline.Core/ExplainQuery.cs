using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Read;
using DasvPipeline.Core.Reconcile;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core;

public enum ExplainResult
{
    Explained,

    /// <summary>The newest version of this return asks no such question.</summary>
    NoSuchQuestion,

    /// <summary>There is nothing in the text.</summary>
    NothingSaid,
}

/// <summary>
/// Takes the manager's explanation of a query, or of a disagreement: it is kept with the return or the year, shown where the
/// question is, and the question is never asked again. Repeating it changes nothing.
/// </summary>
public sealed class ExplainQuery(PartnershipCatalogue catalogue, IReturnStore store)
{
    /// <param name="question"><see cref="Finding.Question"/>, as the report gives it.</param>
    /// <param name="by">The name that the manager is signed in with.</param>
    public async Task<ExplainResult> RunAsync(ReturnKey key, string question, string text, string by, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return ExplainResult.NothingSaid;
        }

        if (await store.ReadLedgerRowAsync(key, ct) is not { LatestVersion: > 0 and var version }
            || await store.ReadReportAsync(key, version, SubmissionReport.FileName, ct) is not { } content
            || SubmissionReport.Parse(content) is var report && report.Find(question) is not { } asked)
        {
            return ExplainResult.NoSuchQuestion;
        }

        var explanation = Given(question, asked.Code, text, by);
        await store.ExplainAsync(key, explanation, ct);
        var explained = report.Explain(question, explanation.Text);
        await store.WriteReportAsync(key, version, SubmissionReport.FileName, explained.ToJson(), SubmissionReport.ContentType, ct);
        await store.RecountAsync(key, version, explained.Counts, ct);
        return ExplainResult.Explained;
    }

    /// <param name="question">Of a disagreement of the year, as the report of disagreements gives it.</param>
    /// <param name="by">The name that the manager is signed in with.</param>
    public async Task<ExplainResult> RunAsync(Period year, string question, string text, string by, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return ExplainResult.NothingSaid;
        }

        var figures = await store.ReadYearAsync(catalogue, year.Year, null, ct);
        if (Reconciliation.Find(catalogue, figures).FirstOrDefault(found => found.Question == question) is not { } asked)
        {
            return ExplainResult.NoSuchQuestion;
        }

        await store.ExplainAsync(year.Year, Given(question, asked.Id, text, by), ct);
        return ExplainResult.Explained;
    }

    private static Explanation Given(string question, string code, string text, string by) =>
        new(question, code, Figure: null, FindingText.Shorten(text.Trim(), Explanation.Longest), by, Version: 0);
}
