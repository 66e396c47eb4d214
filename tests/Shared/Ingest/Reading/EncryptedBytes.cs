using System.Security.Cryptography;
using System.Text;

namespace DasvPipeline.Tests.Ingest.Reading;

/// <summary>Encrypts workbooks as Excel does ([MS-OFFCRYPTO]). The salts are fixed, so the same file gives the same bytes.</summary>
internal static class EncryptedBytes
{
    /// <summary>The password that Excel uses for a workbook without one.</summary>
    public const string Default = "VelvetSweatshop";

    /// <summary>Shorter streams get zeros at the end, which other readers do not accept.</summary>
    private const int MinStream = 4096;

    private static readonly byte[] Salt = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];
    private static readonly byte[] Verifier = [.. Enumerable.Range(101, 16).Select(i => (byte)i)];

    /// <summary>Encrypts an .xlsx workbook as Excel 2010 and later do.</summary>
    public static byte[] Agile(byte[] package, string password, HashAlgorithmName hash, int keyLength, int iterations)
    {
        var derived = Derive(password, hash, iterations);
        var key = SHA512.HashData("a key"u8)[..keyLength];
        var padded = Padded(package);
        var content = new List<byte>(BitConverter.GetBytes((long)package.Length));
        for (var at = 0; at < padded.Length; at += 4096)
        {
            content.AddRange(Cbc(key, Hash(hash, Salt, BitConverter.GetBytes(at / 4096))[..16], padded[at..Math.Min(at + 4096, padded.Length)]));
        }

        var name = hash.Name!;
        var cipher = $"saltSize=\"16\" blockSize=\"16\" keyBits=\"{keyLength * 8}\" hashSize=\"{Hash(hash, [], []).Length}\" cipherAlgorithm=\"AES\" cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"{name}\" saltValue=\"{Convert.ToBase64String(Salt)}\"";
        var xml = $"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><keyData {cipher}/><dataIntegrity encryptedHmacKey="" encryptedHmacValue=""/><keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><p:encryptedKey spinCount="{iterations}" {cipher} encryptedVerifierHashInput="{Part([0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79], Verifier)}" encryptedVerifierHashValue="{Part([0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E], Hash(hash, Verifier, []))}" encryptedKeyValue="{Part([0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6], key)}"/></keyEncryptor></keyEncryptors></encryption>
            """;
        return CompoundBytes.Of(("EncryptionInfo", [4, 0, 4, 0, 0x40, 0, 0, 0, .. Encoding.UTF8.GetBytes(xml.PadRight(MinStream))]), ("EncryptedPackage", [.. content]));

        string Part(byte[] block, byte[] value)
        {
            var blockKey = Hash(hash, derived, block);
            byte[] full = [.. blockKey, .. Enumerable.Repeat((byte)0x36, Math.Max(0, keyLength - blockKey.Length))];
            return Convert.ToBase64String(Cbc(full[..keyLength], Salt, Padded(value)));
        }
    }

    /// <summary>Encrypts an .xlsx workbook as Excel 2007 does.</summary>
    public static byte[] Standard(byte[] package, string password)
    {
        const int KeyLength = 16;
        var derived = Hash(HashAlgorithmName.SHA1, Derive(password, HashAlgorithmName.SHA1, 50_000), BitConverter.GetBytes(0));
        var mixed = Enumerable.Repeat((byte)0x36, 64).Select((filler, i) => i < derived.Length ? (byte)(filler ^ derived[i]) : filler).ToArray();
        using var aes = Aes.Create();
        aes.Key = Hash(HashAlgorithmName.SHA1, mixed, [])[..KeyLength];
        byte[] header = [.. U32(0x24), .. U32(0), .. U32(0x660E), .. U32(0x8004), .. U32(128), .. U32(0x18), .. U32(0), .. U32(0), .. Encoding.Unicode.GetBytes("Microsoft Enhanced RSA and AES Cryptographic Provider\0")];
        byte[] info =
        [
            3, 0, 2, 0, .. U32(0x24), .. U32(header.Length), .. header, .. U32(16), .. Salt, .. aes.EncryptEcb(Verifier, PaddingMode.None), .. U32(20),
            .. aes.EncryptEcb(Padded(Hash(HashAlgorithmName.SHA1, Verifier, [])), PaddingMode.None),
        ];
        return CompoundBytes.Of(("EncryptionInfo", info), ("EncryptedPackage", [.. BitConverter.GetBytes((long)package.Length), .. aes.EncryptEcb(Padded(package), PaddingMode.None)]));
    }

    /// <summary>Encrypts the records of an .xls workbook, with the keys of Excel 97 or of Excel 2002 and later.</summary>
    /// <param name="stream">A workbook stream that starts with a BOF record.</param>
    /// <param name="keyBits">0 for the keys of Excel 97.</param>
    public static byte[] Records(byte[] stream, string password, int keyBits)
    {
        var isOld = keyBits == 0;
        var hash = isOld ? HashAlgorithmName.MD5 : HashAlgorithmName.SHA1;
        var bytes = Encoding.Unicode.GetBytes(password);
        byte[] salted = [.. Hash(HashAlgorithmName.MD5, bytes, [])[..5], .. Salt];
        var derived = isOld ? Hash(HashAlgorithmName.MD5, [.. Enumerable.Repeat(salted, 16).SelectMany(part => part)], [])[..5] : Hash(hash, Salt, bytes);
        var verifier = KeyStream(Key(0), 36).Zip([.. Verifier, .. Hash(hash, Verifier, [])], (key, value) => (byte)(key ^ value)).ToArray();
        byte[] header = [.. U32(4), .. U32(0), .. U32(0x6801), .. U32(0x8004), .. U32(keyBits), .. U32(1), .. U32(0), .. U32(0), .. Encoding.Unicode.GetBytes("Microsoft Enhanced Cryptographic Provider v1.0\0")];
        byte[] filePass = isOld ? [1, 0, 1, 0, 1, 0, .. Salt, .. verifier]
            : [1, 0, 2, 0, 2, 0, .. U32(4), .. U32(header.Length), .. header, .. U32(16), .. Salt, .. verifier[..16], .. U32(20), .. verifier[16..]];

        var bofLength = 4 + BitConverter.ToUInt16(stream, 2);
        var record = XlsBytes.Record(0x002F, filePass);
        byte[] moved = [.. stream[..bofLength], .. record, .. stream[bofLength..]];
        var keys = Enumerable.Range(0, (moved.Length / 1024) + 1).SelectMany(block => KeyStream(Key(block), 1024)).ToArray();
        for (var at = bofLength + record.Length; at < moved.Length;)
        {
            var (id, length) = (BitConverter.ToUInt16(moved, at), BitConverter.ToUInt16(moved, at + 2));
            if (id == 0x0085)
            {
                BitConverter.TryWriteBytes(moved.AsSpan(at + 4), BitConverter.ToUInt32(moved, at + 4) + (uint)record.Length);
            }

            for (var i = at + 4 + (id == 0x0085 ? 4 : 0); id != 0x0809 && i < at + 4 + length; i++)
            {
                moved[i] ^= keys[i];
            }

            at += 4 + length;
        }

        return CompoundBytes.Of(("Workbook", moved));

        byte[] Key(int block)
        {
            var key = Hash(hash, derived, BitConverter.GetBytes(block));
            return isOld ? key : keyBits == 40 ? [.. key[..5], .. new byte[11]] : key[..(keyBits / 8)];
        }
    }

    private static IEnumerable<byte> KeyStream(byte[] key, int length)
    {
        var state = Enumerable.Range(0, 256).ToArray();
        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) % 256;
            (state[i], state[j]) = (state[j], state[i]);
        }

        for (int n = 0, i = 0, j = 0; n < length; n++)
        {
            i = (i + 1) % 256;
            j = (j + state[i]) % 256;
            (state[i], state[j]) = (state[j], state[i]);
            yield return (byte)state[(state[i] + state[j]) % 256];
        }
    }

    private static byte[] Derive(string password, HashAlgorithmName hash, int iterations)
    {
        var derived = Hash(hash, Salt, Encoding.Unicode.GetBytes(password));
        for (var i = 0; i < iterations; i++)
        {
            derived = Hash(hash, BitConverter.GetBytes(i), derived);
        }

        return derived;
    }

    private static byte[] Hash(HashAlgorithmName hash, byte[] first, byte[] second) => CryptographicOperations.HashData(hash, [.. first, .. second]);

    private static byte[] Cbc(byte[] key, byte[] start, byte[] content)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.EncryptCbc(content, start, PaddingMode.None);
    }

    private static byte[] Padded(byte[] bytes) => [.. bytes, .. new byte[(16 - (bytes.Length % 16)) % 16]];

    private static byte[] U32(int value) => BitConverter.GetBytes(value);
}
