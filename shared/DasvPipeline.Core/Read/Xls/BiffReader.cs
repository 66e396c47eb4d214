using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace DasvPipeline.Core.Read.Xls;

/// <summary>
/// Reads the records of a workbook stream one after another, and the fields of each. A field may go on in the CONTINUE
/// records behind; nothing is read beyond them, whatever a record says of itself.
/// </summary>
internal sealed class BiffReader(byte[] stream)
{
    private const int HeaderLength = 4;
    private const ushort ContinueId = 0x3C;

    private char[] letters = new char[256];
    private int next;
    private int at;
    private int end;

    /// <summary>The kind of the record ([MS-XLS] 2.3.2).</summary>
    public ushort Id { get; private set; }

    /// <summary>Where the record starts.</summary>
    public int Start { get; private set; }

    /// <summary>How many bytes of this record, or of the CONTINUE reached, have not been read.</summary>
    public int Left => end - at;

    /// <summary>Whether there is more of this record, here or behind.</summary>
    public bool HasMore => at < end || (next + HeaderLength <= stream.Length && PeekId() == ContinueId);

    public void Seek(uint position)
    {
        if (position >= stream.Length)
        {
            throw Damaged();
        }

        (next, at, end) = ((int)position, (int)position, (int)position);
    }

    /// <summary>Goes to the next record; a stream ends with an EOF record, never before it.</summary>
    public void Next()
    {
        if (next + HeaderLength > stream.Length)
        {
            throw Damaged();
        }

        (Start, Id) = (next, PeekId());
        Enter();
    }

    /// <summary>Goes to the next record if it is of this kind.</summary>
    public bool NextIs(ushort id)
    {
        if (next + HeaderLength > stream.Length || PeekId() != id)
        {
            return false;
        }

        Next();
        return true;
    }

    public byte U8() => Take(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public void Skip(uint count)
    {
        while (count > Left)
        {
            count -= (uint)Left;
            Continue();
        }

        at += (int)count;
    }

    /// <summary>
    /// Letters of one or two bytes. In each CONTINUE a byte says anew which. Good until the next text is read.
    /// </summary>
    public ReadOnlySpan<char> Text(int count, bool wide)
    {
        if (count > letters.Length)
        {
            Array.Resize(ref letters, Math.Max(count, letters.Length * 2));
        }

        for (var done = 0; done < count;)
        {
            if (Left == 0)
            {
                Continue();
                wide = (U8() & 1) != 0;
                continue;
            }

            var now = Math.Min(count - done, wide ? Left / 2 : Left);
            if (now == 0)
            {
                throw Damaged();
            }

            var to = letters.AsSpan(done, now);
            if (wide)
            {
                stream.AsSpan(at, now * 2).CopyTo(MemoryMarshal.AsBytes(to));
            }
            else
            {
                Encoding.Latin1.GetChars(stream.AsSpan(at, now), to);
            }

            at += wide ? now * 2 : now;
            done += now;
        }

        return letters.AsSpan(0, count);
    }

    /// <summary>A text behind its length and its flags; what may follow in the record is left.</summary>
    public ReadOnlySpan<char> Text(int count) => Text(count, (U8() & 1) != 0);

    public static Refusal Damaged() => new(FileFinding.Damaged("its records do not hold together"));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (Left == 0)
        {
            Continue();
        }

        if (Left < count)
        {
            throw Damaged();
        }

        at += count;
        return stream.AsSpan(at - count, count);
    }

    private void Continue()
    {
        if (next + HeaderLength > stream.Length || PeekId() != ContinueId)
        {
            throw Damaged();
        }

        Enter();
    }

    private ushort PeekId() => BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(next));

    private void Enter()
    {
        at = next + HeaderLength;
        end = at + BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(next + 2));
        next = end;
        if (end > stream.Length)
        {
            throw Damaged();
        }
    }
}
