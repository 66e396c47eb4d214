using System.Globalization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Oversight.Reconciliation;
using DasvPipeline.Core.Ports;
using DasvPipeline.Tests.Ingest.Reading;
using DasvPipeline.Tests.Samples;

namespace DasvPipeline.UnitTests.Samples;

/// <summary>
/// Puts the mistakes of <c>planted-errors.csv</c> into the sample returns, one at a time. A mistake is found if the file gets
/// a finding that it did not have before, or if the figures of the year disagree where they agreed.
/// </summary>
public sealed class PlantedReturnErrorTests
{
    private const decimal MinFound = 0.95m;
    private const decimal MinExplained = 0.7m;

    /// <summary>The questions that a message asks about the reason. A message with another one than the right one is wrong.</summary>
    private static readonly string[] Reasons =
    [
        "digit", "swapped", "the same as", "row too", "same figure as the total", "total entered", "usually less", "thousands", "percentage entered", "since April", "mistyped", "left out",
    ];

    /// <param name="Changes">What to change: measure|area|breakdown=value, or measures joined by + with @last, @down or @up.</param>
    /// <param name="Words">Words of the right explanation. Empty if the mistake cannot be explained.</param>
    private sealed record Planted(string Kind, string Return, string Period, string Changes, string Words);

    [Fact]
    public async Task Nearly_all_are_found_most_are_explained_and_none_is_explained_wrongly()
    {
        var table = Workbooks.Accepted(Workbooks.ReadFile(await File.ReadAllBytesAsync(Path.Combine(ExaminedSamples.TestFolder, "planted-errors.csv"), TestContext.Current.CancellationToken), "planted-errors.csv"));
        var planted = Enumerable.Range(2, table.RowCount - 1).Select(row => Enumerable.Range(1, 5).Select(column => table[row, column].DisplayText).ToArray())
            .Select(row => new Planted(row[0], row[1], row[2], row[3], row[4])).ToList();
        var samples = await ExaminedSamples.AllAsync();
        var lines = new List<string>();
        var (found, explained, wrong) = (0, 0, 0);
        foreach (var mistake in planted)
        {
            var messages = await FindNewMessagesAsync(samples, mistake);
            var isExplained = mistake.Words.Length > 0 && messages.Exists(message => message.Contains(mistake.Words, StringComparison.Ordinal));
            var isWrong = !isExplained && messages.Exists(message => Reasons.Any(reason => message.Contains(reason, StringComparison.Ordinal)));
            (found, explained, wrong) = (found + (messages.Count > 0 ? 1 : 0), explained + (isExplained ? 1 : 0), wrong + (isWrong ? 1 : 0));
            lines.Add($"{(messages.Count == 0 ? "missed" : isExplained ? "explained" : isWrong ? "WRONG" : "found")} {mistake} -> {string.Join(" | ", messages)}");
        }

        var report = $"{planted.Count} planted, {found} found, {explained} explained, {wrong} explained wrongly.\n{string.Join('\n', lines)}";
        TestContext.Current.TestOutputHelper!.WriteLine(report);
        Assert.True(planted.Count >= 40, report);
        Assert.True(found >= MinFound * planted.Count, report);
        Assert.True(explained >= MinExplained * planted.Count, report);
        Assert.True(wrong == 0, report);
    }

    /// <summary>Returns the errors and queries, and the disagreements with their hints, that the sample does not have as it was sent.</summary>
    private static async Task<List<string>> FindNewMessagesAsync(IReadOnlyList<Sample> samples, Planted mistake)
    {
        var sample = samples.Single(sample => sample.Return == mistake.Return && sample.Key.Period.ToString() == mistake.Period);
        var accepted = samples.Where(other => other.Return == mistake.Return && other.Key.Period < sample.Key.Period).SelectMany(other => other.Examined.Observations
            .Where(observation => observation.Figure.Value is not null).Select(observation => (other.Key.Period.ToString(), observation.Key, observation.Figure.Value!.Value))).ToArray();
        var last = samples.FirstOrDefault(other => other.Return == mistake.Return && other.Key.Period == sample.Key.Period.Previous)?.Examined.Observations;
        var grids = ExaminedSamples.Grids(sample);
        foreach (var (cell, text) in mistake.Changes.Split(';').SelectMany(change => Change(sample, last, change)))
        {
            var name = cell.Sheet ?? "Sheet1";
            grids = [.. grids.Select(sheet => sheet.Name == name ? (name, sheet.Grid.With(cell.Row, cell.Column, text)) : sheet)];
        }

        var before = await ExamineAsync(sample, ExaminedSamples.Grids(sample), accepted);
        var after = await ExamineAsync(sample, grids, accepted);
        var messages = after.Findings.Where(finding => finding.Severity != Severity.Note).Select(finding => finding.Message)
            .Except(before.Findings.Select(finding => finding.Message)).ToList();
        if (!after.IsAccepted)
        {
            return messages;
        }

        var (year, lastYear) = (Read(samples, 2019), Read(samples, 2018));
        var agreed = Reconciler.Find(Examine.Catalogue, year, lastYear).Select(found => found.Sentence).ToHashSet();
        return [.. messages, .. Reconciler.Find(Examine.Catalogue, year.WithReturn(new LiveReturn(sample.Key, 2, after.Observations)), lastYear)
            .Where(found => !agreed.Contains(found.Sentence)).Select(found => $"{found.Sentence} {string.Join(' ', found.Hints)}")];
    }

    private static IEnumerable<(CellRef Cell, string Text)> Change(Sample sample, IReadOnlyList<Observation>? last, string change)
    {
        var at = change.LastIndexOf('=');
        var (figures, value) = (change[..at], change[(at + 1)..]);
        if (!value.StartsWith('@'))
        {
            var parts = figures.Split('|');
            var key = new FigureKey(new MeasureId(parts[0]), parts[1].Length == 0 ? sample.Examined.Observations.First(item => item.Key.Measure.Value == parts[0]).Key.Area : new AreaId(parts[1]), Breakdown.Parse(parts[2]));
            return [(sample.Examined.Observations.Single(observation => observation.Key == key).Cell, value)];
        }

        var measures = figures.Split('+');
        var chosen = sample.Examined.Observations.Where(observation => figures == "*" || measures.Contains(observation.Key.Measure.Value)).ToList();
        return value switch
        {
            "@last" => chosen.Select(observation => (observation.Cell, Text(last!.Single(other => other.Key == observation.Key).Figure.Value!.Value))),
            "@down" => chosen.Skip(1).Zip(chosen, (observation, above) => (observation.Cell, Text(above.Figure.Value!.Value))),
            "@up" => chosen.Zip(chosen.Skip(1), (observation, below) => (observation.Cell, Text(below.Figure.Value!.Value))),
            _ => throw new ArgumentException(change, nameof(change)),
        };
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static Task<ExaminationResult> ExamineAsync(Sample sample, List<(string, Grid)> sheets, (string, FigureKey, decimal)[] accepted) =>
        Examine.FileAsync(sample.Return, sample.Key.Period.ToString(), Grid.Xlsx([.. sheets]), "return.xlsx", null, accepted);

    private static YearFigures Read(IReadOnlyList<Sample> samples, int year) => new(
        Examine.Catalogue,
        Period.FromYear(year),
        [.. samples.Where(sample => sample.Key.Period.Year == Period.FromYear(year)).Select(sample => new LiveReturn(sample.Key, 1, sample.Examined.Observations))]);
}
