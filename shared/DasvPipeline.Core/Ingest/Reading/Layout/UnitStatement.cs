using System.Globalization;
using System.Text.RegularExpressions;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>The kind of unit that a text states.</summary>
internal enum UnitKind
{
    /// <summary>Thousands, millions: the figure is a number of them.</summary>
    Multiple,

    /// <summary>A rate for a number of people: "per 1,000".</summary>
    Rate,

    Percentage,

    /// <summary>Full-time equivalents.</summary>
    FullTimeEquivalent,

    /// <summary>A count of people, where full-time equivalents can be expected.</summary>
    Headcount,

    /// <summary>Another currency than pounds, or pence.</summary>
    OtherCurrency,

    /// <summary>Rounded figures. They are used, and queried.</summary>
    Rounded,
}

/// <summary>What a title, heading or note says about the unit of the figures.</summary>
/// <param name="Size">The multiple, or the number of people of a rate. 1 for any other kind.</param>
/// <param name="Text">The text as typed.</param>
internal sealed partial record UnitStatement(UnitKind Kind, decimal Size, string Text, CellRef At)
{
    /// <summary>A longer text is a sentence, which is only searched for a statement about all figures.</summary>
    private const int MaxLabel = 160;

    /// <summary>Returns what a title or heading says about the unit, or null if it says nothing.</summary>
    public static UnitStatement? FindInLabel(string text, CellRef at)
    {
        if (text.Length > MaxLabel || text.AsSpan().TrimEnd() is [.., '.'])
        {
            return FindInNote(text, at);
        }

        return Rate().Match(text) is { Success: true } rate ? new UnitStatement(UnitKind.Rate, SizeOf(rate), text, at)
            : Multiple().Match(text) is { Success: true } multiple ? new UnitStatement(UnitKind.Multiple, SizeOf(multiple), text, at)
            : Percentage().IsMatch(text) ? new UnitStatement(UnitKind.Percentage, 1, text, at)
            : FullTime().IsMatch(text) ? new UnitStatement(UnitKind.FullTimeEquivalent, 1, text, at)
            : People().IsMatch(text) ? new UnitStatement(UnitKind.Headcount, 1, text, at)
            : Currency().IsMatch(text) ? new UnitStatement(UnitKind.OtherCurrency, 1, text, at)
            : FindInNote(text, at);
    }

    /// <summary>Returns what a sentence or a cell next to a table says about the unit of all figures, or null if it says nothing.</summary>
    public static UnitStatement? FindInNote(string text, CellRef at) =>
        Note().Match(text) is { Success: true } note ? new UnitStatement(UnitKind.Multiple, SizeOf(note), text, at)
        : Rounding().IsMatch(text) ? new UnitStatement(UnitKind.Rounded, 1, text, at)
        : null;

    /// <summary>Returns true if figures of a measure can be given in this unit in a table.</summary>
    public bool Agrees(Measure measure, FormTable table) => Kind switch
    {
        UnitKind.Multiple => Size == table.Scale,
        UnitKind.Rate => Size == measure.Per,
        UnitKind.Percentage => measure.Quantity == Quantity.Percent,
        UnitKind.FullTimeEquivalent => measure.Quantity != Quantity.Count,
        UnitKind.Headcount => measure.Quantity is not (Quantity.Number or Quantity.Hours),
        UnitKind.Rounded => true,
        _ => measure.Quantity != Quantity.Pounds,
    };

    /// <summary>Creates the error for figures in a unit that the form does not ask for, or the query about rounded figures.</summary>
    public Finding CreateFinding(FormTable table)
    {
        if (Kind == UnitKind.Rounded)
        {
            return Finding.Query(Codes.OtherUnit, At, $"{FindingText.Quote(Text)} says that the figures are rounded. Send the exact figures if you can. If you cannot, say so in the notes.");
        }

        var size = Size.ToString("#,0", CultureInfo.InvariantCulture);
        var (meaning, advice) = Kind switch
        {
            UnitKind.Multiple => ($"these figures are in units of {size}", table.Scale == 1 ? "Enter the figures in full." : $"We ask for figures in units of {table.Scale.ToString("#,0", CultureInfo.InvariantCulture)} here. Enter the figures in that unit."),
            UnitKind.Rate => ($"these are rates per {size}", "We ask for other figures here. Enter those, and correct the heading."),
            UnitKind.Percentage => ("these are percentages", "We ask for numbers here. Enter the numbers, and correct the heading."),
            UnitKind.FullTimeEquivalent => ("these are full-time equivalents", "We ask for a count here. Enter the count, and correct the heading."),
            UnitKind.Headcount => ("this is a headcount", "We ask for other figures here. Enter those, and correct the heading."),
            _ => ("these are not pounds", "We ask for pounds here. Enter pounds, and correct the heading."),
        };
        return Finding.Error(Codes.OtherUnit, At, $"{FindingText.Quote(Text)} says that {meaning}. {advice}");
    }

    private static decimal SizeOf(Match match)
    {
        var word = new string([.. match.Groups["n"].Value.ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c))]);
        return word switch
        {
            _ when decimal.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 => number,
            "hundred" or "hundreds" => 100,
            "tenthousand" => 10_000,
            "hundredthousand" => 100_000,
            "million" or "millions" or "m" or "mn" or "mill" or "000000s" => 1_000_000,
            "billion" or "billions" or "bn" => 1_000_000_000,
            _ => 1000, // "thousand", "000s", "k"
        };
    }

    private const string Words = @"(?<n>(hundred |ten )?thousands?|hundreds?|millions?|mill|mn|billions?|bn|['’]?000['’]?s?)";

    /// <summary>"per 1,000", "per 100,000 people", "per thousand".</summary>
    [GeneratedRegex(@"(\bper |/ ?)(?<n>1,?000,?000|1?00,?000|10,?000|1,?000|100|(hundred |ten )?thousand|million|hundred)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rate();

    /// <summary>"£ thousand", "£000s", "£m", "(000s)", "in thousands", "thousands of pounds", "x 1,000".</summary>
    [GeneratedRegex(@"£ ?(" + Words + @"|(?<n>k|m))\b|['’](?<n>000)s?\b|\b(?<n>000)['’]?s\b|\(\s*(in |£ ?|figures in )*(" + Words + @"|(?<n>k|m))( of [a-z]+| pounds)?\s*\)|\bin (£ ?)?" + Words + @"\b|\b(?<n>thousands|millions|billions|hundreds) of\b|[x×] ?(?<n>1,?000)\b|^(£ ?)?" + Words + @"( pounds)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Multiple();

    /// <summary>"%", "% of referrals", "Percentage", "(per cent)".</summary>
    [GeneratedRegex(@"^\s*(%|per ?cent\b|percentage\b|proportion\b)|[(\[]\s*(in )?(%|per ?cent|percentages?)\s*[)\]]\s*$|\bas (a )?(%|per ?cent|percentage)\b|, ?%\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Percentage();

    [GeneratedRegex(@"\bFTEs?\b|full[- ]time equivalents?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FullTime();

    [GeneratedRegex(@"\bhead ?count\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex People();

    [GeneratedRegex(@"[€$¥]|\b(euros?|dollars?|pence|EUR|USD)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Currency();

    [GeneratedRegex(@"\bround(ed|ing)\b.*\bnearest\b|\b(figures|numbers|values|counts|data)\b.*\brounded\b|\(rounded\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rounding();

    /// <summary>"All figures are in thousands", "Units: £ million", "(£ thousand)" in a cell of its own.</summary>
    [GeneratedRegex(@"\b(figures|values|amounts|numbers|data|totals|costs|units?|currency)\b( are| is|:)?( all)?( shown| given| expressed| reported| presented)?( in)? ?:? ?(£ ?|GBP )?(" + Words + @"|(?<n>k|m))\b|^\s*\(?\s*(in )?£ ?(" + Words + @"|(?<n>k|m))\b[.)]*\s*$|^\s*\(?\s*(in )?" + Words + @"( of [a-z]+)?[.)]*\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Note();
}
