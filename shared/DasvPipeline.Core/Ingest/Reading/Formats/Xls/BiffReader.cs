using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xls;

/// <summary>
/// Reads the records of a workbook stream one after another, and the fields of each. A field can continue in the
/// CONTINUE records that follow. Nothing is read beyond them, whatever length a record declares.
/// </summary>
internal sealed class BiffReader(byte[] stream)
{
    private const int HeaderLength = 4;
    private const ushort ContinueId = 0x3C;

    private char[] letters = new char[256];
    private int next;
    private int position;
    private int end;

    /// <summary>The type of the record ([MS-XLS] 2.3.2).</summary>
    public ushort Id { get; private set; }

    /// <summary>The position of the record in the stream.</summary>
    public int Start { get; private set; }

    /// <summary>The number of unread bytes in the record, or in the current CONTINUE record.</summary>
    public int BytesLeft => end - position;

    /// <summary>True if the record has unread bytes or a CONTINUE record follows.</summary>
    public bool HasMore => position < end || (next + HeaderLength <= stream.Length && PeekId() == ContinueId);

    public void Seek(uint offset)
    {
        if (offset >= stream.Length)
        {
            throw Damaged();
        }

        (next, position, end) = ((int)offset, (int)offset, (int)offset);
    }

    /// <summary>Moves to the next record. A stream without a final EOF record is damaged.</summary>
    public void Next()
    {
        if (next + HeaderLength > stream.Length)
        {
            throw Damaged();
        }

        (Start, Id) = (next, PeekId());
        Enter();
    }

    /// <summary>Moves to the next record if it has this type.</summary>
    public bool TryNext(ushort id)
    {
        if (next + HeaderLength > stream.Length || PeekId() != id)
        {
            return false;
        }

        Next();
        return true;
    }

    public byte ReadByte() => Take(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public void Skip(uint count)
    {
        while (count > BytesLeft)
        {
            count -= (uint)BytesLeft;
            Continue();
        }

        position += (int)count;
    }

    /// <summary>
    /// Reads characters of one or two bytes. Each CONTINUE record starts with a byte that states the size. The result is
    /// valid until the next text is read.
    /// </summary>
    public ReadOnlySpan<char> ReadText(int count, bool isWide)
    {
        if (count > letters.Length)
        {
            Array.Resize(ref letters, Math.Max(count, letters.Length * 2));
        }

        for (var done = 0; done < count;)
        {
            if (BytesLeft == 0)
            {
                Continue();
                isWide = (ReadByte() & 1) != 0;
                continue;
            }

            var chunk = Math.Min(count - done, isWide ? BytesLeft / 2 : BytesLeft);
            if (chunk == 0)
            {
                throw Damaged();
            }

            var target = letters.AsSpan(done, chunk);
            if (isWide)
            {
                stream.AsSpan(position, chunk * 2).CopyTo(MemoryMarshal.AsBytes(target));
            }
            else
            {
                Encoding.Latin1.GetChars(stream.AsSpan(position, chunk), target);
            }

            position += isWide ? chunk * 2 : chunk;
            done += chunk;
        }

        return letters.AsSpan(0, count);
    }

    /// <summary>Reads a text that starts with its flags. The rest of the record is not read.</summary>
    public ReadOnlySpan<char> ReadText(int count) => ReadText(count, (ReadByte() & 1) != 0);

    public static FileRefusedException Damaged() => new(FileFindings.Damaged("its records are not valid"));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (BytesLeft == 0)
        {
            Continue();
        }

        if (BytesLeft < count)
        {
            throw Damaged();
        }

        position += count;
        return stream.AsSpan(position - count, count);
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
        position = next + HeaderLength;
        end = position + BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(next + 2));
        next = end;
        if (end > stream.Length)
        {
            throw Damaged();
        }
    }
}
