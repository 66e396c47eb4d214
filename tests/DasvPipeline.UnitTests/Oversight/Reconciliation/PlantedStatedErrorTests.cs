using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Reconciliation;
using DasvPipeline.Core.Ports;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Ingest.Reading;
using DasvPipeline.Tests.Samples;

namespace DasvPipeline.UnitTests.Oversight.Reconciliation;

/// <summary>Puts the mistakes that people make into each figure that the report states, one at a time.</summary>
public sealed class PlantedStatedErrorTests
{
    private const decimal MinFound = 0.95m;
    private const decimal MinExplained = 0.7m;

    /// <summary>A mistake: the wrong value of one or more stated figures, and the words that explain it.</summary>
    private sealed record Planted(string Kind, string Words, (StatedComparison Figure, decimal Value)[] Changes)
    {
        public override string ToString() => $"{Kind}: {string.Join(", ", Changes.Select(change => $"{change.Figure.Cell.Table.Title}/{change.Figure.Cell.Name} {change.Figure.Returned.Low} as {change.Value}"))}";
    }

    [Fact]
    public async Task Nearly_all_are_found_most_are_explained_and_none_is_explained_wrongly()
    {
        var (year, lastYear) = (await ReadAsync(2019), await ReadAsync(2018));
        var all = StatedComparison.CreateAll(new ExpectedFigures(Examine.Catalogue, year), new ExpectedFigures(Examine.Catalogue, lastYear));
        var before = Reconciler.Find(Examine.Catalogue, year, lastYear);
        var planted = Plant(all).ToList();
        var tried = TestShare.OneIn(6, 1, planted).ToList();
        List<Planted> missed = [], unexplained = [], wrong = [];
        var lines = new List<string>();
        foreach (var mistake in tried)
        {
            var found = Reconciler.Find(Examine.Catalogue, With(year, mistake), lastYear).ExceptBy(before.Select(item => item.Sentence), item => item.Sentence).ToList();
            var hints = found.SelectMany(item => item.Hints).ToList();

            // The same wrong value can come from several mistakes. Each of them is a right explanation.
            var accepted = planted.Where(other => other.Changes.SequenceEqual(mistake.Changes)).Select(other => other.Words).ToList();
            var isExplained = hints.Exists(hint => accepted.Exists(words => words.Split('|').Any(part => hint.Contains(part, StringComparison.Ordinal))));
            (found.Count == 0 ? missed : isExplained ? [] : hints.Count == 0 ? unexplained : wrong).Add(mistake);
            if (!isExplained)
            {
                lines.Add($"{(found.Count == 0 ? "missed" : hints.Count == 0 ? "unexplained" : "wrong")} {mistake} -> {string.Join(" | ", hints)}");
            }
        }

        var summary = $"{tried.Count} planted, {tried.Count - missed.Count} found, {tried.Count - missed.Count - unexplained.Count - wrong.Count} explained, {wrong.Count} explained wrongly.";
        var report = summary + "\n" + string.Join('\n', tried.CountBy(item => item.Kind)) + "\n" + string.Join('\n', lines);
        TestContext.Current.TestOutputHelper!.WriteLine(report);
        Assert.True(missed.Count <= (1 - MinFound) * tried.Count, report);
        Assert.True(missed.Count + unexplained.Count + wrong.Count <= (1 - MinExplained) * tried.Count, report);
        Assert.True(wrong.Count == 0, report);
    }

    private static IEnumerable<Planted> Plant(IReadOnlyList<StatedComparison> all)
    {
        // The figures of the sample report that agree with the returns.
        var right = all.Where(figure => figure.Difference is null && figure.Returned.IsExact && figure.Stated.IsKnown && figure.Returned.Low > 0).DistinctBy(figure => figure.Cell).ToList();
        foreach (var figure in right)
        {
            foreach (var (kind, words, value) in WrongValues(figure, all).Where(item => item.Value > 0 && item.Value != figure.Stated.Figure!.Value.Value).Distinct())
            {
                yield return new Planted(kind, words, [(figure, value)]);
            }

            foreach (var other in right.Where(other => other.Cell.Table == figure.Cell.Table && other.Cell.Row > figure.Cell.Row && other.Quantity == figure.Quantity && other.Stated.Figure!.Value.Value != figure.Stated.Figure!.Value.Value))
            {
                yield return new Planted("pair exchanged", "Were 2 figures swapped?", [(figure, other.Stated.Figure!.Value.Value!.Value), (other, figure.Stated.Figure!.Value.Value!.Value)]);
            }
        }
    }

    private static IEnumerable<(string Kind, string Words, decimal Value)> WrongValues(StatedComparison figure, IReadOnlyList<StatedComparison> all)
    {
        var stated = figure.Stated.Figure!.Value.Value!.Value;
        var unit = figure.Quantity == Quantity.Percent ? 0.01m : 1;
        var digits = (stated / unit).ToString("0", System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i + 1 < digits.Length; i++)
        {
            yield return ("digits exchanged", "2 digits swapped", Parse(digits[..i] + digits[i + 1] + digits[i] + digits[(i + 2)..]) * unit);
            yield return ("digit dropped", "digit left out", Parse(digits.Remove(i, 1)) * unit);
            if (unit == 1)
            {
                yield return ("digit doubled", "digit typed twice", Parse(digits.Insert(i, digits[i].ToString())));
            }
        }

        foreach (var step in new[] { 10, 100, 1000 }.Where(step => stated / unit >= step))
        {
            yield return ("rounded", "rounded", decimal.Round(stated / unit / step, MidpointRounding.AwayFromZero) * step * unit);
        }

        foreach (var next in all.Where(other => other.Cell.Table == figure.Cell.Table && Math.Abs(other.Cell.Row - figure.Cell.Row) == 1 && other.Quantity == figure.Quantity
            && other.Cell.Measure.Id != figure.Cell.Measure.Id && other.Returned.IsExact && other.Stated.IsKnown && other.Difference is null))
        {
            // The row below a total is often a part of it.
            yield return ("row above or below", next.Cell.Row < figure.Cell.Row ? "the row above|alone." : "the row below|alone.", next.Stated.Figure!.Value.Value!.Value);
        }

        if (figure.Quantity == Quantity.Percent)
        {
            yield break;
        }

        foreach (var quarter in figure.Terms.GroupBy(term => term.Return.Period).Where(group => !group.Key.IsYear))
        {
            var amount = quarter.Sum(term => term.Figure!.Value.Value!.Value);
            yield return ("one quarter left out", "Was a quarter left out", stated - amount);
            yield return ("one quarter alone", "alone.", amount);
        }

        if (figure.LastYear is { } lastYear)
        {
            yield return ("last year added", "Was last year added?", stated + lastYear);
            yield return ("last year copied", "Was last year's figure copied?", lastYear);
        }

        var agencies = figure.Terms.GroupBy(term => term.Return.Return.Agency).ToList();
        foreach (var agency in agencies.Where(_ => agencies.Count > 1))
        {
            yield return ("one agency alone", "alone.", agency.Sum(term => term.Figure!.Value.Value!.Value));
        }

        foreach (var other in all.Where(other => other.Quantity == figure.Quantity && other.Cell.Table != figure.Cell.Table && other.Cell.Measure.Id != figure.Cell.Measure.Id
            && other.Stated.IsKnown && other.Difference is null && other.Returned.IsExact).Take(3))
        {
            yield return ("another table's figure", "is the figure for", other.Stated.Figure!.Value.Value!.Value);
        }

    }

    private static decimal Parse(string digits) => decimal.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);

    private static YearFigures With(YearFigures year, Planted mistake)
    {
        var report = year.LiveReturns.Single(live => live.Key.Return.Agency.Value == "partnership");
        return year.WithReturn(report with
        {
            Observations = [.. report.Observations.Select(observation =>
                mistake.Changes.Where(change => change.Figure.Cell.Key == observation.Key).Select(change => observation with { Figure = new Figure(change.Value) }).FirstOrDefault(observation))],
        });
    }

    private static async Task<YearFigures> ReadAsync(int year) => new(
        Examine.Catalogue,
        Period.FromYear(year),
        [.. (await ExaminedSamples.AllAsync()).Where(sample => sample.Key.Period.Year == Period.FromYear(year)).Select(sample => new LiveReturn(sample.Key, 1, sample.Examined.Observations))]);
}
