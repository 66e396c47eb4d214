using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading.Layout;

namespace DasvPipeline.Core.Ingest.Checking;

/// <summary>The wording of findings about one cell: how it was read, and what to enter instead.</summary>
internal static partial class FigureWording
{
    private static readonly SearchValues<char> RaisedDigits = SearchValues.Create("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉ª");

    public static Finding Noted(CellRef at, string typed, string meaning) =>
        Finding.Note(Codes.ReadAs, at, $"{FindingText.Quote(typed)} was read as {meaning}.");

    public static string Meaning(Markers marker) => marker switch
    {
        Markers.NotAvailable => "not available ([x])",
        Markers.NotApplicable => "not applicable ([z])",
        Markers.Confidential => "hidden to protect people ([c])",
        Markers.Estimated => ", an estimate ([e])",
        Markers.Provisional => ", provisional ([p])",
        Markers.Revised => ", revised ([r])",
        Markers.Break => ", a break in the series ([b])",
        _ => "; the rest is kept as a note",
    };

    /// <summary>Returns what to enter instead of a text that people use for a small number, for none or for no figure.</summary>
    public static string Suggest(ReadOnlySpan<char> text, Measure measure) =>
        measure.Quantity == Quantity.Count && (FigureSyntax.IsOneOf(text, FigureSyntax.SmallNumberSigns) || SmallRange().IsMatch(text))
            ? "If it is a small number that you may not give, enter <5 or [c]. Otherwise enter the number."
        : FigureSyntax.IsOneOf(text, FigureSyntax.NoneWords) ? "Enter 0 if there were none, or [x] if the figure is not available."
        : FigureSyntax.IsOneOf(text, FigureSyntax.PendingWords) ? $"Enter [x] if the figure is not available. {Ask(measure)}"
        : Ask(measure);

    /// <summary>A range of small numbers: "1-4", "1 to 4", "5 or fewer", "up to 4".</summary>
    [GeneratedRegex(@"^(\d{1,2} ?(-|–|—|to|and) ?\d{1,2}|(\d{1,2}|five|four) or (fewer|less|under|below)|(up to|less than|fewer than|under|below|<=|≤|=<) ?(\d{1,2}|five|four)|(\d{1,2}) ?(max|maximum))$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SmallRange();

    /// <summary>Returns a sentence about characters that make a text look like a number.</summary>
    public static string UnusualCharacters(string text) =>
        text.AsSpan().ContainsAny(RaisedDigits) ? "The superscript may be a footnote. Move it to the notes and enter only the number. " :
        Label.FindLookAlike(text) is { } rune ? $"It contains the character U+{rune.Value:X4}, which is invisible or looks like another character. "
        : text.Any(c => char.IsDigit(c) && !char.IsAsciiDigit(c)) ? "Its digits are not ordinary digits. Type them again. "
        : string.Empty;

    public static string Ask(Measure measure) => measure.Quantity switch
    {
        Quantity.Percent => "Enter a percentage from 0% to 100%, or [x] if it is not available.",
        Quantity.Pounds => "Enter an amount in pounds, or [x] if it is not available.",
        Quantity.Hours => "Enter a number of hours, or [x] if it is not available.",
        Quantity.Number => "Enter a number, or [x] if it is not available.",
        _ => "Enter a whole number, or [x] if it is not available.",
    };

    public static string Format(decimal value, Measure measure) => FigureFormatter.FormatValue(value, measure.Quantity);

    public static string Shown(WrittenNumber number) =>
        number.IsPercent ? Percent(number.Value) : number.Value.ToString("0.######", CultureInfo.InvariantCulture);

    public static string Plain(decimal value) => FigureFormatter.FormatValue(value, Quantity.Count);

    public static string Percent(decimal fraction) => FigureFormatter.FormatValue(fraction, Quantity.Percent);
}
