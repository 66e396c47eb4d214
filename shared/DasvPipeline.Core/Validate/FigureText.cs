using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read;

namespace DasvPipeline.Core.Validate;

/// <summary>What a cell was understood to say: a figure, or the finding that says why it is none.</summary>
/// <param name="Finding">With a figure: how it was read, where it was more than a plain number.</param>
internal readonly record struct Understood(Figure? Figure, Finding? Finding);

/// <summary>
/// Understands cells as people write them: "1,864", "37 approx", "3 (4 children)", "&lt;5", "Unknown". Whatever it
/// understands beyond a plain number it says; whatever it does not, it refuses.
/// </summary>
internal static class FigureText
{
    /// <summary>2^31: no count of this Partnership comes near, a slipped finger or a telephone number does.</summary>
    private const decimal Largest = 2_147_483_648;

    private const int LongestNote = 200;

    private static readonly string[] NotAvailableWords = ["unknown", "not known", "not available", "n/a", "na", "-", "–", "—"];
    private static readonly string[] EstimateWords = ["approximately", "approx.", "approx", "about", "around", "circa", "c.", "~", "est.", "est"];
    private static readonly string[] MoreWords = ["over", "more than", "at least"];
    private static readonly string[] FewerWords = ["<", "less than", "fewer than", "under"];

    public static Understood Read(Cell cell, CellRef at, Measure measure)
    {
        switch (cell.Kind)
        {
            case CellKind.Number:
                return Number((decimal)cell.Number, cell.IsPercent, cell, at, measure);
            case CellKind.Text:
                return Text(cell.Text!, cell, at, measure);
            case CellKind.Error:
                return Refuse(Codes.ErrorValue, at, $"The cell shows {cell.Text}, a mistake in its formula. Correct the formula or enter the number.");
            case CellKind.Blank when cell.IsFormula:
                return Refuse(Codes.FormulaWithoutValue, at, "The cell has a formula whose result was not saved. Open the file, let it calculate, and save it again; or enter the number.");
            case CellKind.Date:
                return Refuse(Codes.NotANumber, at, $"The cell holds a date ({cell.Shown}), not a number. Set the cell's format to number and enter the figure again.");
            default:
                return Refuse(Codes.NotANumber, at, $"\"{cell.Shown}\" is not a number. {Ask(measure)}");
        }
    }

    private static Understood Number(decimal value, bool isPercent, Cell cell, CellRef at, Measure measure, Markers markers = Markers.None, string? note = null)
    {
        if (value < 0)
        {
            return Refuse(Codes.Negative, at, $"{cell.Shown} is below nought. {Ask(measure)}");
        }

        if (measure.Quantity != Quantity.Percent)
        {
            if (isPercent)
            {
                return Refuse(Codes.NotANumber, at, $"{cell.Shown} is a percentage, but a number is asked for here. {Ask(measure)}");
            }

            if (value >= Largest)
            {
                return Refuse(Codes.TooBig, at, $"The number in this cell is too big to be right. {Ask(measure)}");
            }

            return measure.Quantity == Quantity.Count && value != decimal.Truncate(value)
                ? Refuse(Codes.NotWhole, at, $"{cell.Shown} is not a whole number. {Ask(measure)} A thousand is written 1,000 or 1000.")
                : Accept(new Figure(value, markers, note), at, cell);
        }

        // 76% is stored as 0.76; a plain 76 can only mean the same, and is said.
        var fraction = isPercent || value <= 1 ? value : value / 100;
        if (fraction > 1)
        {
            return Refuse(Codes.OverOneHundredPercent, at, $"{cell.Shown} is over 100%. {Ask(measure)}");
        }

        return fraction == value || isPercent
            ? Accept(new Figure(fraction, markers, note), at, cell)
            : new Understood(
                new Figure(fraction, markers, note),
                Finding.Note(Codes.ReadAs, at, $"{cell.Shown} was read as {Percent(fraction)}."));
    }

    private static Understood Text(string typed, Cell cell, CellRef at, Measure measure)
    {
        var text = typed.AsSpan().Trim();
        if (TryNumber(text, out var plain, out var isPercent))
        {
            return Number(plain, isPercent, cell, at, measure);
        }

        if (text is ['[', _, ']'] && MarkersText.FromLetter(text[1..2]) is Markers.NotAvailable or Markers.NotApplicable or Markers.Confidential)
        {
            var marker = MarkersText.FromLetter(text[1..2]);
            return new Understood(new Figure(null, marker), Noted(at, typed, Meaning(marker)));
        }

        foreach (var word in NotAvailableWords)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return new Understood(Figure.NotAvailable, Noted(at, typed, Meaning(Markers.NotAvailable)));
            }
        }

        if (After(text, FewerWords) is { } bound && TryNumber(bound, out var limit, out _) && limit is > 0 and <= 20)
        {
            return new Understood(
                new Figure(null, Markers.Confidential, $"fewer than {Plain(limit)}"),
                Noted(at, typed, $"a small number kept back, fewer than {Plain(limit)} ([c])"));
        }

        var note = Short(typed);
        if (text.EndsWith("[e]", StringComparison.OrdinalIgnoreCase) && TryNumber(text[..^3].Trim(), out var marked, out isPercent))
        {
            return Told(marked, isPercent, Markers.Estimated, null);
        }

        if ((After(text, EstimateWords) ?? Before(text, EstimateWords)) is { } estimate && TryNumber(estimate, out var estimated, out isPercent))
        {
            return Told(estimated, isPercent, Markers.Estimated, note);
        }

        if ((After(text, MoreWords) ?? (text is [.. var least, '+'] ? new string(least).Trim() : null)) is { } more && TryNumber(more, out var atLeast, out isPercent))
        {
            return Told(atLeast, isPercent, Markers.Estimated, note);
        }

        var bracket = text.IndexOf('(');
        if (bracket > 0 && text[^1] == ')' && TryNumber(text[..bracket].Trim(), out var before, out isPercent))
        {
            return Told(before, isPercent, Markers.None, note);
        }

        return Refuse(Codes.NotANumber, at, $"{FindingText.Quote(typed)} is not a number. {Ask(measure)}");

        Understood Told(decimal value, bool percent, Markers markers, string? kept)
        {
            var understood = Number(value, percent, cell, at, measure, markers, kept);
            if (understood.Figure is not { } figure)
            {
                return understood;
            }

            var shown = measure.Quantity == Quantity.Percent ? Percent(figure.Value!.Value) : Plain(figure.Value!.Value);
            var meaning = markers == Markers.Estimated ? $"{shown}, an estimate ([e])" : $"{shown}; the rest is kept as a note";
            return understood with { Finding = Noted(at, typed, meaning) };
        }
    }

    /// <summary>
    /// Digits with a decimal point, or with commas between thousands, a pound sign before or a percent sign after; nothing
    /// else: no exponents, no digits of other scripts, no comma that does not part thousands.
    /// </summary>
    internal static bool TryNumber(ReadOnlySpan<char> text, out decimal value, out bool isPercent)
    {
        isPercent = text is [.., '%'];
        text = isPercent ? text[..^1].TrimEnd() : text;
        text = text is ['£', ..] ? text[1..].TrimStart() : text;
        value = 0;
        if (text.Length is 0 or > 24 || !HasPlainShape(text))
        {
            return false;
        }

        var styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands;
        if (!decimal.TryParse(text, styles, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        value = isPercent ? value / 100 : value;
        return true;
    }

    private static bool HasPlainShape(ReadOnlySpan<char> text)
    {
        text = text[0] == '-' ? text[1..] : text;
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        if (point >= 0 && (point == text.Length - 1 || text[(point + 1)..].ContainsAnyExceptInRange('0', '9')))
        {
            return false;
        }

        var first = whole.IndexOf(',');
        if (first < 0)
        {
            return whole.Length > 0 && !whole.ContainsAnyExceptInRange('0', '9');
        }

        for (var i = 0; i < whole.Length; i++)
        {
            var isComma = i >= first && (i - first) % 4 == 0;
            if (isComma ? whole[i] != ',' : !char.IsAsciiDigit(whole[i]))
            {
                return false;
            }
        }

        return first is >= 1 and <= 3 && (whole.Length - first) % 4 == 0;
    }

    private static string? After(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return new string(text[word.Length..].Trim());
            }
        }

        return null;
    }

    private static string? Before(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.EndsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return new string(text[..^word.Length].Trim());
            }
        }

        return null;
    }

    private static Understood Accept(Figure figure, CellRef at, Cell cell) => new(
        figure,
        cell.Kind == CellKind.Text && figure.Note is null && cell.Text!.AsSpan().Trim().ContainsAnyExceptInRange('!', '~')
            ? Noted(at, cell.Text!, Plain(figure.Value!.Value))
            : null);

    private static Understood Refuse(string code, CellRef at, string message) => new(null, Finding.Error(code, at, message));

    private static Finding Noted(CellRef at, string typed, string meaning) =>
        Finding.Note(Codes.ReadAs, at, $"{FindingText.Quote(typed)} was read as {meaning}.");

    private static string Meaning(Markers marker) => marker switch
    {
        Markers.NotAvailable => "not available ([x])",
        Markers.NotApplicable => "not applicable ([z])",
        _ => "kept back to protect people ([c])",
    };

    private static string Ask(Measure measure) => measure.Quantity switch
    {
        Quantity.Percent => "Enter a percentage from 0% to 100%, or [x] if it is not available.",
        Quantity.Pounds => "Enter an amount in pounds, or [x] if it is not available.",
        Quantity.Hours => "Enter a number of hours, or [x] if it is not available.",
        _ => "Enter a whole number, or [x] if it is not available.",
    };

    private static string Plain(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Percent(decimal fraction) => (fraction * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private static string Short(string text) => text.Trim() is { Length: > LongestNote } trimmed ? trimmed[..LongestNote] : text.Trim();
}
