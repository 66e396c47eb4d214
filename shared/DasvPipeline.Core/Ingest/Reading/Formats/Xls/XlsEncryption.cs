using System.Buffers.Binary;
using System.Security.Cryptography;
using DasvPipeline.Core.Ingest.Reading.Formats.Encryption;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xls;

/// <summary>Decrypts an .xls workbook that Excel encrypted with its default password ([MS-XLS] 2.2.10, [MS-OFFCRYPTO] 2.3.5 and 2.3.6).</summary>
internal static class XlsEncryption
{
    private const int HeaderLength = 4;
    private const int SaltLength = 16;
    private const int VerifierLength = 16;

    /// <summary>
    /// Decrypts the records after that of the password, and replaces its type by 0, which no reader knows. A stream that is not
    /// encrypted, or has another password, stays as it is.
    /// </summary>
    public static void Decrypt(byte[] stream)
    {
        for (var at = 0; TryReadHeader(stream, at, out var id, out var end); at = end)
        {
            if (id == XlsRecord.Eof)
            {
                return;
            }

            if (id == XlsRecord.FilePass && CreateKeys(stream.AsSpan(at + HeaderLength, end - at - HeaderLength)) is { } keys)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(stream.AsSpan(at), 0);
                DecryptFrom(stream, end, keys);
                return;
            }
        }
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> stream, int at, out ushort id, out int end)
    {
        (id, end) = (0, 0);
        if (at + HeaderLength > stream.Length)
        {
            return false;
        }

        id = BinaryPrimitives.ReadUInt16LittleEndian(stream[at..]);
        end = at + HeaderLength + BinaryPrimitives.ReadUInt16LittleEndian(stream[(at + 2)..]);
        return end <= stream.Length;
    }

    /// <summary>Decrypts the data of records. Their headers, and the positions of sheets, are not encrypted.</summary>
    private static void DecryptFrom(byte[] stream, int start, Func<int, byte[]> keys)
    {
        const int BlockLength = 1024, PositionLength = 4;
        var (block, next, cipher) = (-1, 0, (Rc4?)null);
        for (var at = start; TryReadHeader(stream, at, out var id, out var end); at = end)
        {
            var first = at + HeaderLength + (id == XlsRecord.BoundSheet ? PositionLength : 0);
            for (var i = IsPlain(id) ? end : first; i < end; i++)
            {
                if (i / BlockLength != block)
                {
                    (block, next) = (i / BlockLength, i / BlockLength * BlockLength);
                    cipher = new Rc4(keys(block));
                }

                for (; next < i; next++)
                {
                    cipher!.Next();
                }

                stream[i] ^= cipher!.Next();
                next++;
            }
        }
    }

    /// <summary>Returns true for the records that are never encrypted.</summary>
    private static bool IsPlain(ushort id)
    {
        const ushort FileLock = 0x0195, UsersExcluded = 0x0194, InterfaceHeader = 0x00E1, RevisionHeader = 0x0138, RevisionInfo = 0x0196;
        return id is XlsRecord.Bof or XlsRecord.FilePass or FileLock or UsersExcluded or InterfaceHeader or RevisionHeader or RevisionInfo;
    }

    /// <summary>Returns a function that creates the key of a block, or null if the default password is not the right one.</summary>
    private static Func<int, byte[]>? CreateKeys(ReadOnlySpan<byte> record)
    {
        const int VersionLength = 6;
        if (record.Length < VersionLength || BinaryPrimitives.ReadUInt16LittleEndian(record) != 1)
        {
            return null;
        }

        return (BinaryPrimitives.ReadUInt16LittleEndian(record[2..]), BinaryPrimitives.ReadUInt16LittleEndian(record[4..])) switch
        {
            (1, 1) => CreateShortKeys(record[VersionLength..]),
            (_, 2) => CreateLongKeys(record[VersionLength..]),
            _ => null,
        };
    }

    /// <summary>The encryption of Excel 97 and 2000, with keys of 40 bits.</summary>
    private static Func<int, byte[]>? CreateShortKeys(ReadOnlySpan<byte> record)
    {
        const int KeyLength = 5, Repetitions = 16;
        if (record.Length < SaltLength + VerifierLength + VerifierLength)
        {
            return null;
        }

        var password = DefaultPassword.Hash(HashAlgorithmName.MD5, DefaultPassword.Bytes, []);
        byte[] salted = [.. password.AsSpan(0, KeyLength), .. record[..SaltLength]];
        var derived = DefaultPassword.Hash(HashAlgorithmName.MD5, Enumerable.Repeat(salted, Repetitions).SelectMany(bytes => bytes).ToArray(), [])[..KeyLength];
        return Verified(HashAlgorithmName.MD5, record[SaltLength..], record[(SaltLength + VerifierLength)..][..VerifierLength], block => DefaultPassword.Hash(HashAlgorithmName.MD5, derived, block));
    }

    /// <summary>The encryption since Excel 2002, with keys of up to 128 bits.</summary>
    private static Func<int, byte[]>? CreateLongKeys(ReadOnlySpan<byte> record)
    {
        const int HeaderStart = 8, KeySize = 16, ShortKey = 5, MaxKey = 16, HashLength = 20;
        if (record.Length < HeaderStart + KeySize + sizeof(int))
        {
            return null;
        }

        var keyLength = BinaryPrimitives.ReadUInt32LittleEndian(record[(HeaderStart + KeySize)..]) / 8;
        var start = HeaderStart + (long)BinaryPrimitives.ReadUInt32LittleEndian(record[4..]) + sizeof(int);
        if (keyLength > MaxKey || record.Length - start < SaltLength + VerifierLength + sizeof(int) + HashLength)
        {
            return null;
        }

        var verifier = record[(int)start..];
        var derived = DefaultPassword.Hash(HashAlgorithmName.SHA1, verifier[..SaltLength], DefaultPassword.Bytes);
        return Verified(HashAlgorithmName.SHA1, verifier[SaltLength..], verifier[(SaltLength + VerifierLength + sizeof(int))..][..HashLength], block =>
        {
            var key = DefaultPassword.Hash(HashAlgorithmName.SHA1, derived, block);
            return keyLength is 0 or ShortKey ? [.. key[..ShortKey], .. new byte[MaxKey - ShortKey]] : key[..(int)keyLength];
        });
    }

    private static Func<int, byte[]>? Verified(HashAlgorithmName hash, ReadOnlySpan<byte> verifier, ReadOnlySpan<byte> storedHash, Func<int, byte[]> keys)
    {
        var cipher = new Rc4(keys(0));
        var decrypted = cipher.Decrypt(verifier[..VerifierLength]);
        return DefaultPassword.IsVerified(hash, decrypted, cipher.Decrypt(storedHash)) ? keys : null;
    }
}
