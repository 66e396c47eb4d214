using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Encryption;

/// <summary>
/// The password that Excel uses to encrypt a workbook that has no password but is protected against changes. Excel opens such
/// a workbook without asking, so its owner does not know that it is encrypted ([MS-OFFCRYPTO] 2.3).
/// </summary>
internal static class DefaultPassword
{
    public static readonly byte[] Bytes = Encoding.Unicode.GetBytes("VelvetSweatshop");

    /// <summary>Returns the hash of two sequences of bytes, one after the other.</summary>
    public static byte[] Hash(HashAlgorithmName algorithm, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        hash.AppendData(first);
        hash.AppendData(second);
        return hash.GetHashAndReset();
    }

    /// <summary>Returns the hash of a sequence of bytes and a number.</summary>
    public static byte[] Hash(HashAlgorithmName algorithm, ReadOnlySpan<byte> first, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return Hash(algorithm, first, bytes);
    }

    /// <summary>Hashes the password with a salt, and then the hash again and again.</summary>
    public static byte[] Derive(HashAlgorithmName algorithm, ReadOnlySpan<byte> salt, int times)
    {
        var result = Hash(algorithm, salt, Bytes);
        var number = new byte[sizeof(int)];
        using var hash = IncrementalHash.CreateHash(algorithm);
        for (var i = 0; i < times; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, i);
            hash.AppendData(number);
            hash.AppendData(result);
            hash.GetHashAndReset(result);
        }

        return result;
    }

    /// <summary>Returns true if the start of a stored hash is the hash of the decrypted verifier.</summary>
    public static bool IsVerified(HashAlgorithmName algorithm, ReadOnlySpan<byte> verifier, ReadOnlySpan<byte> storedHash) =>
        storedHash.StartsWith(Hash(algorithm, verifier, []));
}
