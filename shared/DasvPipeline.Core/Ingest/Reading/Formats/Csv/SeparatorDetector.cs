namespace DasvPipeline.Core.Ingest.Reading.Formats.Csv;

/// <summary>
/// Detects the character that separates the cells. Titles have no separator, and a file with semicolons may contain
/// "2,091" or "Women, all ages". The best candidate is therefore the one that has its usual count on the most rows.
/// </summary>
internal static class SeparatorDetector
{
    // Tables start well within this size, and it is fast to read.
    private const int SampleBytes = 256 * 1024;
    private const int MaxCount = 512;

    // If two are equal, the first is used: the comma, unless all commas are inside numbers.
    private static ReadOnlySpan<byte> Candidates => ",;\t|"u8;

    public static char Detect(ReadOnlySpan<byte> utf8) => DetectWithRows(utf8).Separator;

    /// <summary>Detects the separator, and counts the rows that have it as often as most rows.</summary>
    public static (char Separator, int Rows) DetectWithRows(ReadOnlySpan<byte> utf8)
    {
        var sample = utf8[..Math.Min(utf8.Length, SampleBytes)];
        var best = ',';
        var bestRows = 0;
        var bestCount = 0;
        foreach (var candidate in Candidates)
        {
            var (rows, count) = UsualCount(sample, candidate);
            if (rows > bestRows || (rows == bestRows && rows > 0 && count > bestCount))
            {
                (best, bestRows, bestCount) = ((char)candidate, rows, count);
            }
        }

        return (best, bestRows);
    }

    /// <summary>
    /// Reads Excel's hint, a first line such as <c>sep=;</c>. Returns the separator and the length of the line, which is not
    /// a row of the table.
    /// </summary>
    public static (char Separator, int Length)? ReadHint(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < 5 || !utf8.StartsWith("sep="u8) || utf8[4] is not ((byte)',' or (byte)';' or (byte)'\t' or (byte)'|'))
        {
            return null;
        }

        var after = utf8[5..];
        var end = after.StartsWith("\r\n"u8) ? 2 : after.StartsWith("\n"u8) || after.StartsWith("\r"u8) ? 1 : 0;
        return end > 0 || after.IsEmpty ? ((char)utf8[4], 5 + end) : null;
    }

    /// <summary>Returns the most frequent count of the candidate per row and the number of rows with it. Rows that have it only inside numbers are left out.</summary>
    private static (int Rows, int Count) UsualCount(ReadOnlySpan<byte> sample, byte candidate)
    {
        Span<int> rowsWith = stackalloc int[MaxCount + 1];
        rowsWith.Clear();
        var isQuoted = false;
        var count = 0;
        var isSeparator = false;
        var previous = (byte)'\n';
        for (var i = 0; i < sample.Length; i++)
        {
            var b = sample[i];
            if (isQuoted)
            {
                isQuoted = b != '"';
            }
            else if (b == candidate)
            {
                count++;
                isSeparator |= b != ',' || !char.IsAsciiDigit((char)previous) || i + 1 == sample.Length || !char.IsAsciiDigit((char)sample[i + 1]);
            }
            else if (b is (byte)'\n' or (byte)'\r')
            {
                rowsWith[isSeparator ? Math.Min(count, MaxCount) : 0]++;
                (count, isSeparator) = (0, false);
            }
            else if (b == '"')
            {
                // A quote opens a cell only at its start. A doubled quote inside a quoted cell closes and reopens it.
                isQuoted = previous == candidate || previous is (byte)'\n' or (byte)'\r' or (byte)'"';
            }

            // Spaces round the quotation marks do not matter.
            previous = b == ' ' ? previous : b;
        }

        rowsWith[isSeparator ? Math.Min(count, MaxCount) : 0]++;
        var usual = 1;
        for (var n = 2; n <= MaxCount; n++)
        {
            usual = rowsWith[n] >= rowsWith[usual] ? n : usual;
        }

        return (rowsWith[usual], usual);
    }
}
