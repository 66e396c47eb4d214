using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;
using Spectre.Console;

namespace DasvPipeline.Local.Output;

/// <summary>Prints a line for each processed return, followed by its findings.</summary>
internal sealed class ReturnLines(IAnsiConsole console, PartnershipCatalogue catalogue, IReturnStore store, TimeProvider clock)
{
    private const int ShownFindings = 5;

    private readonly Lock _line = new();
    private readonly Dictionary<string, LedgerState?> _states = new(StringComparer.Ordinal);

    public async Task ShowAsync(string path, CancellationToken ct)
    {
        var row = await RowOfAsync(path, ct);
        var findings = row is null ? Problem(path) : row is { LatestVersion: < 2, Counts: { Errors: 0, Queries: 0, Explained: 0 } } ? [] : await FindingsAsync(row, ct);
        lock (_line)
        {
            _states[path] = row?.State;
            console.MarkupLineInterpolated($"  {Mark(row)} {Name(path, row)} [grey]{Detail(row)}[/]");
            foreach (var (cell, message) in findings.Take(ShownFindings))
            {
                console.MarkupLineInterpolated($"       [grey]{cell}[/] {message}");
            }

            if (findings.Count > ShownFindings)
            {
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"       [grey]and {findings.Count - ShownFindings} more[/]");
            }
        }
    }

    public void ShowTally()
    {
        var accepted = _states.Values.Count(state => state is LedgerState.Accepted or LedgerState.AcceptedWithQueries or LedgerState.Explained);
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"{Plural.Format(_states.Count, "file")} processed: {accepted} accepted, {_states.Count - accepted} rejected.");
    }

    private async Task<LedgerRow?> RowOfAsync(string path, CancellationToken ct)
    {
        var parts = path.Split('/');
        if (parts.Length != 4 || ReturnId.TryParse($"{parts[0]}/{parts[1]}") is not { } id || !Period.TryParse(parts[2], out var period))
        {
            return null;
        }

        return await store.ReadLedgerRowAsync(new ReturnKey(id, period), ct);
    }

    private async Task<List<(string Cell, string Message)>> FindingsAsync(LedgerRow row, CancellationToken ct)
    {
        if (await store.ReadReportAsync(row.Key, row.LatestVersion, SubmissionReport.FileName, ct) is not { } report)
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
        UploadPath.Resolve(catalogue, path, clock.Today()).Problem is { } problem ? [(string.Empty, problem.Message)] : [];

    private static string Mark(LedgerRow? row) => row?.State switch
    {
        LedgerState.Accepted => "ok       ",
        LedgerState.AcceptedWithQueries => "queries  ",
        LedgerState.Explained => "explained",
        LedgerState.Withdrawn => "gone     ",
        _ => "REJECTED ",
    };

    private static string Name(string path, LedgerRow? row) => row is null ? path : $"{row.Key.Return} {row.Key.Period}";

    private static string Detail(LedgerRow? row) => row switch
    {
        null => string.Empty,
        { State: LedgerState.Rejected } => string.Create(CultureInfo.InvariantCulture, $"version {row.LatestVersion}, {Plural.Format(row.Counts.Errors, "error")}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"version {row.LatestVersion}, {Plural.Format(row.Counts.Observations, "figure")}"),
    };
}
