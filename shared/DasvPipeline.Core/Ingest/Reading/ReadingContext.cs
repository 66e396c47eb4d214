using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading;

/// <summary>
/// Counts the content of a file against the limits, and holds the finding that refuses the file. After a refusal, every
/// reader reports the end of its data, so all loops end. What was read until then must not be used.
/// </summary>
internal sealed class ReadingContext(ReadLimits limits)
{
    private long cells;
    private long characters;
    private long unpackedBytes;
    private int nodes;

    public ReadLimits Limits => limits;

    public Finding? Refusal { get; private set; }

    public bool IsRefused => Refusal is not null;

    /// <summary>Refuses the file. The first refusal counts, because later ones can result from it.</summary>
    /// <returns>Always false.</returns>
    public bool Refuse(Finding finding)
    {
        Refusal ??= finding;
        return false;
    }

    /// <summary>
    /// Counts the cells of a row up to its last filled one. Blank cells count because they are kept in memory: otherwise, one
    /// cell at the far end of every row could take a thousand times its size. A blank row counts as 1.
    /// </summary>
    /// <returns>False if the file is refused.</returns>
    public bool CountRow(int width)
    {
        cells += Math.Max(width, 1);
        return cells <= limits.Cells ? !IsRefused : Refuse(FileFindings.TooMany("cells", limits.Cells));
    }

    public void CountText(int length)
    {
        characters += length;
        if (characters > limits.Characters)
        {
            Refuse(FileFindings.TooMany("letters", limits.Characters));
        }
    }

    /// <summary>Counts unpacked bytes. They are real ones, and not those that a zip file declares.</summary>
    public void CountBytes(int bytes)
    {
        unpackedBytes += bytes;
        if (unpackedBytes > limits.UnpackedBytes)
        {
            Refuse(FileFindings.ExpandsTooMuch(limits.UnpackedBytes));
        }
    }

    /// <summary>Counts an XML node. The number is limited because short elements take as much time as long ones.</summary>
    public void CountNode()
    {
        if (++nodes > limits.Nodes)
        {
            Refuse(FileFindings.TooManyParts(limits.Nodes));
        }
    }
}
