namespace DasvPipeline.Core.Ingest.Reading;

/// <summary>A place outside the cells in which a file can have text.</summary>
public enum TextPlace
{
    HeaderOrFooter,
    Drawing,
    Property,
    DefinedName,
    DropDownList,
    Hyperlink,
    PivotTable,
    LinkedWorkbook,
    NumberFormat,
    EmbeddedFile,

    /// <summary>A text of the workbook that no cell has any more.</summary>
    UnusedText,
    OtherPart,
}

/// <summary>
/// The texts of one place outside the cells. They are searched for personal data, and never used or shown. Texts without a place of
/// their own in a table are in one column, with a blank row after each.
/// </summary>
public sealed record OtherContent(TextPlace Place, Sheet Texts);
