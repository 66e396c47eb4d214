using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xls;

/// <summary>
/// Reads the records of a workbook stream one after another, and the fields of each. A field can continue in the
/// CONTINUE records that follow. Nothing is read beyond them, whatever length a record declares. If the file is refused,
/// there are no more records, and fields are 0 or empty.
/// </summary>
internal sealed class BiffReader(byte[] stream, ReadingContext context)
{
    private const int HeaderLength = 4;
    private const ushort ContinueId = 0x3C;

    /// <summary>The value of every number after a refusal.</summary>
    private static ReadOnlySpan<byte> Zeros => new byte[sizeof(ulong)];

    private char[] letters = new char[256];
    private int next;
    private int position;
    private int end;

    /// <summary>The type of the record ([MS-XLS] 2.3.2).</summary>
    public ushort Id { get; private set; }

    /// <summary>The position of the record in the stream.</summary>
    public int Start { get; private set; }

    /// <summary>The number of unread bytes in the record, or in the current CONTINUE record.</summary>
    public int BytesLeft => context.IsRefused ? 0 : end - position;

    /// <summary>True if the record has unread bytes or a CONTINUE record follows.</summary>
    public bool HasMore => BytesLeft > 0 || HasNext(ContinueId);

    public void Seek(uint offset)
    {
        if (offset >= stream.Length)
        {
            Refuse();
            return;
        }

        (next, position, end) = ((int)offset, (int)offset, (int)offset);
    }

    /// <summary>
    /// Moves to the next record. Returns false if the file is refused. A stream without a final EOF record is damaged.
    /// </summary>
    public bool Next()
    {
        if (context.IsRefused || next + HeaderLength > stream.Length)
        {
            return Refuse();
        }

        (Start, Id) = (next, PeekId());
        return Enter();
    }

    /// <summary>Moves to the next record if it has this type.</summary>
    public bool TryNext(ushort id) => HasNext(id) && Next();

    public byte ReadByte() => Take(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>Reads the rest of the record, without its CONTINUE records.</summary>
    public ReadOnlySpan<byte> ReadRest() => BytesLeft == 0 ? [] : Take(BytesLeft);

    public void Skip(uint count)
    {
        while (count > BytesLeft)
        {
            count -= (uint)BytesLeft;
            if (!Continue())
            {
                return;
            }
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
                if (!Continue())
                {
                    return [];
                }

                isWide = (ReadByte() & 1) != 0;
                continue;
            }

            var chunk = Math.Min(count - done, isWide ? BytesLeft / 2 : BytesLeft);
            if (chunk == 0)
            {
                Refuse();
                return [];
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

    /// <summary>Refuses the file because of a record. Returns false.</summary>
    public bool Refuse() => context.Refuse(FileFindings.Damaged("its records are not valid"));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (BytesLeft == 0)
        {
            Continue();
        }

        if (BytesLeft < count)
        {
            Refuse();
            return Zeros;
        }

        position += count;
        return stream.AsSpan(position - count, count);
    }

    private bool Continue() => HasNext(ContinueId) ? Enter() : Refuse();

    private bool HasNext(ushort id) => !context.IsRefused && next + HeaderLength <= stream.Length && PeekId() == id;

    private ushort PeekId() => BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(next));

    private bool Enter()
    {
        position = next + HeaderLength;
        end = position + BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(next + 2));
        next = end;
        return end <= stream.Length || Refuse();
    }
}
