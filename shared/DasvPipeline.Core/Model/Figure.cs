namespace DasvPipeline.Core.Model;

/// <summary>
/// What is to be said beside a number, after the Government Analysis Function's guidance on symbols in tables.
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
}

public static class MarkersText
{
    private static readonly (Markers Marker, string Letter)[] Letters =
    [
        (Markers.Confidential, "c"), (Markers.Estimated, "e"), (Markers.Provisional, "p"),
        (Markers.Revised, "r"), (Markers.NotAvailable, "x"), (Markers.NotApplicable, "z"),
    ];

    /// <summary>The shorthand letters in alphabetical order, without brackets.</summary>
    public static IReadOnlyList<string> ToLetters(this Markers markers) =>
        [.. Letters.Where(pair => markers.HasFlag(pair.Marker)).Select(pair => pair.Letter)];

    /// <summary>The marker of one shorthand letter; <see cref="Markers.None"/> for any other text.</summary>
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
/// A number with its markers, kept apart. Without a number a marker says why: nothing here is ever a zero by default.
/// </summary>
/// <param name="Value">Counts and pounds as they are; rates as a fraction of one.</param>
/// <param name="Note">What the agency wrote where it was more than a number.</param>
public readonly record struct Figure(decimal? Value, Markers Markers = Markers.None, string? Note = null)
{
    public static readonly Figure NotAvailable = new(null, Markers.NotAvailable);
}

public static class Decimals
{
    /// <summary>1.50 as 1.5 and 76.0 as 76: equal numbers are equal texts.</summary>
    public static decimal Trimmed(this decimal value) => value.Scale == 0 ? value : value / 1.0000000000000000000000000000m;
}
