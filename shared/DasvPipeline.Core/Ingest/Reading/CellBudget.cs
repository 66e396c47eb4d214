namespace DasvPipeline.Core.Ingest.Reading;

/// <summary>
/// Counts the cells and characters of a file against the limits. Blank cells before a filled one count too, because they
/// are kept in memory: otherwise, one cell at the far end of every row could take a thousand times its size.
/// </summary>
internal sealed class CellBudget(ReadLimits limits)
{
    private long cells;
    private long characters;

    public ReadLimits Limits => limits;

    /// <summary>Counts the cells of a row up to its last filled one. A blank row counts as 1.</summary>
    public void CountRow(int width)
    {
        cells += Math.Max(width, 1);
        if (cells > limits.Cells)
        {
            throw new FileRefusedException(FileFindings.TooMany("cells", limits.Cells));
        }
    }

    public void CountText(int length)
    {
        characters += length;
        if (characters > limits.Characters)
        {
            throw new FileRefusedException(FileFindings.TooMany("letters", limits.Characters));
        }
    }
}
