using System.Buffers;
using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>A number as written in a cell.</summary>
/// <param name="Value">The number. A percentage is a fraction of 1.</param>
internal readonly record struct WrittenNumber(decimal Value, bool IsPercent = false, bool IsPounds = false);

/// <summary>Recognises figures as people write them: numbers, and the words used around or instead of a number.</summary>
internal static class FigureSyntax
{
    /// <summary>The error values that spreadsheet programs show for a failed formula.</summary>
    public static readonly string[] ErrorValues = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"];

    /// <summary>Words that say that there is no figure and never will be one.</summary>
    public static readonly string[] NotAvailableWords =
    [
        "unknown", "not known", "not available", "n/a", "na", "-", "–", "—", "..", "…", ":",
        "not held", "not given", "not provided", "not supplied", "not collected", "not recorded", "not disclosed", "cost exceeded", "no data", "unavailable", "data unavailable",
    ];

    /// <summary>The words that certainly mean 0. "None" may also mean that there is no figure.</summary>
    public static readonly string[] ZeroWords = ["nil return", "nil", "zero"];

    /// <summary>The signs that people write instead of a small number. Each can mean several things, so none is read.</summary>
    public static readonly string[] SmallNumberSigns = ["*", "**", "~", "[low]", "low", "suppressed", "supp", "redacted", "hidden", "small"];

    public static readonly string[] NoneWords = ["none", "no", "nothing", "none recorded", "none reported", "no cases", "no referrals"];

    /// <summary>Words for a figure that may still come.</summary>
    public static readonly string[] PendingWords = ["tbc", "tba", "pending", "awaited", "awaiting data", "?"];

    /// <summary>The words for an estimate. A longer word comes before its own beginning, so that it is matched first.</summary>
    public static readonly string[] EstimateWords =
        ["approximately", "approx.", "approx", "about", "around", "roughly", "circa", "c.", "~", "estimated", "estimate", "est.", "est"];

    public static readonly string[] MoreThanWords = ["over", "more than", "at least", ">"];
    public static readonly string[] FewerThanWords = ["<", "less than", "fewer than", "under"];

    private static readonly SearchValues<char> NoteNumbers = SearchValues.Create("0123456789, ");

    /// <summary>The maximum length of a figure. A longer text is a sentence.</summary>
    private const int MaxLength = 60;

    private static readonly string[] Leading = [.. EstimateWords, .. MoreThanWords, .. FewerThanWords, "£", "-"];

    /// <summary>Returns true for a number, or words used instead of one. A sentence that starts with a number, a period or a range does not count.</summary>
    public static bool IsLikeFigure(Cell cell) => cell.Kind switch
    {
        CellKind.Blank => cell.IsFormula,
        CellKind.Text => cell.Text.AsSpan().Trim() is { Length: > 0 and <= MaxLength } text && IsLikeFigure(text),
        _ => true,
    };

    /// <summary>Returns true for a number that can be a year. Where a label is expected, it is one.</summary>
    public static bool IsYear(Cell cell) => cell.Kind switch
    {
        CellKind.Number => cell.Number is >= 1990 and <= 2100 && cell.Number == Math.Truncate(cell.Number),
        CellKind.Text => cell.Text.AsSpan().Trim() is ['1' or '2', _, _, _] text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1990 and <= 2100,
        _ => false,
    };

    /// <summary>
    /// Parses digits with an optional decimal point, commas between thousands, and a pound sign before or a percent sign
    /// after. Exponents, digits of other scripts and commas elsewhere are not accepted.
    /// </summary>
    public static bool TryParseNumber(ReadOnlySpan<char> text, out WrittenNumber number)
    {
        number = default;
        var isPercent = text is [.., '%'];
        var isPounds = text is ['£', ..];
        text = isPercent ? text[..^1].TrimEnd() : isPounds ? text[1..].TrimStart() : text;
        if (text.Length is 0 or > 24 || !HasPlainShape(text))
        {
            return false;
        }

        var styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands;
        if (!decimal.TryParse(text, styles, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        number = new WrittenNumber(isPercent ? value / 100 : value, isPercent, isPounds);
        return true;
    }

    /// <summary>Returns true for a cell that says that there is no figure.</summary>
    public static bool IsNotAvailable(Cell cell) => cell is { Kind: CellKind.Text, Text.Length: <= MaxLength } && IsOneOf(cell.Text.AsSpan().Trim(), NotAvailableWords);

    /// <summary>Removes one of the words from the start of a text. Returns null if the text starts with none of them.</summary>
    public static string? TextAfter(ReadOnlySpan<char> text, string[] words)
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

    /// <summary>Removes one of the words from the end of a text. Returns null if the text ends with none of them.</summary>
    public static string? TextBefore(ReadOnlySpan<char> text, string[] words)
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

    public static bool IsOneOf(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Returns true for a number with a full stop and 3 digits after it, such as "1.864". It may be 1,864 in the notation
    /// of other countries, or less than 2.
    /// </summary>
    public static bool IsPointAmbiguous(ReadOnlySpan<char> text)
    {
        text = text is ['£', ..] ? text[1..].TrimStart() : text;
        var point = text.IndexOf('.');
        return point is >= 1 and <= 3 && text.Length == point + 4 && !text[..point].ContainsAnyExceptInRange('0', '9') && !text[(point + 1)..].ContainsAnyExceptInRange('0', '9')
            && text[0] != '0';
    }

    /// <summary>Removes the markers and note references at the end of a figure: "12 [e][note 1]" becomes "12".</summary>
    /// <returns>The text without them, the markers, and true if there was a note reference. The markers are null if one is unknown.</returns>
    public static (string Number, Markers? Markers, bool HasNote) SplitShorthand(ReadOnlySpan<char> text)
    {
        var (markers, hasNote) = (Markers.None, false);
        while (text is [.., ']'] && text.LastIndexOf('[') is var open and > 0)
        {
            var inner = text[(open + 1)..^1].Trim();
            if (inner.StartsWith("note", StringComparison.OrdinalIgnoreCase) && inner[4..].IndexOfAnyExcept(NoteNumbers) < 0)
            {
                hasNote = true;
            }
            else if (MarkersExtensions.FromLetter(inner) is var marker and not Markers.None)
            {
                markers |= marker;
            }
            else
            {
                return (new string(text), null, hasNote);
            }

            text = text[..open].TrimEnd();
        }

        return (new string(text), markers, hasNote);
    }

    private static bool IsLikeFigure(ReadOnlySpan<char> text)
    {
        if (IsOneOf(text, NotAvailableWords) || IsOneOf(text, ErrorValues) || IsOneOf(text, ZeroWords) || IsOneOf(text, SmallNumberSigns))
        {
            return true;
        }

        if (text[0] == '[')
        {
            return text is [_, _, ']'] && MarkersExtensions.FromLetter(text[1..2]) != Markers.None;
        }

        if (TextAfter(text, Leading) is { } number)
        {
            text = number;
        }

        var end = text.IndexOfAny(' ', '(', '\u00A0');
        var first = end < 0 ? text : text[..end];
        var rest = end < 0 ? default : text[end..].Trim();
        return first.Length > 0 && char.IsDigit(first[0]) && !char.IsLetter(first[^1]) && !first.ContainsAny('-', '/') && Label.ParsePeriod(new string(first)) is null
            && (rest.IsEmpty || rest[0] is '(' or '[' or '+' or '%' || IsOneOf(rest, EstimateWords));
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

        // "0,864" has a decimal comma or a typing error, and not a thousands separator.
        return first is >= 1 and <= 3 && (whole.Length - first) % 4 == 0 && whole[0] != '0';
    }
}
