namespace DasvPipeline.Core.Ingest.Reading.Formats.Encryption;

/// <summary>The RC4 stream cipher. .NET does not have it, because it is not safe. Old workbooks need it.</summary>
internal sealed class Rc4
{
    private readonly byte[] state = new byte[256];
    private byte i;
    private byte j;

    public Rc4(ReadOnlySpan<byte> key)
    {
        for (var at = 0; at < state.Length; at++)
        {
            state[at] = (byte)at;
        }

        byte other = 0;
        for (var at = 0; at < state.Length; at++)
        {
            other += (byte)(state[at] + key[at % key.Length]);
            (state[at], state[other]) = (state[other], state[at]);
        }
    }

    /// <summary>Returns the next byte of the key stream.</summary>
    public byte Next()
    {
        i++;
        j += state[i];
        (state[i], state[j]) = (state[j], state[i]);
        return state[(byte)(state[i] + state[j])];
    }

    /// <summary>Decrypts the bytes that follow.</summary>
    public byte[] Decrypt(ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= Next();
        }

        return bytes;
    }
}
