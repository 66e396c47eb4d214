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
    private const string NothingSaid = "Write why the figure is right.";

    /// <summary>Explains a query of a return.</summary>
    /// <param name="question">The id of the query in the report: <see cref="Finding.QuestionId"/>.</param>
    /// <param name="by">The manager, or a person of the agency.</param>
    public async Task<Outcome> RunAsync(ReturnKey key, string question, string text, Person by, CancellationToken ct)
    {
        if (FreeText.Check(text, NothingSaid, out var clean) is { } problem)
        {
            return problem;
        }

        return await SaveAsync(key, new Dictionary<string, string>(StringComparer.Ordinal) { [question] = clean }, by, ct) == 0
            ? Outcome.NotFound("This question does not exist any more.")
            : Outcome.Done("Explained. We will not ask this again.");
    }

    /// <summary>Checks answers to several queries before any is saved.</summary>
    /// <param name="answers">The text for each question. A text without words is no answer, and its question stays open.</param>
    /// <returns>The message for each answer that cannot be saved; empty if all can.</returns>
    public static IReadOnlyDictionary<string, string> CheckAnswers(IReadOnlyDictionary<string, string> answers) => answers
        .Where(answer => FreeText.HasWords(answer.Value)).Select(answer => (Question: answer.Key, Problem: FreeText.Check(answer.Value, NothingSaid, out _)))
        .Where(answer => answer.Problem is not null).ToDictionary(answer => answer.Question, answer => answer.Problem!.Message, StringComparer.Ordinal);

    /// <summary>Explains several queries of a return at once. If one of the answers cannot be saved, none is.</summary>
    /// <inheritdoc cref="CheckAnswers" path="/param" />
    public async Task<Outcome> RunAsync(ReturnKey key, IReadOnlyDictionary<string, string> answers, Person by, CancellationToken ct)
    {
        if (CheckAnswers(answers).Values.FirstOrDefault() is { } problem)
        {
            return Outcome.Incomplete(problem);
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (question, text) in answers)
        {
            if (FreeText.Check(text, NothingSaid, out var clean) is null)
            {
                texts.Add(question, clean);
            }
        }

        return texts.Count == 0 ? Outcome.Incomplete(NothingSaid)
            : await SaveAsync(key, texts, by, ct) is var saved && saved == 0 ? Outcome.NotFound("These questions do not exist any more.")
            : Outcome.Done($"We have saved {Plural.Format(saved, "explanation")}. We will not ask {(saved == 1 ? "this" : "these")} again.");
    }

    /// <summary>Saves explanations with the return and in its report. Returns how many of the questions exist.</summary>
    private async Task<int> SaveAsync(ReturnKey key, Dictionary<string, string> texts, Person by, CancellationToken ct)
    {
        if (await store.ReadLedgerRowAsync(key, ct) is not { LatestVersion: > 0 and var version }
            || await store.ReadReportAsync(key, version, SubmissionReport.FileName, ct) is not { } content)
        {
            return 0;
        }

        var report = SubmissionReport.Parse(content);
        var explanations = texts.Select(text => (Query: report.Find(text.Key), text.Value)).Where(text => text.Query is not null)
            .Select(text => new Explanation(text.Query!.Question!, text.Query.Code, Figure: null, text.Value, by, Version: 0)).ToList();
        if (explanations.Count == 0)
        {
            return 0;
        }

        foreach (var explanation in explanations)
        {
            await store.WriteExplanationAsync(key, explanation, ct);
        }

        var counts = Counts.None;
        await store.UpdateReportAsync(
            key,
            version,
            SubmissionReport.FileName,
            stored =>
            {
                var explained = explanations.Aggregate(SubmissionReport.Parse(stored), (known, explanation) => known.Explain(explanation.Question, explanation.Text));
                counts = explained.Counts;
                return explained.ToJson();
            },
            SubmissionReport.ContentType,
            ct);
        await store.UpdateCountsAsync(key, version, counts, ct);
        return explanations.Count;
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

        await store.WriteExplanationAsync(year.Year, new Explanation(question, disagreement.Id, Figure: null, clean, by, Version: 0), ct);
        return Outcome.Done("Explained. We will not ask this again.");
    }
}
