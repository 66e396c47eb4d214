using System.IO.Compression;
using System.IO.Hashing;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Zip;

/// <summary>
/// Unpacks one part of the package. Counts its bytes, and compares length and checksum with the zip's directory at the end.
/// If the file is refused, the data ends.
/// </summary>
/// <param name="isNeeded">False if the part has no data of the workbook. Damage then ends its data and does not refuse the file.</param>
internal sealed class PartStream(ZipArchiveEntry entry, ReadingContext context, bool isNeeded = true) : Stream
{
    /// <summary>The maximum size of an XML node in bytes. A cell has at most 32,767 characters, which is far less.</summary>
    private const int MaxNodeBytes = 1024 * 1024;

    private readonly Stream inner = entry.Open();

    // The zip reader of .NET does not compare the checksum, so a flipped bit in a stored part would turn 17 into 97 in silence.
    private readonly Crc32 checksum = new();
    private long length;
    private int? nodeBytes;
    private bool isDamaged;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (context.IsRefused || isDamaged)
        {
            return 0;
        }

        var read = inner.Read(buffer);
        if (read > 0)
        {
            Check(buffer[..read]);
        }
        else if (!buffer.IsEmpty && (length != entry.Length || checksum.GetCurrentHashAsUInt32() != entry.Crc32))
        {
            Refuse("a part of it has changed since it was saved");
        }

        return context.IsRefused || isDamaged ? 0 : read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>
    /// Starts the count for the next XML node. A node has at most 1 MB, because the XML reader keeps a name, an attribute or
    /// a CDATA section in memory.
    /// </summary>
    public void MarkNode() => nodeBytes = 0;

    /// <summary>Ends the data, because the part is damaged. Refuses the file if the part is needed.</summary>
    public void Refuse(string damage)
    {
        isDamaged = true;
        if (isNeeded)
        {
            context.Refuse(FileFindings.Damaged(damage));
        }
    }

    /// <summary>Unpacks the rest of the part only to check it.</summary>
    public void Drain()
    {
        var buffer = new byte[64 * 1024];
        while (Read(buffer) > 0)
        {
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Check(ReadOnlySpan<byte> bytes)
    {
        context.CountBytes(bytes.Length);
        length += bytes.Length;
        checksum.Append(bytes);
        nodeBytes += bytes.Length;
        if (nodeBytes > MaxNodeBytes)
        {
            Refuse("a text in it is too long for a cell");
        }
    }
}
