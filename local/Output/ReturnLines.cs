using System.Globalization;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;
using Spectre.Console;

namespace DasvPipeline.Local.Output;

/// <summary>Prints a line for each file whose processing ended, followed by its findings.</summary>
internal sealed class ReturnLines(IAnsiConsole console, LiveCatalogue live, IReturnStore store, TimeProvider clock)
{
    private const int ShownFindings = 5;

    private readonly Lock _line = new();

    /// <summary>How each file ended, by its path and version. A repeated event adds nothing.</summary>
    private readonly Dictionary<(string Path, int Version), FileResult> _ended = [];

    public async Task ShowAsync(string path, CancellationToken ct)
    {
        var (own, row) = await FindAsync(path, ct);
        var result = ResultOf(own, row);
        var findings = own is null ? Problem(path) : result.Counts is { Errors: 0, Queries: 0, Explained: 0 } && own.Version < 2 ? [] : await FindingsAsync(own, ct);
        lock (_line)
        {
            var key = (path, own?.Version ?? 0);
            if (_ended.TryGetValue(key, out var shown) && shown.State == result.State)
            {
                return;
            }

            _ended[key] = result;
            console.MarkupLineInterpolated($"  {Mark(result.State)} {(own is null ? ResponseOutput.RemoveControlCharacters(path) : $"{own.Key.Return} {own.Key.Period}")} [grey]{Detail(own, result)}[/]");
            foreach (var (cell, message) in findings.Take(ShownFindings))
            {
                console.MarkupLineInterpolated($"       [grey]{ResponseOutput.RemoveControlCharacters(cell)}[/] {ResponseOutput.RemoveControlCharacters(message)}");
            }

            if (findings.Count > ShownFindings)
            {
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"       [grey]and {findings.Count - ShownFindings} more[/]");
            }
        }
    }

    public void ShowTally()
    {
        var counts = _ended.Values.CountBy(result => result.State).ToDictionary();
        var (repeated, gone, rejected) = (counts.GetValueOrDefault(FileState.Repeated), counts.GetValueOrDefault(FileState.Gone), counts.GetValueOrDefault(FileState.Rejected));
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"{Plural.Format(_ended.Count, "file")} processed: {_ended.Count - repeated - gone - rejected} accepted, {rejected} rejected{(repeated > 0 ? $", {repeated} received before" : string.Empty)}{(gone > 0 ? $", {gone} deleted" : string.Empty)}.");
    }

    /// <summary>Finds the newest submission from a path, with the ledger's row of its return.</summary>
    private async Task<(Submission? Own, LedgerRow? Row)> FindAsync(string path, CancellationToken ct)
    {
        var parts = path.Split('/');
        if (parts.Length != 4 || ReturnId.TryParse($"{parts[0]}/{parts[1]}") is not { } id || !Period.TryParse(parts[2], out var period))
        {
            return (null, null);
        }

        var key = new ReturnKey(id, period);
        var own = (await store.ReadSubmissionsAsync(key, ct)).LastOrDefault(submission => submission.Path == path && (submission.IsGone || submission.State is not (SubmissionState.Reserved or SubmissionState.Receiving)));
        return (own, own is null ? null : await store.ReadLedgerRowAsync(key, ct));
    }

    private static FileResult ResultOf(Submission? own, LedgerRow? row)
    {
        // An explanation changes the counts of the newest version in the ledger.
        var counts = own is null ? Counts.None : row?.LatestVersion == own.Version ? row.Counts : own.Counts;
        var state = own switch
        {
            null => FileState.Rejected,
            { IsGone: true } => FileState.Gone,
            { State: SubmissionState.Rejected } => FileState.Rejected,
            { State: SubmissionState.Repeated } => FileState.Repeated,
            _ => ExaminationResult.GetState(counts) switch
            {
                LedgerState.AcceptedWithQueries => FileState.AcceptedWithQueries,
                LedgerState.Explained => FileState.Explained,
                _ => FileState.Accepted,
            },
        };
        return new FileResult(state, counts);
    }

    private async Task<List<(string Cell, string Message)>> FindingsAsync(Submission own, CancellationToken ct)
    {
        if (await store.ReadReportAsync(own.Key, own.Version, SubmissionReport.FileName, ct) is not { } report)
        {
            return [];
        }

        return
        [
            .. SubmissionReport.Parse(report).Findings.Where(finding => finding.Severity != "note" || finding.Code == Codes.Corrected)
                .Select(finding => (
                    $"{finding.Sheet}{(finding.Sheet is null ? "" : "!")}{finding.Cell}{(finding.Figure is null ? "" : $" ({finding.Figure})")}",
                    finding.Message + (finding.Explanation is { } explanation ? $" Explained: {explanation}" : string.Empty))),
        ];
    }

    private List<(string Cell, string Message)> Problem(string path) =>
        UploadPath.Resolve(live.Newest, path, clock.Today()).Problem is { } problem ? [(string.Empty, problem.Message)] : [];

    private static string Mark(FileState state) => state switch
    {
        FileState.Accepted => "ok       ",
        FileState.AcceptedWithQueries => "queries  ",
        FileState.Explained => "explained",
        FileState.Repeated => "repeated ",
        FileState.Gone => "gone     ",
        _ => "REJECTED ",
    };

    private static string Detail(Submission? own, FileResult result) => own switch
    {
        null => string.Empty,
        { State: SubmissionState.Repeated } => FormattableString.Invariant($"the same file as version {own.RepeatOf}"),
        { State: SubmissionState.Rejected } => string.Create(CultureInfo.InvariantCulture, $"version {own.Version}, {Plural.Format(result.Counts.Errors, "error")}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"version {own.Version}, {Plural.Format(result.Counts.Observations, "figure")}"),
    };

    private enum FileState
    {
        Accepted,
        AcceptedWithQueries,
        Explained,
        Rejected,
        Repeated,
        Gone,
    }

    private sealed record FileResult(FileState State, Counts Counts);
}
