using System.Buffers;
using System.Text;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Csv;

/// <summary>Handles quotation marks that some programs put in other places than at the start and end of a cell.</summary>
internal static class QuotedFields
{
    /// <summary>
    /// Removes spaces between a separator and a quotation mark: <c>"a" , "b"</c> becomes <c>"a","b"</c>. Text that has no
    /// such spaces is not copied.
    /// </summary>
    public static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> utf8, byte separator)
    {
        var text = utf8.Span;
        if (text.IndexOf(" \""u8) < 0 && text.IndexOf("\" "u8) < 0)
        {
            return utf8;
        }

        var trimmed = new ArrayBufferWriter<byte>(text.Length);
        var ends = SearchValues.Create([separator, (byte)'\r', (byte)'\n']);
        while (!text.IsEmpty)
        {
            var (cell, length) = Measure(text, ends);
            trimmed.Write(text[cell]);
            var hasEnd = length < text.Length;
            trimmed.Write(text.Slice(length, hasEnd ? 1 : 0));
            text = text[(length + (hasEnd ? 1 : 0))..];
        }

        return trimmed.WrittenMemory;
    }

    /// <summary>
    /// Returns the row of the first line that is in quotation marks as a whole, in a table that has only one column. Most of
    /// its rows have a separator inside the marks. Returns null for any other table.
    /// </summary>
    public static int? FindWholeLine(ReadOnlySpan<byte> table, Sheet sheet)
    {
        const int MinRows = 2;
        if (sheet.ColumnCount > 1 || !table.Contains((byte)'"'))
        {
            return null;
        }

        var lines = Enumerable.Range(1, sheet.RowCount).Where(row => !sheet[row, 1].IsBlank).Select(row => (Row: row, Text: sheet[row, 1].DisplayText)).ToList();
        var (separator, rows) = SeparatorDetector.DetectWithRows(Encoding.UTF8.GetBytes(string.Join('\n', lines.Select(line => line.Text.ReplaceLineEndings(" ")))));
        return rows >= MinRows && rows * 2 >= lines.Count ? lines.Find(line => line.Text.Contains(separator, StringComparison.Ordinal)).Row : null;
    }

    /// <summary>Returns the first cell, without the spaces round its quotation marks, and its length with them.</summary>
    private static (Range Cell, int Length) Measure(ReadOnlySpan<byte> text, SearchValues<byte> ends)
    {
        var start = text.IndexOfAnyExcept((byte)' ');
        if (start >= 0 && text[start] == '"')
        {
            var end = start + 1;
            for (int mark; (mark = text[end..].IndexOf((byte)'"')) >= 0;)
            {
                end += mark + 1;
                if (end < text.Length && text[end] == '"')
                {
                    end++;
                    continue;
                }

                var after = text[end..].IndexOfAnyExcept((byte)' ');
                if (after < 0 || ends.Contains(text[end + after]))
                {
                    return (start..end, after < 0 ? text.Length : end + after);
                }

                break;
            }
        }

        var length = text.IndexOfAny(ends) is var found and >= 0 ? found : text.Length;
        return (..length, length);
    }
}
