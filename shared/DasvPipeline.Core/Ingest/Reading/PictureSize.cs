namespace DasvPipeline.Core.Ingest.Reading;

/// <summary>
/// Tells a picture that can show a list of people from a logo. A list of 10 rows in a readable size is at least 50 mm high and 80 mm wide.
/// </summary>
internal static class PictureSize
{
    /// <summary>The number of English Metric Units in a millimetre.</summary>
    public const int UnitsPerMillimetre = 36_000;

    private const int MinWidth = 80, MinHeight = 50, MinColumns = 3, MinRows = 10;

    /// <summary>Returns true for a large picture.</summary>
    /// <param name="width">The width on the sheet in millimetres.</param>
    /// <param name="height">The height on the sheet in millimetres.</param>
    public static bool IsLarge(double width, double height) => width >= MinWidth && height >= MinHeight;

    /// <summary>Returns true for a picture over as many cells as a list has.</summary>
    public static bool CoversManyCells(int columns, int rows) => columns >= MinColumns && rows >= MinRows;
}
