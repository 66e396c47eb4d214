using DasvPipeline.Core.Ingest.Reading.Formats.Values;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xls;

/// <summary>Reads the comments of a sheet. The text of a comment is in a box, which is stored before the comment.</summary>
internal sealed class XlsComments(XlsTexts others)
{
    // The texts, by the numbers of their boxes.
    private readonly Dictionary<int, string> texts = [];
    private int? box;
    private bool isOther;

    /// <summary>Reads the number of an object, if it is the box of a comment.</summary>
    public void ReadBox(BiffReader biff)
    {
        const int Common = 0x15, Comment = 0x19, MinBytes = 8;
        (box, isOther) = (null, true);
        if (biff.BytesLeft >= MinBytes && biff.ReadUInt16() == Common && biff.ReadUInt16() > 0 && biff.ReadUInt16() == Comment)
        {
            (box, isOther) = (biff.ReadUInt16(), false);
        }
    }

    /// <summary>Reads the text of the latest box, which is in the record that follows.</summary>
    public void ReadText(BiffReader biff, TextPool pool)
    {
        if (box is null && !isOther)
        {
            return;
        }

        biff.Skip(10);
        var length = biff.ReadUInt16();
        biff.Skip((uint)biff.BytesLeft);
        if (length > 0 && biff.HasMore)
        {
            var text = biff.ReadText(length, isWide: false);
            if (box is { } number)
            {
                texts[number] = pool.Intern(text);
            }
            else
            {
                others.Add(TextPlace.Drawing, text);
            }
        }

        (box, isOther) = (null, false);
    }

    /// <summary>Reads a comment. Returns null if it is too short, or if its box has no text.</summary>
    public CellComment? Read(BiffReader biff)
    {
        const int MinBytes = 8;
        if (biff.BytesLeft < MinBytes)
        {
            return null;
        }

        var (row, column) = (biff.ReadUInt16() + 1, biff.ReadUInt16() + 1);
        biff.Skip(2);
        if (!texts.TryGetValue(biff.ReadUInt16(), out var text))
        {
            return null;
        }

        var author = biff.BytesLeft > 2 ? biff.ReadText(biff.ReadUInt16()).ToString() : string.Empty;
        return new CellComment(row, column, author, text);
    }
}
