using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>Words figures and changes in plain English.</summary>
public static class Wording
{
    /// <summary>A change below this share of last year's figure is called slight.</summary>
    private const decimal Slight = 0.02m;

    /// <summary>A change of at least this share is worded as a percentage, which people then find easier than a number.</summary>
    private const decimal Large = 0.20m;

    /// <summary>Below this figure for last year a percentage change would be misleading.</summary>
    private const decimal SmallBase = 50;

    /// <summary>Formats a value: "1,979", "76%", "£66,935".</summary>
    public static string Format(decimal value, Quantity quantity) => quantity switch
    {
        Quantity.Percent => Number(value * 100, "0.#") + "%",
        Quantity.Pounds => "£" + Number(value, value == decimal.Truncate(value) ? "#,0" : "#,0.00"),
        _ => Number(value, "#,0.##"),
    };

    /// <summary>Writes the sentence of a headline: the figure, its change, and how many returns are missing.</summary>
    /// <param name="hasGap">True if an accepted return lacks a figure, so that a sum is a minimum.</param>
    /// <param name="lastQuarter">In a year in progress, the last quarter that the figure covers. The sentence then names the months.</param>
    public static string Sentence(Headline headline, decimal? value, Markers markers, Period year, decimal? previous, int missing, int due, bool hasGap = false, Period? lastQuarter = null)
    {
        var covered = lastQuarter?.LabelFromApril ?? year.ToString();
        if (value is not { } known)
        {
            return (markers & Markers.Confidential) != 0
                ? $"{headline.Title}: the figure for {covered} is not published, so that nobody can be recognised."
                : $"{headline.Title}: no figure for {year} is available yet.";
        }

        var figure = (hasGap && headline.Operation == Operation.Sum ? "at least " : string.Empty)
            + ((markers & Markers.Estimated) != 0 ? "around " : string.Empty) + Format(known, headline.Quantity);
        var sentence = headline.Sentence
            .Replace("{value}", figure, StringComparison.Ordinal)
            .Replace("{change}", previous is { } before ? ", " + Change(known, before, headline.Quantity, lastQuarter?.PreviousYear.LabelFromApril ?? year.PreviousYear.ToString()) : string.Empty, StringComparison.Ordinal);
        sentence = lastQuarter is null ? char.ToUpperInvariant(sentence[0]) + sentence[1..] : $"{SoFar(covered)}: {FigureFormatter.ToSentenceCase(sentence)}";
        return missing == 0
            ? sentence
            : sentence + string.Create(CultureInfo.InvariantCulture, $" {missing} of the {due} returns behind this figure {(missing == 1 ? "is" : "are")} still to come.");
    }

    /// <summary>Names the months that a year in progress covers: "April to September 2026 so far".</summary>
    public static string SoFar(string months) => months + " so far";

    /// <summary>Words a change: "an increase of nearly 150 from 2018-19".</summary>
    /// <param name="than">The period to compare with, for example "2018-19" or "April to June 2018".</param>
    public static string Change(decimal now, decimal before, Quantity quantity, string than)
    {
        var difference = now - before;
        if (difference == 0)
        {
            return $"the same as in {than}";
        }

        var (noun, share) = (difference > 0 ? "an increase" : "a decrease", before == 0 ? 1 : Math.Abs(difference) / before);
        if (quantity == Quantity.Percent)
        {
            var points = Math.Abs(difference) * 100;
            return $"{noun} of {Number(points, "0.#")} percentage {(points == 1 ? "point" : "points")} from {than}";
        }

        if (now == 0)
        {
            return $"down to none from {Format(before, quantity)} in {than}";
        }

        return (before >= SmallBase, share) switch
        {
            (true, < Slight) => $"slightly {(difference > 0 ? "more" : Fewer(quantity))} than the {Format(before, quantity)} in {than}",
            (true, >= Large) => difference > 0 ? Growth(now / before, share, than) : Shrinkage(now / before, share, than),
            _ => $"{noun} of {Approximately(Math.Abs(difference), quantity)} from {than}",
        };
    }

    /// <summary>Rounds to two significant figures: "nearly 150", "just over 1,200", "28".</summary>
    public static string Approximately(decimal amount, Quantity quantity = Quantity.Count)
    {
        decimal step = 10;
        if (amount < 100)
        {
            // Round only numbers that are almost round; the others are short enough.
            var near = decimal.Round(amount / step, MidpointRounding.AwayFromZero) * step;
            return near > amount && near - amount <= 2 && amount > 15 ? $"nearly {Format(near, quantity)}" : Format(amount, quantity);
        }

        while (amount / step >= 100)
        {
            step *= 10;
        }

        var round = decimal.Round(amount / step, MidpointRounding.AwayFromZero) * step;
        var word = round == amount ? string.Empty : round > amount ? "nearly " : "just over ";
        return word + Format(round, quantity);
    }

    private static string Growth(decimal times, decimal share, string than) => times switch
    {
        > 3 => $"more than three times the figure for {than}",
        3 => $"three times the figure for {than}",
        > 2 => $"more than double the figure for {than}",
        2 => $"double the figure for {than}",
        >= 1.95m => $"nearly double the figure for {than}",
        _ => $"an increase of {AroundPercent(share)} from {than}",
    };

    private static string Shrinkage(decimal times, decimal share, string than) => times switch
    {
        < 0.48m => $"less than half the figure for {than}",
        < 0.5m => $"just under half the figure for {than}",
        0.5m => $"half the figure for {than}",
        <= 0.52m => $"just over half the figure for {than}",
        _ => $"a decrease of {AroundPercent(share)} from {than}",
    };

    /// <summary>Rounds a percentage to the nearest 5.</summary>
    private static string AroundPercent(decimal share)
    {
        var five = decimal.Round(share * 20, MidpointRounding.AwayFromZero) * 5;
        return (five == share * 100 ? string.Empty : "around ") + Number(five, "0") + "%";
    }

    private static string Fewer(Quantity quantity) => quantity == Quantity.Count ? "fewer" : "less";

    private static string Number(decimal value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
