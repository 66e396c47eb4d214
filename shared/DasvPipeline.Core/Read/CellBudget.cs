namespace DasvPipeline.Core.Read;

/// <summary>
/// What may still be kept of one file. Blanks between filled cells count, because they are held as well:
/// otherwise one cell at the far end of every row would cost a thousand times what it declares.
/// </summary>
internal sealed class CellBudget(ReadLimits limits)
{
    private long cells;
    private long characters;

    public ReadLimits Limits => limits;

    /// <summary>The cells of a row from its first to its last filled one; 0 for a blank row, which still counts as one.</summary>
    public void TakeRow(int held)
    {
        cells += Math.Max(held, 1);
        if (cells > limits.Cells)
        {
            throw new Refusal(FileFinding.TooMany("cells", limits.Cells));
        }
    }

    public void TakeText(int length)
    {
        characters += length;
        if (characters > limits.Characters)
        {
            throw new Refusal(FileFinding.TooMany("letters", limits.Characters));
        }
    }
}
