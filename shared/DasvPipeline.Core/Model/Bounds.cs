namespace DasvPipeline.Core.Model;

/// <summary>
/// Between what a sum of figures lies, as far as they are known. Nothing that is counted is below nought, so a sum with a
/// figure missing is still at least the rest of it.
/// </summary>
/// <param name="High">Null where there is no telling.</param>
public readonly record struct Bounds(decimal Low, decimal? High)
{
    /// <summary>Nought or more.</summary>
    public static readonly Bounds Unknown = new(0, null);

    public static readonly Bounds Nought = new(0, 0);

    public bool IsExact => Low == High;

    public static Bounds Exactly(decimal value) => new(value, value);

    /// <summary>An estimate is as good as unknown here: whoever gave it has said that it is not exact.</summary>
    public static Bounds Of(Figure? figure) =>
        figure is { Value: { } value } known && (known.Markers & Markers.Estimated) == 0 ? Exactly(value) : Unknown;

    public static Bounds operator +(Bounds left, Bounds right) => new(left.Low + right.Low, left.High + right.High);

    /// <summary>Whether all of this lies above all of the other.</summary>
    public bool IsAbove(Bounds other, decimal tolerance = 0) => Low - tolerance > other.High;
}
