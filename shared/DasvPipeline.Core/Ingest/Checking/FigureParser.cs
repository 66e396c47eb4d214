using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reading.Layout;
using static DasvPipeline.Core.Ingest.Checking.FigureWording;

namespace DasvPipeline.Core.Ingest.Checking;

/// <summary>The result of parsing a cell: a figure, or an error that says why it is not one.</summary>
/// <param name="Finding">With a figure: a note that says how the cell was read, if it was not a plain number.</param>
internal readonly record struct ParsedFigure(Figure? Figure, Finding? Finding);

/// <summary>
/// Parses cells as people write them: "1,864", "37 approx", "3 (4 children)", "&lt;5", "Unknown". Anything other than a
/// plain number causes a note, and anything that is not understood an error.
/// </summary>
internal static class FigureParser
{
    /// <summary>2^31. All real figures are far smaller. A larger one is a typing error or a telephone number.</summary>
    private const decimal MaxValue = 2_147_483_648;

    /// <summary>Numbers are limited to this before they are converted to a decimal. It is larger than every accepted figure.</summary>
    private const double ConversionLimit = 1e15;

    private const int MaxNoteLength = 200;

    /// <summary>Parses a figure with the agency's own symbols, and multiplies it if the form asks for thousands.</summary>
    public static ParsedFigure Parse(FoundFigure found, IReadOnlyDictionary<string, Figure> symbols)
    {
        if (symbols.Count > 0 && found.Cell is { Kind: CellKind.Text } cell && RefuseFormatted(cell, found.Address) is null && symbols.TryGetValue(cell.Text!.Trim().ToLowerInvariant(), out var symbol))
        {
            return new ParsedFigure(symbol, Noted(found.Address, cell.Text, symbol.Value is null ? Meaning(symbol.Markers) : "0"));
        }

        var (measure, scale) = (found.FormCell.Measure, found.FormCell.Table.Scale);
        if (scale == 1)
        {
            return Parse(found.Cell, found.Address, measure, found.FormCell.Key);
        }

        var parsed = Parse(found.Cell, found.Address, measure.Quantity == Quantity.Count ? measure with { Quantity = Quantity.Number } : measure, found.FormCell.Key);
        if (parsed.Figure is not { Value: { } value } figure)
        {
            return parsed;
        }

        var scaled = value * scale;
        return measure.Quantity == Quantity.Count && !decimal.IsInteger(scaled)
                ? Refuse(Codes.NotWhole, found.Address, $"{Shown(new WrittenNumber(value))} times {Plain(scale)} is not a whole number. {Ask(measure)}")
            : parsed with { Figure = figure with { Value = scaled } };
    }

    /// <summary>Parses a cell.</summary>
    /// <param name="about">The figure that a query about the cell concerns; null if a query is not needed.</param>
    public static ParsedFigure Parse(Cell cell, CellRef at, Measure measure, FigureKey? about = null)
    {
        if (RefuseFormatted(cell, at) is { } refused)
        {
            return refused;
        }

        switch (cell.Kind)
        {
            case CellKind.Number:
                return Number(new WrittenNumber(ToDecimal(cell.Number, measure.Quantity), cell.IsPercent), cell, at, measure);
            case CellKind.Text:
                return Text(cell.Text!, cell, at, measure, about);
            case CellKind.Error:
                return Error(cell.Text!, at);
            case CellKind.Blank when cell.IsFormula:
                return Refuse(Codes.FormulaWithoutValue, at, "The cell has a formula whose result was not saved. Open the file, let it calculate, and save it again. Or enter the number.");
            case CellKind.Date:
                return Refuse(Codes.NotANumber, at, $"The cell contains a date ({cell.DisplayText}), not a number. Set the cell's format to number and enter the figure again.");
            default:
                return Refuse(Codes.NotANumber, at, $"\"{cell.DisplayText}\" is not a number. {Ask(measure)}");
        }
    }

    /// <summary>Refuses a figure with a footnote mark or a line through it, because the characters are then not one number.</summary>
    private static ParsedFigure? RefuseFormatted(Cell cell, CellRef at) => (cell.Traits & (CellTraits.Raised | CellTraits.PartlyStruck | CellTraits.Struck)) switch
    {
        CellTraits.None => null,
        var traits when traits.HasFlag(CellTraits.Struck) => Refuse(Codes.StruckThrough, at, "This figure is struck through. Delete it, or remove the line."),
        var traits when traits.HasFlag(CellTraits.PartlyStruck) => Refuse(Codes.StruckThrough, at, "Part of this cell is struck through. Enter only the figure that counts."),
        _ => Refuse(Codes.Superscript, at, $"{FindingText.Quote(cell.DisplayText)} has superscript or subscript characters, which may be a footnote. Enter only the figure."),
    };

    /// <summary>
    /// Converts a number. A whole number is converted to a long first, which is many times faster. Numbers with decimals keep
    /// every digit. The others are rounded to 15 digits, as spreadsheets show them.
    /// </summary>
    private static decimal ToDecimal(double number, Quantity quantity) => Math.Clamp(number, -ConversionLimit, ConversionLimit) switch
    {
        var clamped when clamped == Math.Truncate(clamped) => (long)clamped,
        var clamped when quantity is Quantity.Hours or Quantity.Number => decimal.Parse(clamped.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture),
        var clamped => (decimal)clamped,
    };

    private static ParsedFigure Number(WrittenNumber number, Cell cell, CellRef at, Measure measure, Markers markers = Markers.None, string? note = null)
    {
        var value = number.Value;
        if (value < 0 && !measure.AllowsNegative)
        {
            return Refuse(Codes.Negative, at, $"{Shown(number)} is less than 0. {(measure.Quantity == Quantity.Count ? "Counts" : "Figures")} cannot be negative. {Ask(measure)}");
        }

        if (number.IsPounds && measure.Quantity != Quantity.Pounds)
        {
            return Refuse(Codes.NotANumber, at, $"{FindingText.Quote(cell.DisplayText)} is an amount of money, but we do not ask for money here. {Ask(measure)}");
        }

        if (measure.Quantity != Quantity.Percent)
        {
            if (number.IsPercent)
            {
                return Refuse(Codes.NotANumber, at, $"{Shown(number)} is a percentage, but we ask for a number here. {Ask(measure)}");
            }

            if (Math.Abs(value) >= MaxValue)
            {
                return Refuse(Codes.TooBig, at, $"The number in this cell is too big to be right. {Ask(measure)}");
            }

            return measure.Quantity == Quantity.Count && value != decimal.Truncate(value)
                ? Refuse(Codes.NotWhole, at, $"{Shown(number)} is not a whole number. {Ask(measure)} Write a thousand as 1,000 or 1000.")
                : Accept(new Figure(value, markers, note), at, cell, measure);
        }

        // 76% is stored as 0.76. A plain 76 can only mean the same, and a note says so. A plain 0.76 might be 0.76%, so it has a note too.
        var fraction = number.IsPercent || value <= 1 ? value : value / 100;
        if (fraction > 1)
        {
            return Refuse(Codes.OverOneHundredPercent, at, $"{Shown(number)} is over 100%. {Ask(measure)}");
        }

        return number.IsPercent || value == 0
            ? Accept(new Figure(fraction, markers, note), at, cell, measure)
            : new ParsedFigure(
                new Figure(fraction, markers, note),
                Finding.Note(Codes.ReadAs, at, $"{Shown(number)} was read as {Percent(fraction)}."));
    }

    private static ParsedFigure Text(string typed, Cell cell, CellRef at, Measure measure, FigureKey? about)
    {
        var text = typed.AsSpan().Trim();
        if (measure.Quantity != Quantity.Percent && FigureSyntax.IsPointAmbiguous(text))
        {
            var digits = new string(text).Replace(".", string.Empty, StringComparison.Ordinal);
            return Refuse(Codes.NotANumber, at, $"{FindingText.Quote(typed)} can mean {digits} or a number with decimals. If it is {digits}, enter {digits} without a full stop. {Ask(measure)}");
        }

        if (FigureSyntax.TryParseNumber(text, out var plain))
        {
            return Number(plain, cell, at, measure);
        }

        if (FigureSyntax.IsOneOf(text, FigureSyntax.ErrorValues))
        {
            return Error(new string(text), at);
        }

        if (text is ['[', _, ']'] && MarkersExtensions.FromLetter(text[1..2]) is Markers.NotAvailable or Markers.NotApplicable or Markers.Confidential)
        {
            var marker = MarkersExtensions.FromLetter(text[1..2]);
            return new ParsedFigure(new Figure(null, marker), Noted(at, typed, Meaning(marker)));
        }

        if (FigureSyntax.IsOneOf(text, FigureSyntax.ZeroWords))
        {
            return new ParsedFigure(new Figure(0), Noted(at, typed, "0"));
        }

        // In a workbook a dash can be the accounting format of 0, which is a number. In a text file only the dash is left.
        if (at.Sheet is null && text.Trim() is "-" or "–" or "—")
        {
            return new ParsedFigure(
                Figure.NotAvailable,
                Finding.Query(
                    Codes.DashInText,
                    at,
                    $"{FindingText.Quote(typed)} was read as not available ([x]). A spreadsheet may show 0 as a dash. Enter 0 if there were none, or [x] if the figure is not available.",
                    about is { } key ? new FindingSubject(key, null) : null));
        }

        if (FigureSyntax.IsOneOf(text, FigureSyntax.NotAvailableWords))
        {
            return new ParsedFigure(Figure.NotAvailable, Noted(at, typed, Meaning(Markers.NotAvailable)));
        }

        if (measure.Quantity == Quantity.Count && FigureSyntax.TextAfter(text, FigureSyntax.FewerThanWords) is { } bound
            && FigureSyntax.TryParseNumber(bound, out var limit) && limit is { IsPercent: false, IsPounds: false, Value: > 0 and <= 20 } && decimal.IsInteger(limit.Value))
        {
            return new ParsedFigure(
                new Figure(null, Markers.Confidential, $"fewer than {Plain(limit.Value)}"),
                Noted(at, typed, $"a small number that is hidden, fewer than {Plain(limit.Value)} ([c])"));
        }

        return Qualified(text) is { } qualified
            ? ParseQualified(qualified.Number, qualified.Markers, qualified.KeepsText ? FindingText.Shorten(typed.Trim(), MaxNoteLength) : null)
            : Refuse(Codes.NotANumber, at, $"{FindingText.Quote(typed)} is not a number. {UnusualCharacters(typed)}{Suggest(text, measure)}");

        ParsedFigure ParseQualified(WrittenNumber number, Markers markers, string? note)
        {
            var parsed = Number(number, cell, at, measure, markers, note);
            if (parsed.Figure is not { } figure)
            {
                return parsed;
            }

            return parsed with { Finding = Noted(at, typed, Format(figure.Value!.Value, measure) + string.Concat(Each(markers).Select(Meaning))) };
        }
    }

    /// <summary>Parses a number with a marker, with words such as "approx" or "over", or with a text in brackets.</summary>
    private static (WrittenNumber Number, Markers Markers, bool KeepsText)? Qualified(ReadOnlySpan<char> text)
    {
        if (text is [.., ']'] && FigureSyntax.SplitShorthand(text) is { Markers: { } shorthand } split
            && (shorthand & ~(Markers.Estimated | Markers.Provisional | Markers.Revised | Markers.Break)) == 0 && FigureSyntax.TryParseNumber(split.Number, out var marked))
        {
            return (marked, shorthand, split.HasNote);
        }

        if ((FigureSyntax.TextAfter(text, FigureSyntax.EstimateWords) ?? FigureSyntax.TextBefore(text, FigureSyntax.EstimateWords)) is { } estimate
            && FigureSyntax.TryParseNumber(estimate, out var estimated))
        {
            return (estimated, Markers.Estimated, true);
        }

        if ((FigureSyntax.TextAfter(text, FigureSyntax.MoreThanWords) ?? FigureSyntax.TextBefore(text, ["+"])) is { } more && FigureSyntax.TryParseNumber(more, out var atLeast))
        {
            return (atLeast, Markers.Estimated, true);
        }

        var bracket = text.IndexOf('(');
        if (bracket > 0 && text[^1] == ')' && !IsDoubt(text[(bracket + 1)..^1].Trim()) && FigureSyntax.TryParseNumber(text[..bracket].Trim(), out var outside))
        {
            var isEstimate = FigureSyntax.IsOneOf(text[(bracket + 1)..^1].Trim(), FigureSyntax.EstimateWords);
            return (outside, isEstimate ? Markers.Estimated : Markers.None, true);
        }

        return null;
    }

    /// <summary>Returns true for a text in brackets that changes or doubts the number before it: "3 (&lt;5)", "12 (should be 13)".</summary>
    private static bool IsDoubt(ReadOnlySpan<char> text) =>
        text is ['<' or '>' or '≤' or '≥' or '[' or '?', ..] || FigureSyntax.TextAfter(text, ["or ", "should be", "was ", "not ", "less than", "fewer than", "more than", "under ", "over ", "to be "]) is not null;

    private static ParsedFigure Accept(Figure figure, CellRef at, Cell cell, Measure measure) => new(
        figure,
        cell.Kind == CellKind.Text && figure.Note is null && cell.Text!.AsSpan().Trim().ContainsAnyExceptInRange('!', '~')
            ? Noted(at, cell.Text!, Format(figure.Value!.Value, measure))
            : null);

    private static ParsedFigure Error(string shown, CellRef at) =>
        Refuse(Codes.ErrorValue, at, $"The cell shows {shown}, so its formula has a mistake. Correct the formula or enter the number.");

    private static ParsedFigure Refuse(string code, CellRef at, string message) => new(null, Finding.Error(code, at, message));

    private static IEnumerable<Markers> Each(Markers markers) =>
        markers == Markers.None ? [Markers.None] : Enum.GetValues<Markers>().Where(marker => marker != Markers.None && markers.HasFlag(marker));
}
