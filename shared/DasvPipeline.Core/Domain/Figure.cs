namespace DasvPipeline.Core.Domain;

/// <summary>
/// The symbols shown with a number, from the Government Analysis Function's guidance on symbols in tables.
/// </summary>
[Flags]
public enum Markers
{
    None = 0,

    /// <summary>[c] suppressed as confidential</summary>
    Confidential = 1,

    /// <summary>[e] estimated</summary>
    Estimated = 2,

    /// <summary>[p] provisional</summary>
    Provisional = 4,

    /// <summary>[r] revised</summary>
    Revised = 8,

    /// <summary>[x] not available</summary>
    NotAvailable = 16,

    /// <summary>[z] not applicable</summary>
    NotApplicable = 32,

    /// <summary>[b] break in series</summary>
    Break = 64,
}

public static class MarkersExtensions
{
    private static readonly (Markers Marker, string Letter)[] Letters =
    [
        (Markers.Break, "b"), (Markers.Confidential, "c"), (Markers.Estimated, "e"), (Markers.Provisional, "p"),
        (Markers.Revised, "r"), (Markers.NotAvailable, "x"), (Markers.NotApplicable, "z"),
    ];

    /// <summary>Returns the shorthand letters in alphabetical order, without brackets.</summary>
    public static IReadOnlyList<string> ToLetters(this Markers markers) =>
        [.. Letters.Where(pair => markers.HasFlag(pair.Marker)).Select(pair => pair.Letter)];

    /// <summary>Parses letters without brackets: the reverse of <see cref="ToLetters"/>.</summary>
    public static Markers FromLetters(string? letters)
    {
        var markers = Markers.None;
        foreach (var letter in letters ?? string.Empty)
        {
            markers |= FromLetter([letter]);
        }

        return markers;
    }

    /// <summary>Returns the marker for a shorthand letter, or <see cref="Markers.None"/> for any other text.</summary>
    public static Markers FromLetter(ReadOnlySpan<char> letter)
    {
        foreach (var (marker, text) in Letters)
        {
            if (letter.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return marker;
            }
        }

        return Markers.None;
    }
}

/// <summary>
/// A number and its markers. If there is no number, a marker says why. A missing number is never treated as 0.
/// </summary>
/// <param name="Value">A count, hours or pounds. A rate is a fraction of 1.</param>
/// <param name="Note">The agency's text, if it contained more than a number.</param>
public readonly record struct Figure(decimal? Value, Markers Markers = Markers.None, string? Note = null)
{
    public static readonly Figure NotAvailable = new(null, Markers.NotAvailable);
}

public static class DecimalExtensions
{
    /// <summary>Removes trailing zeros, so that equal numbers have equal texts: 1.50 becomes 1.5, and 76.0 becomes 76.</summary>
    public static decimal TrimTrailingZeros(this decimal value) => value.Scale == 0 ? value : value / 1.0000000000000000000000000000m;
}
