using CsvHelper;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read.Csv;

/// <summary>Text with separators: each record is one row, as a spreadsheet program shows it, blank lines among them.</summary>
internal static class CsvFile
{
    // What a double holds exactly, whatever the digits.
    private const int ExactDigits = 15;

    public static IReadOnlyList<Sheet> Read(ReadOnlyMemory<byte> content, CellBudget budget)
    {
        var whole = TextEncoding.ToUtf8(content);
        if (Signature.OfText(whole.Span) is { } notATable)
        {
            throw new Refusal(notATable);
        }

        var hint = Separator.Hint(whole.Span);
        var table = whole[(hint?.Length ?? 0)..];
        var unclosed = false;
        var options = new CsvReaderOptions
        {
            Separator = hint?.Separator ?? Separator.Of(table.Span),
            DetectSeparatorHint = false,
            HasHeader = false,
            SkipEmptyLines = false,
            PoolStrings = true,
            OnMalformedRecord = record => unclosed |= record.Reason == CsvMalformedReason.UnterminatedQuote,
        };

        var rows = new Rows(null, budget);
        using var csv = CsvReader.Create(table, options);
        var number = 0;
        while (csv.Read())
        {
            number++;
            ReadRow(csv, rows, budget);
            if (unclosed)
            {
                // What opens and never closes is the last field, which runs to the end of the file.
                var opening = whole.Length - csv.GetRawSpan(csv.FieldCount - 1).Length;
                throw new Refusal(FileFinding.UnclosedQuote(new CellRef(null, number, csv.FieldCount), Line(whole.Span[..opening])));
            }

            rows.End(number);
        }

        return rows.Count > 0 ? [rows.ToSheet()] : throw new Refusal(FileFinding.Empty());
    }

    private static void ReadRow(CsvReader csv, Rows rows, CellBudget budget)
    {
        for (var i = 0; i < csv.FieldCount; i++)
        {
            var field = csv.GetSpan(i);
            if (field.IsEmpty)
            {
                continue;
            }

            if (TryDigits(field, out var value))
            {
                rows.Put(i + 1, new Cell(CellKind.Number, null, value));
                continue;
            }

            // A space alone is how some people clear a cell.
            if (csv.GetString(i) is var text && string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            budget.TakeText(field.Length);
            rows.Put(i + 1, new Cell(CellKind.Text, text));
        }
    }

    /// <summary>
    /// The common case needs no text: plain digits print back as they were written. What else may be a number
    /// is for a later stage to say.
    /// </summary>
    private static bool TryDigits(ReadOnlySpan<byte> field, out double value)
    {
        var negative = field[0] == '-';
        var digits = negative ? field[1..] : field;
        value = 0;
        if (digits.Length is 0 or > ExactDigits || (digits[0] == '0' && (negative || digits.Length > 1)))
        {
            return false;
        }

        long sum = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            sum = (sum * 10) + (digit - '0');
        }

        value = negative ? -sum : sum;
        return true;
    }

    /// <summary>The line, from 1, that follows the given text, counting lines inside quotes as an editor does.</summary>
    private static int Line(ReadOnlySpan<byte> before)
    {
        var line = 1;
        for (var i = 0; i < before.Length; i++)
        {
            line += before[i] == '\n' || (before[i] == '\r' && (i + 1 == before.Length || before[i + 1] != '\n')) ? 1 : 0;
        }

        return line;
    }
}
