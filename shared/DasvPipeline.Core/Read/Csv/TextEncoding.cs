using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace DasvPipeline.Core.Read.Csv;

/// <summary>Brings text of the encodings that spreadsheet programs write to UTF-8, or refuses: never mojibake.</summary>
internal static class TextEncoding
{
    // Bytes that Windows-1252 leaves undefined.
    private static readonly SearchValues<byte> NotWindows1252 = SearchValues.Create(0x81, 0x8D, 0x8F, 0x90, 0x9D);

    /// <summary>The text as UTF-8 without a byte order mark. Text that is UTF-8 already is not copied.</summary>
    public static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> content)
    {
        var bytes = content.Span;
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            return Utf8.IsValid(bytes[3..])
                ? WithoutNul(content[3..], 3)
                : throw new Refusal(FileFinding.Encoding("a letter is not written as the file says that its letters are", FirstInvalid(bytes)));
        }

        if (bytes.StartsWith(Encoding.Unicode.Preamble))
        {
            return FromUtf16(bytes, 2, bigEndian: false);
        }

        if (bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            return FromUtf16(bytes, 2, bigEndian: true);
        }

        if (bytes.Contains((byte)0))
        {
            return UnmarkedUtf16(bytes) is { } bigEndian ? FromUtf16(bytes, 0, bigEndian) : WithoutNul(content, 0);
        }

        return Utf8.IsValid(bytes) ? content : FromWindows1252(bytes);
    }

    private static ReadOnlyMemory<byte> WithoutNul(ReadOnlyMemory<byte> content, int before)
    {
        var at = content.Span.IndexOf((byte)0);
        return at < 0 ? content : throw new Refusal(FileFinding.Encoding("an empty character stands where a letter should be", before + at));
    }

    /// <summary>
    /// UTF-16 without its mark is certain only where every other byte is NUL and the rest is plain ASCII text;
    /// gives whether the NULs come first, or null where it is not certain.
    /// </summary>
    private static bool? UnmarkedUtf16(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % 2 != 0)
        {
            return null;
        }

        var bigEndian = bytes[0] == 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            var (high, low) = bigEndian ? (bytes[i], bytes[i + 1]) : (bytes[i + 1], bytes[i]);
            if (high != 0 || low is 0 or > 0x7E or < 0x09)
            {
                return null;
            }
        }

        return bigEndian;
    }

    private static byte[] FromUtf16(ReadOnlySpan<byte> bytes, int mark, bool bigEndian)
    {
        var text = bytes[mark..];
        for (var i = 0; i < text.Length; i += 2)
        {
            if (i + 1 == text.Length)
            {
                throw new Refusal(FileFinding.Encoding("half of a letter is missing", mark + i));
            }

            var unit = Unit(text, i, bigEndian);
            var paired = char.IsHighSurrogate(unit) && i + 3 < text.Length && char.IsLowSurrogate(Unit(text, i + 2, bigEndian));
            if (unit == 0 || (char.IsSurrogate(unit) && !paired))
            {
                throw new Refusal(FileFinding.Encoding(unit == 0 ? "an empty character stands where a letter should be" : "half of a letter is missing", mark + i));
            }

            i += paired ? 2 : 0;
        }

        return Encoding.Convert(bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode, Encoding.UTF8, text.ToArray());

        static char Unit(ReadOnlySpan<byte> text, int at, bool bigEndian) =>
            (char)(bigEndian ? (text[at] << 8) | text[at + 1] : (text[at + 1] << 8) | text[at]);
    }

    private static byte[] FromWindows1252(ReadOnlySpan<byte> bytes)
    {
        var undefined = bytes.IndexOfAny(NotWindows1252);
        if (undefined >= 0)
        {
            var value = bytes[undefined].ToString("X2", CultureInfo.InvariantCulture);
            throw new Refusal(FileFinding.Encoding($"the value {value} stands for no letter", undefined));
        }

        if (IsMostlyUtf8(bytes, out var firstInvalid))
        {
            throw new Refusal(FileFinding.Encoding("a letter is not written as the other letters of the file are", firstInvalid));
        }

        return Encoding.Convert(Windows1252.Encoding, Encoding.UTF8, bytes.ToArray());
    }

    /// <summary>
    /// A UTF-8 file cut or damaged in one place would pass for Windows-1252 and read "Â£" for "£": two or more bytes that
    /// happen to be one letter of UTF-8 are rare in Windows-1252, so where they are not outnumbered it is no such file.
    /// </summary>
    private static bool IsMostlyUtf8(ReadOnlySpan<byte> bytes, out int firstInvalid)
    {
        firstInvalid = FirstInvalid(bytes);
        var letters = 0;
        var invalid = 0;
        for (var rest = bytes; !rest.IsEmpty;)
        {
            var status = Rune.DecodeFromUtf8(rest, out var rune, out var used);
            letters += status == OperationStatus.Done && !rune.IsAscii ? 1 : 0;
            invalid += status == OperationStatus.Done ? 0 : 1;
            rest = rest[used..];
        }

        return letters >= invalid;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var used) == OperationStatus.Done)
        {
            at += used;
        }

        return at;
    }

    // Windows-1252 is not among the encodings .NET offers without asking; registering it globally is not a library's business.
    private static class Windows1252
    {
        public static readonly Encoding Encoding = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    }
}
