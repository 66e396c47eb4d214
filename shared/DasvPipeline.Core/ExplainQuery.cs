using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Read;
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
/// Takes the manager's explanation of a query: it is kept with the return, shown in its report, and the question is never
/// asked again. Repeating it changes nothing.
/// </summary>
public sealed class ExplainQuery(IReturnStore store)
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

        var said = FindingText.Shorten(text.Trim(), Explanation.Longest);
        await store.ExplainAsync(key, new Explanation(question, asked.Code, Figure: null, said, by, Version: 0), ct);
        var explained = report.Explain(question, said);
        await store.WriteReportAsync(key, version, SubmissionReport.FileName, explained.ToJson(), SubmissionReport.ContentType, ct);
        await store.RecountAsync(key, version, explained.Counts, ct);
        return ExplainResult.Explained;
    }
}
