using System.IO.Compression;
using System.IO.Hashing;

namespace DasvPipeline.Core.Read.Zip;

/// <summary>How much of a zip may still be unpacked: counted as it comes out, never as declared.</summary>
internal sealed class UnpackBudget(ReadLimits limits)
{
    private long unpacked;
    private int nodes;

    public void Take(int bytes)
    {
        unpacked += bytes;
        if (unpacked > limits.UnpackedBytes)
        {
            throw new Refusal(FileFinding.ExpandsTooMuch(limits.UnpackedBytes));
        }
    }

    /// <summary>The shortest element costs as much time as a long one, and two hundred million bytes hold fifty million of them.</summary>
    public void TakeNode()
    {
        if (++nodes > limits.Nodes)
        {
            throw new Refusal(FileFinding.TooManyParts(limits.Nodes));
        }
    }
}

/// <summary>
/// One part of the package as it unpacks: counted, summed and compared with the zip's directory at its end.
/// </summary>
internal sealed class PartStream(ZipArchiveEntry entry, UnpackBudget budget) : Stream
{
    /// <summary>A cell holds 32,767 letters, which is far less than this however they are written.</summary>
    private const int LongestNode = 1024 * 1024;

    private readonly Stream inner = entry.Open();

    // The zip reader of .NET does not compare the checksum, so a flipped bit in a stored part would turn 17 into 97 in silence.
    private readonly Crc32 checksum = new();
    private long length;
    private int? sinceNode;

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
        var read = inner.Read(buffer);
        if (read > 0)
        {
            Check(buffer[..read]);
        }
        else if (!buffer.IsEmpty && (length != entry.Length || checksum.GetCurrentHashAsUInt32() != entry.Crc32))
        {
            throw new Refusal(FileFinding.Damaged("a part of it is not what was saved"));
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>
    /// Tells that an XML node has been read. No node may take more than 1 MB, since the XML reader
    /// keeps a name, an attribute or a CDATA section whole.
    /// </summary>
    public void MarkNode() => sinceNode = 0;

    /// <summary>Unpacks to the end for the sake of the checks alone.</summary>
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
        budget.Take(bytes.Length);
        length += bytes.Length;
        checksum.Append(bytes);
        sinceNode += bytes.Length;
        if (sinceNode > LongestNode)
        {
            throw new Refusal(FileFinding.Damaged("a text in it is longer than any cell can hold"));
        }
    }
}
