using System.Security.Cryptography;
using System.Xml;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Encryption;

/// <summary>The encryption since Excel 2010, which is described in XML ([MS-OFFCRYPTO] 2.3.4.10).</summary>
internal sealed class AgileCipher(byte[] key, HashAlgorithmName hash, byte[] salt) : IPackageCipher
{
    private const int BlockLength = 16;

    /// <summary>Excel uses 100,000. A larger number would keep us busy.</summary>
    private const int MaxIterations = 1_000_000;

    private const int MaxInfoLength = 64 * 1024;

    private static readonly byte[] VerifierBlock = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
    private static readonly byte[] VerifierHashBlock = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
    private static readonly byte[] KeyBlock = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];

    /// <summary>Reads the description of the encryption. Returns null if it does not fit the default password.</summary>
    public static AgileCipher? Create(ReadOnlySpan<byte> info)
    {
        if (info.Length > MaxInfoLength)
        {
            return null;
        }

        // The stream can have zeros after the XML.
        using var stream = new MemoryStream(info.TrimEnd((byte)0).ToArray());
        using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        (HashAlgorithmName Hash, byte[] Salt)? data = null;
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "keyData" })
            {
                data = (HashOf(xml), Bytes(xml, "saltValue"));
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "encryptedKey" })
            {
                // A file has one key for a password. More would only take time.
                return data is var (hash, salt) && DecryptKey(xml) is { } key ? new AgileCipher(key, hash, salt) : null;
            }
        }

        return null;
    }

    public byte[] Decrypt(ReadOnlySpan<byte> content)
    {
        const int SegmentLength = 4096;
        using var aes = Aes.Create();
        aes.Key = key;
        var package = new byte[content.Length / BlockLength * BlockLength];
        for (var at = 0; at < package.Length; at += SegmentLength)
        {
            var segment = content[at..Math.Min(at + SegmentLength, package.Length)];
            aes.DecryptCbc(segment, DefaultPassword.Hash(hash, salt, at / SegmentLength).AsSpan(0, BlockLength), package.AsSpan(at), PaddingMode.None);
        }

        return package;
    }

    /// <summary>Decrypts the key of the package with the default password. Returns null if that is not the password.</summary>
    private static byte[]? DecryptKey(XmlReader xml)
    {
        if (!int.TryParse(xml.GetAttribute("spinCount"), out var iterations) || iterations is < 0 or > MaxIterations
            || !int.TryParse(xml.GetAttribute("keyBits"), out var keyBits) || keyBits is not (128 or 192 or 256))
        {
            return null;
        }

        var (hash, salt) = (HashOf(xml), Bytes(xml, "saltValue"));
        var derived = DefaultPassword.Derive(hash, salt, iterations);
        return DefaultPassword.IsVerified(hash, Part("encryptedVerifierHashInput", VerifierBlock), Part("encryptedVerifierHashValue", VerifierHashBlock))
            ? Resized(Part("encryptedKeyValue", KeyBlock), keyBits / 8)
            : null;

        byte[] Part(string name, byte[] block)
        {
            using var aes = Aes.Create();
            aes.Key = Resized(DefaultPassword.Hash(hash, derived, block), keyBits / 8);
            return aes.DecryptCbc(Bytes(xml, name), Resized(salt, BlockLength), PaddingMode.None);
        }
    }

    /// <summary>Shortens bytes, or fills them up.</summary>
    private static byte[] Resized(byte[] bytes, int length)
    {
        const byte Filler = 0x36;
        return bytes.Length >= length ? bytes[..length] : [.. bytes, .. Enumerable.Repeat(Filler, length - bytes.Length)];
    }

    private static HashAlgorithmName HashOf(XmlReader xml) => xml.GetAttribute("hashAlgorithm") switch
    {
        "SHA1" or "SHA-1" => HashAlgorithmName.SHA1,
        "SHA256" => HashAlgorithmName.SHA256,
        "SHA384" => HashAlgorithmName.SHA384,
        "SHA512" => HashAlgorithmName.SHA512,
        _ => throw new CryptographicException("The hash is not one that Excel uses."),
    };

    private static byte[] Bytes(XmlReader xml, string attribute) => Convert.FromBase64String(xml.GetAttribute(attribute) ?? string.Empty);
}
