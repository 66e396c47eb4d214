using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Csv;

/// <summary>Converts text in the encodings of spreadsheet programs to UTF-8. Refuses text that could be misread.</summary>
internal static class TextEncoding
{
    // Bytes that Windows-1252 leaves undefined.
    private static readonly SearchValues<byte> NotWindows1252 = SearchValues.Create(0x81, 0x8D, 0x8F, 0x90, 0x9D);

    /// <summary>
    /// Returns the text as UTF-8 without a byte order mark, or no text if it is refused. Text that is already UTF-8 is not copied.
    /// </summary>
    public static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> content, ReadingContext context)
    {
        var bytes = content.Span;
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            return Utf8.IsValid(bytes[3..])
                ? WithoutNul(content[3..], 3, context)
                : Refuse(context, "a letter is not stored in the way the file says", FirstInvalid(bytes));
        }

        if (bytes.StartsWith(Encoding.Unicode.Preamble))
        {
            return FromUtf16(bytes, 2, isBigEndian: false, context);
        }

        if (bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            return FromUtf16(bytes, 2, isBigEndian: true, context);
        }

        if (bytes.Contains((byte)0))
        {
            return UnmarkedUtf16(bytes) is { } isBigEndian ? FromUtf16(bytes, 0, isBigEndian, context) : WithoutNul(content, 0, context);
        }

        return Utf8.IsValid(bytes) ? content : FromWindows1252(bytes, context);
    }

    private static ReadOnlyMemory<byte> WithoutNul(ReadOnlyMemory<byte> content, int prefixLength, ReadingContext context)
    {
        var at = content.Span.IndexOf((byte)0);
        return at < 0 ? content : Refuse(context, "there is an empty character in place of a letter", prefixLength + at);
    }

    /// <summary>
    /// Detects UTF-16 without a byte order mark: every second byte is NUL and the rest is plain ASCII text.
    /// Returns true for big-endian, false for little-endian, and null if the text is not certain to be UTF-16.
    /// </summary>
    private static bool? UnmarkedUtf16(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % 2 != 0)
        {
            return null;
        }

        var isBigEndian = bytes[0] == 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            var (high, low) = isBigEndian ? (bytes[i], bytes[i + 1]) : (bytes[i + 1], bytes[i]);
            if (high != 0 || low is 0 or > 0x7E or < 0x09)
            {
                return null;
            }
        }

        return isBigEndian;
    }

    private static byte[] FromUtf16(ReadOnlySpan<byte> bytes, int mark, bool isBigEndian, ReadingContext context)
    {
        var text = bytes[mark..];
        for (var i = 0; i < text.Length; i += 2)
        {
            if (i + 1 == text.Length)
            {
                return Refuse(context, "half of a letter is missing", mark + i);
            }

            var unit = Unit(text, i, isBigEndian);
            var isPair = char.IsHighSurrogate(unit) && i + 3 < text.Length && char.IsLowSurrogate(Unit(text, i + 2, isBigEndian));
            if (unit == 0 || (char.IsSurrogate(unit) && !isPair))
            {
                return Refuse(context, unit == 0 ? "there is an empty character in place of a letter" : "half of a letter is missing", mark + i);
            }

            i += isPair ? 2 : 0;
        }

        return Encoding.Convert(isBigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode, Encoding.UTF8, text.ToArray());

        static char Unit(ReadOnlySpan<byte> text, int at, bool isBigEndian) =>
            (char)(isBigEndian ? (text[at] << 8) | text[at + 1] : (text[at + 1] << 8) | text[at]);
    }

    private static byte[] FromWindows1252(ReadOnlySpan<byte> bytes, ReadingContext context)
    {
        var undefined = bytes.IndexOfAny(NotWindows1252);
        if (undefined >= 0)
        {
            var value = bytes[undefined].ToString("X2", CultureInfo.InvariantCulture);
            return Refuse(context, $"the value {value} is not a letter", undefined);
        }

        if (IsMostlyUtf8(bytes, out var firstInvalid))
        {
            return Refuse(context, "a letter is not stored like the other letters", firstInvalid);
        }

        return Encoding.Convert(Windows1252.Encoding, Encoding.UTF8, bytes.ToArray());
    }

    /// <summary>
    /// Detects a damaged UTF-8 file, which would otherwise be read as Windows-1252 with "Â£" instead of "£". Byte sequences
    /// that form a UTF-8 character are rare in Windows-1252, so the file is UTF-8 if they are at least as frequent as invalid ones.
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

    private static byte[] Refuse(ReadingContext context, string problem, long offset)
    {
        context.Refuse(FileFindings.Encoding(problem, offset));
        return [];
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

    // .NET does not include Windows-1252 by default, and a library should not register an encoding globally.
    private static class Windows1252
    {
        public static readonly Encoding Encoding = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    }
}
