namespace DasvPipeline.Core.Read.Csv;

/// <summary>
/// Which character separates the cells. Titles have none, and "2,091" or "Women, all ages" has a comma in a file of
/// semicolons; so what counts is on how many rows a candidate appears as often as it usually does.
/// </summary>
internal static class Separator
{
    // Tables start far within this, and it is read in no time.
    private const int SampleBytes = 256 * 1024;
    private const int MostCounted = 512;

    // On a tie the first wins: the comma, unless every one of its appearances is inside a number.
    private static ReadOnlySpan<byte> Candidates => ",;\t"u8;

    public static char Of(ReadOnlySpan<byte> utf8)
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

        return best;
    }

    /// <summary>
    /// Excel's own hint, a first line <c>sep=;</c>: the separator and the length of that line, which is no row of the table.
    /// </summary>
    public static (char Separator, int Length)? Hint(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < 5 || !utf8.StartsWith("sep="u8) || utf8[4] is not ((byte)',' or (byte)';' or (byte)'\t' or (byte)'|'))
        {
            return null;
        }

        var after = utf8[5..];
        var end = after.StartsWith("\r\n"u8) ? 2 : after.StartsWith("\n"u8) || after.StartsWith("\r"u8) ? 1 : 0;
        return end > 0 || after.IsEmpty ? ((char)utf8[4], 5 + end) : null;
    }

    /// <summary>How often the candidate appears on most of the rows that have it outside a number, and on how many.</summary>
    private static (int Rows, int Count) UsualCount(ReadOnlySpan<byte> sample, byte candidate)
    {
        Span<int> rowsWith = stackalloc int[MostCounted + 1];
        rowsWith.Clear();
        var quoted = false;
        var count = 0;
        var evident = false;
        var before = (byte)'\n';
        for (var i = 0; i < sample.Length; i++)
        {
            var b = sample[i];
            if (quoted)
            {
                quoted = b != '"';
            }
            else if (b == candidate)
            {
                count++;
                evident |= b != ',' || !char.IsAsciiDigit((char)before) || i + 1 == sample.Length || !char.IsAsciiDigit((char)sample[i + 1]);
            }
            else if (b is (byte)'\n' or (byte)'\r')
            {
                rowsWith[evident ? Math.Min(count, MostCounted) : 0]++;
                (count, evident) = (0, false);
            }
            else if (b == '"')
            {
                // A quote opens a cell only at its start; a doubled one inside a quoted cell closes and opens it again.
                quoted = before == candidate || before is (byte)'\n' or (byte)'\r' or (byte)'"';
            }

            before = b;
        }

        rowsWith[evident ? Math.Min(count, MostCounted) : 0]++;
        var usual = 1;
        for (var n = 2; n <= MostCounted; n++)
        {
            usual = rowsWith[n] >= rowsWith[usual] ? n : usual;
        }

        return (rowsWith[usual], usual);
    }
}
