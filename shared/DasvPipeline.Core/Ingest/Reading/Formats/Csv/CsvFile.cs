using CsvHelper;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading.Formats.Values;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Csv;

/// <summary>Reads text with separators. Each record is one row, as in a spreadsheet program, including blank lines.</summary>
internal static class CsvFile
{
    // A double stores this many digits exactly.
    private const int ExactDigits = 15;

    public static IReadOnlyList<Sheet> Read(ReadOnlyMemory<byte> content, ReadingContext context)
    {
        var text = TextEncoding.ToUtf8(content, context);
        if (FileSignature.CheckText(text.Span) is { } refusal)
        {
            context.Refuse(refusal);
        }

        if (context.IsRefused)
        {
            return [];
        }

        var hint = SeparatorDetector.ReadHint(text.Span);
        var separator = hint?.Separator ?? SeparatorDetector.Detect(text.Span);
        text = QuotedFields.Trim(text, (byte)separator);
        var table = text[(hint?.Length ?? 0)..];
        var hasUnclosedQuote = false;
        var options = new CsvReaderOptions
        {
            Separator = separator,
            DetectSeparatorHint = false,
            HasHeader = false,
            SkipEmptyLines = false,
            PoolStrings = true,
            OnMalformedRecord = record => hasUnclosedQuote |= record.Reason == CsvMalformedReason.UnterminatedQuote,
        };

        var rows = new SheetBuilder(null, context);
        using var csv = CsvReader.Create(table, options);
        var texts = new TextPool(context);
        var above = new string?[context.Limits.Columns];
        var number = 0;
        while (!context.IsRefused && csv.Read())
        {
            number++;
            ReadRow(csv, number, rows, texts, above, context);
            if (hasUnclosedQuote)
            {
                // The unclosed field is the last one, because it runs to the end of the file.
                var opening = text.Length - csv.GetRawSpan(csv.FieldCount - 1).Length;
                context.Refuse(FileFindings.UnclosedQuote(new CellRef(null, number, csv.FieldCount), LineAfter(text.Span[..opening])));
                return [];
            }

            rows.EndRow(number);
        }

        if (rows.Count == 0)
        {
            context.Refuse(FileFindings.Empty());
        }

        if (context.IsRefused)
        {
            return [];
        }

        var sheet = rows.ToSheet();
        if (QuotedFields.FindWholeLine(table.Span, sheet) is { } row)
        {
            context.Refuse(FileFindings.QuotedLines(new CellRef(null, row, 1), row + (hint is null ? 0 : 1)));
            return [];
        }

        return [sheet];
    }

    /// <param name="above">The last text of each column, which the reader often repeats.</param>
    private static void ReadRow(CsvReader csv, int number, SheetBuilder rows, TextPool texts, string?[] above, ReadingContext context)
    {
        for (var i = 0; i < csv.FieldCount && !context.IsRefused; i++)
        {
            var field = csv.GetSpan(i);
            if (field.IsEmpty)
            {
                continue;
            }

            if (TryDigits(field, out var value))
            {
                rows.AddCell(number, i + 1, new Cell(CellKind.Number, null, value));
                continue;
            }

            // Some people clear a cell by typing a space.
            if (csv.GetString(i) is var text && string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (i < above.Length && !ReferenceEquals(text, above[i]))
            {
                above[i] = text = texts.Intern(text);
            }

            rows.AddCell(number, i + 1, new Cell(CellKind.Text, text));
        }
    }

    /// <summary>
    /// Parses the most common case, plain digits, without creating a string. A later stage parses all other numbers.
    /// </summary>
    private static bool TryDigits(ReadOnlySpan<byte> field, out double value)
    {
        var isNegative = field[0] == '-';
        var digits = isNegative ? field[1..] : field;
        value = 0;
        if (digits.Length is 0 or > ExactDigits || (digits[0] == '0' && (isNegative || digits.Length > 1)))
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

        value = isNegative ? -sum : sum;
        return true;
    }

    /// <summary>Returns the number of the line that follows a text, counted from 1. Line breaks inside quotes count too.</summary>
    private static int LineAfter(ReadOnlySpan<byte> before)
    {
        var line = 1;
        for (var i = 0; i < before.Length; i++)
        {
            line += before[i] == '\n' || (before[i] == '\r' && (i + 1 == before.Length || before[i + 1] != '\n')) ? 1 : 0;
        }

        return line;
    }
}
