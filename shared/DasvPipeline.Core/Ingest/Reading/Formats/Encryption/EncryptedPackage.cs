using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Xml;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Encryption;

/// <summary>Decrypts an .xlsx workbook that Excel encrypted with its default password ([MS-OFFCRYPTO] 2.3.4).</summary>
internal static class EncryptedPackage
{
    /// <summary>The streams of the compound file.</summary>
    public const string InfoStream = "EncryptionInfo", ContentStream = "EncryptedPackage";

    /// <summary>Returns the zip package, or null if the file has another password.</summary>
    /// <param name="info">The description of the encryption.</param>
    /// <param name="stream">The length of the package and its encrypted content.</param>
    public static byte[]? Decrypt(ReadOnlySpan<byte> info, ReadOnlySpan<byte> stream)
    {
        const int Header = 8, LengthBytes = 8;
        const int MinBytes = Header + LengthBytes;
        if (info.Length < MinBytes || stream.Length < LengthBytes)
        {
            return null;
        }

        try
        {
            var (major, minor) = (BinaryPrimitives.ReadUInt16LittleEndian(info), BinaryPrimitives.ReadUInt16LittleEndian(info[2..]));
            IPackageCipher? cipher = (major, minor) switch
            {
                (4, 4) => AgileCipher.Create(info[Header..]),
                (_, 2) => StandardCipher.Create(info[Header..]),
                _ => null,
            };
            var content = stream[LengthBytes..];
            var length = BinaryPrimitives.ReadInt64LittleEndian(stream);
            return cipher is null || length < 0 || length > content.Length ? null : cipher.Decrypt(content)[..(int)length];
        }
        catch (Exception fault) when (fault is CryptographicException or XmlException or FormatException or ArgumentException)
        {
            // The description of the encryption is not valid, so nobody can open the file.
            return null;
        }
    }
}

/// <summary>Decrypts the content of a package.</summary>
internal interface IPackageCipher
{
    byte[] Decrypt(ReadOnlySpan<byte> content);
}
