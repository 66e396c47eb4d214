using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Encryption;

/// <summary>The encryption of Excel 2007: AES blocks that do not depend on each other ([MS-OFFCRYPTO] 2.3.4.5).</summary>
internal sealed class StandardCipher(byte[] key) : IPackageCipher
{
    private const int BlockLength = 16;

    /// <summary>Reads the description of the encryption. Returns null if it does not fit the default password.</summary>
    public static StandardCipher? Create(ReadOnlySpan<byte> info)
    {
        const int Iterations = 50_000;
        const int KeySize = 16, SaltLength = 16, HashLength = 32;
        var headerLength = BinaryPrimitives.ReadInt32LittleEndian(info);
        var keyLength = headerLength >= KeySize + sizeof(int) && info.Length > sizeof(int) + KeySize + sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(info[(sizeof(int) + KeySize)..]) / 8 : 0;
        if (keyLength is not (16 or 24 or 32) || info.Length - sizeof(int) - headerLength < sizeof(int) + SaltLength + BlockLength + sizeof(int) + HashLength)
        {
            return null;
        }

        var verifier = info[(sizeof(int) + headerLength + sizeof(int))..];
        var derived = DefaultPassword.Hash(HashAlgorithmName.SHA1, DefaultPassword.Derive(HashAlgorithmName.SHA1, verifier[..SaltLength], Iterations), 0);
        var cipher = new StandardCipher([.. ((byte[])[.. Mixed(derived, 0x36), .. Mixed(derived, 0x5C)]).AsSpan(0, keyLength)]);
        var stored = verifier[(SaltLength + BlockLength + sizeof(int))..][..HashLength];
        return DefaultPassword.IsVerified(HashAlgorithmName.SHA1, cipher.Decrypt(verifier[SaltLength..][..BlockLength]), cipher.Decrypt(stored)) ? cipher : null;
    }

    public byte[] Decrypt(ReadOnlySpan<byte> content)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.DecryptEcb(content[..(content.Length / BlockLength * BlockLength)], PaddingMode.None);
    }

    private static byte[] Mixed(byte[] derived, byte filler)
    {
        const int Length = 64;
        var mixed = Enumerable.Repeat(filler, Length).ToArray();
        for (var i = 0; i < derived.Length; i++)
        {
            mixed[i] ^= derived[i];
        }

        return DefaultPassword.Hash(HashAlgorithmName.SHA1, mixed, []);
    }
}
