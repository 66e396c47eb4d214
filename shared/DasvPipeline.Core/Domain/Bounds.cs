namespace DasvPipeline.Core.Domain;

/// <summary>
/// The lowest and highest value that a figure or a sum of figures can have. No count is less than 0, so a sum with a
/// missing figure is at least the sum of the others.
/// </summary>
/// <param name="High">Null if there is no upper limit.</param>
public readonly record struct Bounds(decimal Low, decimal? High)
{
    /// <summary>0 or more.</summary>
    public static readonly Bounds Unknown = new(0, null);

    public static readonly Bounds Zero = new(0, 0);

    public bool IsExact => Low == High;

    public static Bounds Exactly(decimal value) => new(value, value);

    /// <summary>Returns the bounds of one figure. An estimate counts as unknown, because the agency says it is not exact.</summary>
    public static Bounds FromFigure(Figure? figure) =>
        figure is { Value: { } value, Markers: var markers } && (markers & Markers.Estimated) == 0 ? Exactly(value) : Unknown;

    public static Bounds operator +(Bounds left, Bounds right) => new(left.Low + right.Low, left.High + right.High);

    /// <summary>Returns true if every value within these bounds is greater than every value within the others.</summary>
    public bool IsAbove(Bounds other, decimal tolerance = 0) => Low - tolerance > other.High;
}
